import type { HttpParts } from "../../../src/render/http/http.js";
import type { Simulator } from "../../simulator/simulator.js";
import type { VirtualTime } from "./virtualTime.js";

type Fetch = Awaited<ReturnType<HttpParts["fetch"]>>;
type Init = Parameters<Fetch>[1];
type Response = Awaited<ReturnType<Fetch>>;

/** What can happen to a call between the extension and Render. */
export const lineFaults = [
  /** Nothing arrives. */
  "refused",
  /** It arrives and is acted on; the connection breaks before the answer. */
  "lost",
  /** It arrives and is acted on; the answer never comes. */
  "hangs",
  /** It never arrives, and nobody says so. */
  "swallowed",
  /** It is acted on; the answer is the error of a gateway. */
  "gateway",
  /** It is refused as overload. */
  "overloaded",
  /** It is acted on; the answer is cut off. */
  "cut",
  /** It is acted on; the answer is a web page. */
  "page",
  /** It arrives late, and so does the answer. */
  "slow",
] as const;

export type LineFault = (typeof lineFaults)[number];

/** The network of one window, which breaks as it is told. */
export class FaultyLine {
  readonly #simulator: Simulator;
  readonly #time: VirtualTime;
  readonly #sending: (path: string) => (accepted: boolean) => void;
  readonly #faults: { readonly fault: LineFault; readonly method: string }[] = [];
  isDown = false;
  /** Calls that are under way: 0 when everything has been closed. */
  open = 0;
  /** GETs that were sent so far. */
  reads = 0;
  /** Calls that Render refused because a budget was spent. */
  refused = 0;

  /**
   * @param sending told of each call that asks Render for a deploy, as it leaves; gives what is to be told when Render
   * has accepted or refused it, which may be long after its window is gone
   */
  constructor(
    simulator: Simulator,
    time: VirtualTime,
    sending: (path: string) => (accepted: boolean) => void,
  ) {
    this.#simulator = simulator;
    this.#time = time;
    this.#sending = sending;
  }

  /** The next call with this method meets this fault. */
  break(fault: LineFault, method: "GET" | "POST"): void {
    this.#faults.push({ fault, method });
  }

  mend(): void {
    this.isDown = false;
    this.#faults.length = 0;
  }

  readonly fetch: Fetch = async (url, init) => {
    this.open += 1;
    try {
      return await this.#call(url, init);
    } finally {
      this.open -= 1;
    }
  };

  async #call(url: string, init: Init): Promise<Response> {
    const { pathname } = new URL(url);
    const isTrigger = init.method === "POST" && /\/(?:deploys|rollback)$/u.test(pathname);
    const answered = isTrigger ? this.#sending(pathname) : () => undefined;
    const act = (): Promise<Response> => this.#act(url, init, answered);
    const index = this.#faults.findIndex(({ method }) => method === init.method);
    const fault = this.isDown ? "refused" : this.#faults.splice(index, index < 0 ? 0 : 1)[0]?.fault;
    switch (fault) {
      case "refused":
        throw transportError("ECONNREFUSED", "connect");
      case "swallowed":
        return this.#never(init.signal);
      case "slow":
        await this.#time.sleep(20_000, new AbortController().signal);
        return act();
      case "overloaded":
        return response(429, new Map([["retry-after", "3"]]), '{"message":"slow down"}');
      case "lost":
        await act();
        throw transportError("ECONNRESET", "read");
      case "hangs":
        await act();
        return this.#never(init.signal);
      case "gateway":
        await act();
        return response(502, new Map(), "<html>Bad Gateway</html>");
      case "cut": {
        const answer = await act();
        return { ...answer, body: cutOff() };
      }
      case "page":
        await act();
        return response(init.method === "POST" ? 201 : 200, new Map(), "<html>Sign in to the hotel</html>");
      case undefined:
        return act();
    }
  }

  #act(url: string, init: Init, answered: (accepted: boolean) => void): Promise<Response> {
    return this.#time.still(async () => {
      const { pathname, search } = new URL(url);
      const { method, headers, body } = init;
      const call = { method: method === "POST" ? "POST" : "GET", url: pathname + search, headers } as const;
      const answer = await this.#simulator.answer({ ...call, ...(body !== undefined && { body }) });
      if (method === "GET") this.reads += 1;
      if (answer.status === 429) this.refused += 1;
      answered(answer.status === 201 || answer.status === 202);
      return response(answer.status, answer.headers, answer.body);
    });
  }

  #never(signal: AbortSignal): Promise<never> {
    return new Promise((_, reject) => {
      const leave = (): void => {
        reject(new Error("aborted"));
      };
      if (signal.aborted) leave();
      else signal.addEventListener("abort", leave, { once: true });
    });
  }
}

function response(status: number, headers: ReadonlyMap<string, string>, body: string): Response {
  return {
    status,
    headers: { get: name => headers.get(name.toLowerCase()) ?? null },
    body: bytesOf(body),
  };
}

async function* bytesOf(body: string): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  if (body !== "") yield Buffer.from(body);
}

async function* cutOff(): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield Buffer.from('{"id":"dep-');
  throw transportError("ERR_STREAM_PREMATURE_CLOSE", "");
}

function transportError(code: string, syscall: string): Error {
  return Object.assign(new Error(`${code} on the way`), { code, syscall });
}
