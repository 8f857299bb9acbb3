import { messageOf } from "../text/messageOf.js";
import type { Answerer } from "./http/answer.js";
import { factTexts, keyStoreLine } from "./logTexts.js";

/**
 * What went wrong with a request. The first group is Render's answer, the second the way there and what answers on it in
 * Render's place, the third the contents of a reply, the fourth this side.
 */
export type RenderErrorKind =
  | "badRequest"
  | "unauthorized"
  | "paymentRequired"
  | "forbidden"
  | "notFound"
  | "notAcceptable"
  | "conflict"
  | "gone"
  | "rateLimited"
  | "serverError"
  | "unavailable"
  | "unexpectedStatus"
  | "redirected"
  | "intercepted"
  | "proxySignIn"
  | "networkSignIn"
  | "gatewayFailed"
  | "unreachable"
  | "dns"
  | "tls"
  | "timeout"
  | "cutOff"
  | "tooLarge"
  | "notJson"
  | "badShape"
  | "emptyBody"
  | "noKey"
  | "keyUnreadable"
  | "unusableKey"
  | "aborted";

/** What is known about a request that failed. Never holds a header or a key. */
export interface RenderErrorFacts {
  /** The HTTP method, in capitals. */
  method: string;
  /** The path below the API address, percent-encoded, without the query. */
  path: string;
  /** The HTTP status, when a reply came. */
  status?: number | undefined;
  /** Render's id of the request (`Render-Request-Id`), which its support asks for. */
  requestId?: string | undefined;
  /** Who gave that reply; Render, unless told. */
  answerer?: Answerer;
  /** What the reply says: one line of at most 500 characters. */
  serverMessage?: string | undefined;
  /** The `code` of Render's error reply, where it has one. */
  serverCode?: string | undefined;
  /** For `badShape`: the dotted path of the first field that is not as it should be, such as `deploy.status`. */
  field?: string | undefined;
  /** How long the server asks to wait before the next try, in milliseconds, 0 or more. */
  retryAfterMs?: number | undefined;
  /** May the server have acted on the request? `false` only where that is impossible. Default: `false`. */
  maybeReceived?: boolean;
  /** The fault below this one, without anything secret. */
  cause?: unknown;
}

/** The one error that the Render client throws. Its message is for logs; people get sentences made from `kind`. */
export class RenderError extends Error {
  override readonly name = "RenderError";
  readonly kind: RenderErrorKind;
  readonly method: string;
  readonly path: string;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly answerer: Answerer;
  readonly serverMessage: string | undefined;
  readonly serverCode: string | undefined;
  readonly field: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly maybeReceived: boolean;

  constructor(kind: RenderErrorKind, facts: RenderErrorFacts) {
    super(describe(kind, facts), facts.cause === undefined ? undefined : { cause: facts.cause });
    this.kind = kind;
    this.method = facts.method;
    this.path = facts.path;
    this.status = facts.status;
    this.requestId = facts.requestId;
    this.answerer = facts.answerer ?? "render";
    this.serverMessage = facts.serverMessage;
    this.serverCode = facts.serverCode;
    this.field = facts.field;
    this.retryAfterMs = facts.retryAfterMs;
    this.maybeReceived = facts.maybeReceived ?? false;
  }
}

function describe(kind: RenderErrorKind, facts: RenderErrorFacts): string {
  const details = [
    ...factTexts(facts),
    facts.serverMessage,
    facts.cause instanceof Error && facts.cause.message,
  ].filter(detail => typeof detail === "string" && detail !== "");
  const what = `${facts.method} ${facts.path}: ${kind}`;
  return details.length === 0 ? what : `${what} (${details.join(", ")})`;
}

const kindByStatus: Readonly<Record<number, RenderErrorKind>> = {
  400: "badRequest",
  401: "unauthorized",
  402: "paymentRequired",
  403: "forbidden",
  404: "notFound",
  406: "notAcceptable",
  // The two say by their meaning that only a proxy, or a network, answers with them (RFC 9110, RFC 6585).
  407: "proxySignIn",
  408: "timeout",
  409: "conflict",
  410: "gone",
  425: "unavailable",
  429: "rateLimited",
  500: "serverError",
  511: "networkSignIn",
};

/**
 * The kind of a reply whose status is not the hoped-for one (Render API: errors). A status that is not listed counts as
 * the first of its class (RFC 9110, 15): other 4xx refuse the request as 400 does, other 5xx pass as 503 does.
 */
export function kindOfStatus(status: number, answerer: Answerer = "render"): RenderErrorKind {
  if (status >= 300 && status < 400) return "redirected";
  const kind = kindByStatus[status];
  if (kind === "proxySignIn" || kind === "networkSignIn") return kind;
  if (answerer === "between" && kind !== "rateLimited") return status < 500 ? "intercepted" : "gatewayFailed";
  // Those that Cloudflare gives when it does not reach what is behind it.
  if (answerer !== "render" && status >= 520 && status <= 530) return "gatewayFailed";
  if (kind !== undefined || status < 400) return kind ?? "unexpectedStatus";
  return status < 500 ? "badRequest" : "unavailable";
}

/** How long a refusal that may not be Render's must last until it is believed, in milliseconds. */
const believedAfter = 5 * 60_000;

const refusals: readonly RenderErrorKind[] = ["unauthorized", "forbidden", "notFound", "gone", "badRequest"];

/**
 * Whether asking again brings the same until a person does something. Render's own refusals do at once; one that may
 * be of something in between only after a while, and one that surely is never, as Render goes on behind it.
 *
 * @param lasting how long nothing else was answered, in milliseconds
 */
export function cannotMend(error: unknown, lasting: number): boolean {
  if (!(error instanceof RenderError)) return false;
  if (error.kind === "noKey" || error.kind === "unusableKey") return true;
  if (!refusals.includes(error.kind)) return false;
  const isListed = error.status === undefined || kindByStatus[error.status] !== undefined;
  return (error.answerer === "render" && isListed) || lasting >= believedAfter;
}

/** Whether Render itself says that there is no such thing. */
export function isGone(error: unknown): error is RenderError {
  if (!(error instanceof RenderError) || error.answerer !== "render") return false;
  return error.kind === "notFound" || error.kind === "gone";
}

/** The secret storage did not do what it was asked for: no keyring, a locked one, or access denied. */
export class KeyStoreError extends Error {
  override readonly name = "KeyStoreError";

  constructor(
    readonly action: "read" | "store" | "remove",
    cause: unknown,
  ) {
    super(keyStoreLine(action, messageOf(cause)));
  }
}
