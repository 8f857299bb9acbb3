/**
 * What went wrong with a request. The first group is Render's answer, the second the way there, the third the
 * contents of a reply, the fourth this side.
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
  /** The `message` of Render's error reply: one line of at most 500 characters. */
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
    this.serverMessage = facts.serverMessage;
    this.serverCode = facts.serverCode;
    this.field = facts.field;
    this.retryAfterMs = facts.retryAfterMs;
    this.maybeReceived = facts.maybeReceived ?? false;
  }
}

function describe(kind: RenderErrorKind, facts: RenderErrorFacts): string {
  const details = [
    facts.status !== undefined && `status ${facts.status}`,
    facts.field !== undefined && `field ${facts.field}`,
    facts.requestId !== undefined && `request ${facts.requestId}`,
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
  409: "conflict",
  410: "gone",
  429: "rateLimited",
  500: "serverError",
  502: "unavailable",
  503: "unavailable",
  504: "unavailable",
};

/**
 * The kind of a reply whose status is not the hoped-for one. Render API: errors; 502 and 504 are not declared there
 * but are what a gateway in between says for "unavailable".
 */
export function kindOfStatus(status: number): RenderErrorKind {
  if (status >= 300 && status < 400) return "redirected";
  return kindByStatus[status] ?? "unexpectedStatus";
}
