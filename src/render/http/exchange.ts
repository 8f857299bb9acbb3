import type { Clock, Logger } from "../../ports.js";
import { answererOf, errorBodyOf, isPage, type Answerer } from "./answer.js";
import { supervise } from "./concurrency.js";
import { kindOfStatus, RenderError, type RenderErrorFacts, type RenderErrorKind } from "../errors.js";
import { exchangeLine } from "../logTexts.js";
import type { Body } from "./form.js";
import type { HttpLimits } from "./limits.js";
import { bucketOf, readRateLimit, type HeaderReader, type RateLimits } from "./rateLimit.js";
import type { RenderTime } from "./renderTime.js";
import { Reply, type ReplyFacts } from "./reply.js";
import { askedWait } from "./retry.js";
import { plain, readTransportFault, withoutSecrets } from "./transportFault.js";

/** What is used of `fetch`; node-fetch 3 fits. */
type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;

interface FetchInit {
  method: string;
  headers: Record<string, string>;
  body?: string;
  redirect: "manual";
  signal: AbortSignal;
}

interface FetchResponse {
  status: number;
  headers: HeaderReader;
  body: AsyncIterable<Uint8Array | string> | null;
}

export interface ExchangeParts {
  /** Gives the real fetch when it is first needed, so that it is not loaded before. */
  fetch: () => Promise<Fetch>;
  clock: Clock;
  log: Logger;
  userAgent: string;
  limits: HttpLimits;
  rateLimits: RateLimits;
  renderTime: RenderTime;
}

/** One request, ready to be sent. */
export interface Outgoing {
  method: "GET" | "POST";
  /** Below the API address, percent-encoded, without the query. */
  path: string;
  /** With its `?`, or empty. */
  query: string;
  /** The whole address. */
  url: string;
  key: string;
  body: Body | undefined;
  /** The statuses that are an answer; all others are an error. */
  hopedFor: readonly number[];
}

/** The length to which texts of the server are kept, in characters. */
const MESSAGE_LENGTH = 500;
const NAME_LENGTH = 100;

const noHeaders: HeaderReader = { get: () => null };

/**
 * Sends one request exactly once and reads its reply. Ends surely: by the reply, by a limit, or by the signal.
 *
 * @param atMostMs the time that this request may take in all, in milliseconds
 * @throws {RenderError}
 */
export async function exchange(
  parts: ExchangeParts,
  request: Outgoing,
  atMostMs: number,
  signal: AbortSignal,
): Promise<Reply> {
  const { clock, log } = parts;
  const began = clock.now();
  const attempt = new Attempt(parts, request);
  const ends = { aborted: () => attempt.failure("aborted"), timedOut: () => attempt.failure("timeout") };
  let outcome = "";
  try {
    const reply = await supervise(clock, signal, ends, (own, allow) =>
      attempt.run(own, ms => {
        allow(Math.min(ms, began + atMostMs - clock.now()));
      }),
    );
    outcome = String(reply.status);
    return reply;
  } catch (error) {
    const known = error instanceof RenderError ? error : attempt.fault(error);
    outcome = [known.status, known.kind].filter(part => part !== undefined).join(" ");
    throw known;
  } finally {
    const asked = `${request.method} ${request.path}${request.query}`;
    log.debug(exchangeLine(asked, outcome, clock.now() - began, attempt.requestId));
  }
}

/** How far one request has come, which decides what a failure means. */
class Attempt {
  readonly #parts: ExchangeParts;
  readonly #request: Outgoing;
  #sent = false;
  #head:
    { status: number; headers: HeaderReader; requestId: string | undefined; arrived: number } | undefined;

  constructor(parts: ExchangeParts, request: Outgoing) {
    this.#parts = parts;
    this.#request = request;
  }

  get requestId(): string | undefined {
    return this.#head?.requestId;
  }

  async run(signal: AbortSignal, allow: (ms: number) => void): Promise<Reply> {
    const { limits } = this.#parts;
    allow(limits.totalMs);
    const fetch = await this.#parts.fetch();
    // Whoever left meanwhile has been told that nothing was sent.
    signal.throwIfAborted();
    allow(limits.headersMs);
    this.#sent = true;
    const response = await fetch(this.#request.url, this.#init(signal));
    const status = response.status;
    this.#receive(response);
    const hopedFor = this.#request.hopedFor.includes(status);
    if (!hopedFor && kindOfStatus(status) === "redirected") throw this.failure("redirected");
    const most = hopedFor ? limits.bodyBytes : limits.errorBodyBytes;
    const text = await this.#readBody(response, most, () => {
      allow(limits.idleMs);
    });
    if (status >= 400) throw this.#refusal(status, text);
    // A sign-in page of a network comes with 200, and Render may have had the request all the same.
    if (isPage(response.headers, text)) throw this.#pageInPlace(response, text);
    if (!hopedFor) throw this.failure("unexpectedStatus");
    return new Reply(this.#facts(status), text);
  }

  /**
   * The error of a request that ended before its reply was read. A reply whose status already is an error stays that
   * error, whatever happened to its body.
   */
  failure(kind: RenderErrorKind, cause?: unknown): RenderError {
    const status = this.#head?.status;
    if (status !== undefined && status >= 400 && kind !== "aborted") return this.#refusal(status, "");
    return new RenderError(kind, {
      ...this.#facts(status),
      maybeReceived: this.#sent && kind !== "redirected",
      cause,
    });
  }

  /** The error that a fault of the transport means. */
  fault(error: unknown): RenderError {
    const cause = withoutSecrets(error, this.#request.key);
    if (this.#head) return this.failure("cutOff", cause);
    const { kind, maybeReceived } = readTransportFault(error);
    return new RenderError(kind, { ...this.#facts(), maybeReceived: maybeReceived && this.#sent, cause });
  }

  #init(signal: AbortSignal): FetchInit {
    const { method, key, body } = this.#request;
    const headers: Record<string, string> = {
      Authorization: `Bearer ${key}`,
      Accept: "application/json",
      "User-Agent": this.#parts.userAgent,
    };
    const init: FetchInit = { method, headers, redirect: "manual", signal };
    if (body === undefined) return init;
    headers["Content-Type"] = body.contentType;
    return { ...init, body: body.text };
  }

  #receive({ status, headers }: FetchResponse): void {
    const { rateLimits, renderTime, clock } = this.#parts;
    const { method, path, key } = this.#request;
    const arrived = clock.now();
    const requestId = plain(headers.get("render-request-id") ?? "", key, NAME_LENGTH);
    this.#head = { status, headers, arrived, requestId: requestId === "" ? undefined : requestId };
    const told = readRateLimit(headers, arrived);
    renderTime.note(headers);
    if (told) rateLimits.record(bucketOf(method, path), told);
  }

  async #readBody(response: FetchResponse, most: number, progress: () => void): Promise<string> {
    progress();
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    // Leaving this loop early destroys the stream, and with it the connection.
    for await (const chunk of response.body ?? []) {
      progress();
      const piece = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
      bytes += piece.byteLength;
      if (bytes > most) throw this.failure("tooLarge");
      chunks.push(piece);
    }
    return new TextDecoder().decode(Buffer.concat(chunks));
  }

  #refusal(status: number, text: string): RenderError {
    const headers = this.#head?.headers ?? noHeaders;
    const answerer = answererOf(headers, text);
    const kind = kindOfStatus(status, answerer);
    return new RenderError(kind, {
      ...this.#facts(status),
      ...this.#said(headers, text),
      answerer,
      retryAfterMs: this.#head && askedWait(status, headers, this.#head.arrived),
      maybeReceived: mayBeReceived(kind, status, answerer),
    });
  }

  #pageInPlace({ status, headers }: FetchResponse, text: string): RenderError {
    const said = this.#said(headers, text);
    return new RenderError("intercepted", {
      ...this.#facts(status),
      ...said,
      answerer: "between",
      maybeReceived: true,
    });
  }

  #said(headers: HeaderReader, text: string): Pick<RenderErrorFacts, "serverMessage" | "serverCode"> {
    const { message, code } = errorBodyOf(headers, text);
    const { key } = this.#request;
    return {
      serverMessage: plain(message, key, MESSAGE_LENGTH) || undefined,
      serverCode: plain(code, key, NAME_LENGTH) || undefined,
    };
  }

  #facts<S extends number | undefined>(status?: S): Omit<ReplyFacts, "status"> & { status: S } {
    const { method, path } = this.#request;
    return { method, path, status: status as S, requestId: this.requestId };
  }
}

/**
 * May Render have acted on a request that was answered with this error? Its own 4xx says that it did not. What stands in
 * between may have kept back its answer instead of the request, unless it asks to sign in or to wait.
 */
function mayBeReceived(kind: RenderErrorKind, status: number, answerer: Answerer): boolean {
  if (kind === "proxySignIn" || kind === "networkSignIn" || kind === "rateLimited") return false;
  return status >= 500 || answerer === "between";
}
