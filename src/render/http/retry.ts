import type { Random } from "../../ports.js";
import type { RenderError, RenderErrorKind } from "../errors.js";
import { resetTime, type HeaderReader } from "./rateLimit.js";

const BACKOFF_BASE_MS = 500;
const BACKOFF_CAP_MS = 8000;
/** Added to a wait that the server gave, so that all who were told the same do not come back in the same instant. */
const HEADER_JITTER_MS = 500;

/**
 * How long the server asks to wait, in milliseconds from `now`: `Retry-After` in seconds or as an HTTP date, else, on
 * 429 only, the end of the rate-limit window. `undefined` when it says nothing usable.
 */
export function askedWait(status: number, headers: HeaderReader, now: number): number | undefined {
  const retryAfter = headers.get("retry-after")?.trim() ?? "";
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter) * 1000;
  // Every form of an HTTP date begins with the name of a day; Date.parse alone would also take "-1" for a year.
  const date = /^[A-Z][a-z]{2}/.test(retryAfter) ? Date.parse(retryAfter) : NaN;
  if (!Number.isNaN(date)) return Math.max(0, date - now);
  const resetAt = status === 429 ? resetTime(headers, now) : undefined;
  return resetAt === undefined ? undefined : resetAt - now;
}

const passing: ReadonlySet<RenderErrorKind> = new Set([
  "rateLimited",
  "serverError",
  "unavailable",
  "gatewayFailed",
  "unreachable",
  "dns",
  "timeout",
  "cutOff",
]);

/** May the same read succeed a moment later? Other 4xx, certificates and wrong contents do not change by asking again. */
export function isPassing(error: RenderError): boolean {
  return passing.has(error.kind);
}

/**
 * The wait before a read is tried again, in milliseconds: what the server asks for plus a little chance, else an
 * exponential back-off with full jitter. `retries` counts the tries after the first one that were made already.
 */
export function retryWait(error: RenderError, retries: number, random: Random): number {
  if (error.retryAfterMs !== undefined) return error.retryAfterMs + random() * HEADER_JITTER_MS;
  return random() * Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** retries);
}
