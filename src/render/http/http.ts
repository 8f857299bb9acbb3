import type { GenericSchema } from "valibot";
import { parseApiUrl } from "../apiUrl.js";
import type { Random } from "../../ports.js";
import { isPlainPath, queryOf, type Query } from "./address.js";
import { Flights, Slots, supervise, underEither } from "./concurrency.js";
import { RenderError, type RenderErrorFacts, type RenderErrorKind } from "../errors.js";
import type { OddEntry } from "../entries.js";
import { leftOutLine, retryLine, socketName } from "../logTexts.js";
import { exchange, type ExchangeParts, type Outgoing } from "./exchange.js";
import { formBody, type Body, type FormPart } from "./form.js";
import { defaultLimits, type HttpLimits } from "./limits.js";
import { BackgroundPace } from "./backgroundPace.js";
import { bucketOf, RateLimits } from "./rateLimit.js";
import { RenderTime } from "./renderTime.js";
import type { Reply } from "./reply.js";
import { isPassing, retryWait } from "./retry.js";
import { openSocket, type Socket, type SocketListener, type WebSocketMaker } from "./socket.js";
import { withoutSecrets } from "./transportFault.js";

/** So many lines about entries that were left out are remembered, so that they are not written again. */
const mostTold = 1_000;

/** What the HTTP client needs from outside. */
export interface HttpParts extends Omit<ExchangeParts, "limits" | "rateLimits" | "renderTime"> {
  /** The address of the API, such as `https://api.render.com/v1`. Asked for at each request, since it can change. */
  apiUrl: () => string;
  /** The API key for that address. Asked for at each request. */
  apiKey: () => Promise<string | undefined>;
  random: Random;
  /** Gives what opens sockets when it is first needed, so that it is not loaded before; without, none can be opened. */
  webSocket?: () => Promise<WebSocketMaker>;
  limits?: Partial<HttpLimits>;
}

export interface GetOptions<T> {
  query?: Query;
  /** What the body is called in the field path of an error. */
  name: string;
  schema: GenericSchema<unknown, T>;
  /** `false`: one try only. Default: `true`. */
  retry?: boolean;
  /** Nobody waits for it: it is sent when the rate limit leaves room (see `BackgroundPace`). Default: `false`. */
  background?: boolean;
  signal: AbortSignal;
}

export interface PostOptions {
  /** The statuses that are an answer; all others are an error. */
  hopedFor: readonly number[];
  signal: AbortSignal;
}

/**
 * Speaks HTTP with Render's API. Reads are tried again when that may help, and equal reads at the same time are one
 * request. Writes are sent exactly once. All methods reject with a `RenderError` and nothing else.
 */
export class RenderHttp {
  /** The budgets that Render told with its replies. */
  readonly rateLimits = new RateLimits();
  readonly #parts: HttpParts & ExchangeParts;
  readonly #slots: Slots;
  /** Half of the slots: however slow the reads are that nobody waits for, a person finds one free. */
  readonly #backgroundSlots: Slots;
  readonly #reads = new Flights<Reply>();
  readonly #pace: BackgroundPace;
  readonly #end = new AbortController();
  readonly #toldLeftOut = new Set<string>();

  constructor(parts: HttpParts) {
    const limits = { ...defaultLimits, ...parts.limits };
    const renderTime = new RenderTime(parts.clock);
    this.#parts = { ...parts, limits, rateLimits: this.rateLimits, renderTime };
    this.#slots = new Slots(limits.concurrent);
    this.#backgroundSlots = new Slots(Math.max(1, Math.floor(limits.concurrent / 2)));
    this.#pace = new BackgroundPace(this.rateLimits, parts.clock);
  }

  /** The time by Render's clock, in milliseconds since the Unix epoch; `undefined` while no reply has told it. */
  get renderNow(): number | undefined {
    return this.#parts.renderTime.now;
  }

  /** Ends all that is under way, as `aborted`; nothing more is sent. */
  dispose(): void {
    this.#end.abort();
  }

  /** Resolves once what was asked for before has had time to be sent, or the signal is aborted. */
  async nextTurn(signal: AbortSignal): Promise<void> {
    await this.#parts.clock.sleep(0, signal).catch(() => undefined);
  }

  /** Writes down which entries of a list could not be used. What is read again and again is told once. */
  tellLeftOut(path: string, odd: readonly OddEntry[]): void {
    for (const { id, field } of odd) {
      const line = leftOutLine(id, path, field);
      if (this.#toldLeftOut.has(line)) continue;
      if (this.#toldLeftOut.size < mostTold) this.#toldLeftOut.add(line);
      this.#parts.log.warn(line);
    }
  }

  async get<T>(path: string, options: GetOptions<T>): Promise<T> {
    const reply = await underEither(options.signal, this.#end.signal, signal =>
      this.#read(path, options, signal),
    );
    return reply.read(options.name, options.schema);
  }

  /**
   * Asks once for a WebSocket. What becomes of it is told to the listener.
   *
   * @throws {RenderError} where it cannot even be asked for: no key, no usable address, aborted
   */
  async socket(path: string, query: Query, listener: SocketListener, signal: AbortSignal): Promise<Socket> {
    const { clock, log, userAgent, limits } = this.#parts;
    const end = AbortSignal.any([signal, this.#end.signal]);
    const request = await this.#prepare("GET", path, queryOf(query), undefined, [], end);
    const WebSocket = await this.#parts.webSocket?.();
    if (!WebSocket) throw failed(request, "unreachable");
    if (end.aborted) throw failed(request, "aborted");
    const headers = {
      Authorization: `Bearer ${request.key}`,
      Accept: "application/json",
      "User-Agent": userAgent,
    };
    const name = socketName(request.path + request.query);
    const url = request.url.replace(/^http/u, "ws");
    const socket = openSocket({ WebSocket, clock, log }, { url, headers, name }, limits.headersMs, listener);
    end.addEventListener(
      "abort",
      () => {
        socket.end();
      },
      { once: true },
    );
    return socket;
  }

  /** A body of `undefined` sends none; others are sent as JSON. */
  post(path: string, body: unknown, options: PostOptions): Promise<Reply> {
    const json = body === undefined ? undefined : jsonBody(body);
    return this.#write(path, json, options);
  }

  /** Sends a form, as a call that takes a file wants it. */
  postForm(path: string, parts: readonly FormPart[], options: PostOptions): Promise<Reply> {
    return this.#write(path, formBody(parts, this.#parts.random), options);
  }

  async #write(path: string, body: Body | undefined, { hopedFor, signal }: PostOptions): Promise<Reply> {
    try {
      return await underEither(signal, this.#end.signal, async own => {
        const request = await this.#prepare("POST", path, "", body, hopedFor, own);
        return this.#send(request, () => this.#parts.limits.totalMs, own);
      });
    } finally {
      // A read that began before the write ended may not show it: later ones must not join it.
      this.#reads.close();
    }
  }

  async #read<T>(path: string, options: GetOptions<T>, signal: AbortSignal): Promise<Reply> {
    if (options.background !== true) return this.#readNow(path, options, signal);
    const aborted = (): Error => failed({ method: "GET", path }, "aborted");
    try {
      // Before it could be joined: somebody who waits must not be made to wait for this turn.
      return await this.#pace.run(bucketOf("GET", path), signal, () =>
        this.#backgroundSlots.run(signal, aborted, () => this.#readNow(path, options, signal)),
      );
    } catch (error) {
      throw error instanceof RenderError ? error : aborted();
    }
  }

  async #readNow<T>(path: string, options: GetOptions<T>, signal: AbortSignal): Promise<Reply> {
    const { query = {}, retry = true } = options;
    const request = await this.#prepare("GET", path, queryOf(query), undefined, [200], signal);
    const tries = retry ? this.#parts.limits.retries : 0;
    return this.#reads.join(
      [request.key, tries, request.url].join(" "),
      signal,
      () => failed(request, "aborted"),
      shared => this.#tryRead(request, tries, shared),
    );
  }

  async #prepare(
    method: Outgoing["method"],
    path: string,
    query: string,
    body: Body | undefined,
    hopedFor: readonly number[],
    signal: AbortSignal,
  ): Promise<Outgoing> {
    const request = { method, path };
    if (!isPlainPath(path)) throw failed(request, "badRequest");
    let apiUrl: string;
    let key: string;
    // A key belongs to an address: when the address changes while the key is fetched, both are asked for again.
    do {
      apiUrl = this.#parts.apiUrl();
      key = await this.#key(request, signal);
    } while (apiUrl !== this.#parts.apiUrl());
    const api = parseApiUrl(apiUrl);
    if (!api.ok) throw failed(request, "unreachable", { cause: new Error(api.text) });
    return { method, path, query, url: api.url + path + query, key, body, hopedFor };
  }

  /** A key that no header can carry was surely never given out by Render, so it is not sent. */
  async #key(request: Pick<Outgoing, "method" | "path">, signal: AbortSignal): Promise<string> {
    const { clock, apiKey, limits } = this.#parts;
    const unreadable = (cause: Error): RenderError => failed(request, "keyUnreadable", { cause });
    const ends = {
      aborted: () => failed(request, "aborted"),
      timedOut: () => unreadable(new Error("it does not answer")),
    };
    const key = await supervise(clock, signal, ends, async (_, allow) => {
      allow(limits.totalMs);
      try {
        return await apiKey();
      } catch (error) {
        throw unreadable(withoutSecrets(error, ""));
      }
    });
    if (key === undefined || key === "") throw failed(request, "noKey");
    if (!/^[\x21-\x7e]+$/.test(key)) throw failed(request, "unusableKey");
    return key;
  }

  async #tryRead(request: Outgoing, tries: number, signal: AbortSignal): Promise<Reply> {
    const { clock, random, log, limits } = this.#parts;
    let deadline: number | undefined;
    const timeLeft = (): number => (deadline ??= clock.now() + limits.retryWithinMs) - clock.now();
    for (let retries = 0; ; retries++) {
      try {
        return await this.#send(request, () => Math.min(limits.totalMs, timeLeft()), signal);
      } catch (error) {
        if (!(error instanceof RenderError) || !isPassing(error) || retries >= tries) throw error;
        const wait = retryWait(error, retries, random);
        if (wait >= timeLeft()) throw error;
        log.debug(retryLine(`${request.method} ${request.path}`, wait, retries + 1, tries));
        await clock.sleep(wait, signal).catch(() => {
          throw failed(request, "aborted", { maybeReceived: true });
        });
      }
    }
  }

  #send(request: Outgoing, atMostMs: () => number, signal: AbortSignal): Promise<Reply> {
    const aborted = (): RenderError => failed(request, "aborted");
    return this.#slots.run(signal, aborted, () => exchange(this.#parts, request, atMostMs(), signal));
  }
}

function jsonBody(value: unknown): Body {
  return { contentType: "application/json", text: JSON.stringify(value) };
}

function failed(
  { method, path }: Pick<Outgoing, "method" | "path">,
  kind: RenderErrorKind,
  more: Partial<RenderErrorFacts> = {},
): RenderError {
  return new RenderError(kind, { method, path, ...more });
}
