/** A budget of requests as Render last told it (Render API: rate limits). */
export interface RateLimit {
  /** Requests allowed in a window. */
  limit: number;
  /** Requests left in the current window. */
  remaining: number;
  /** When the window ends, in milliseconds since the Unix epoch. */
  resetAt: number;
}

/**
 * Which budget a request draws on: all reads together, reads of logs, the writes of one service that start or stop it,
 * and all other writes.
 */
export type Bucket = "get" | "logs" | "write" | `deploy:${string}`;

/** What is read of a reply's headers. Names are case-insensitive. */
export interface HeaderReader {
  get(name: string): string | null;
}

/** Values below this are seconds left, values from it on are seconds since the Unix epoch. */
const EPOCH_FROM = 1_000_000;
/** Render's longest window. A reset that is further away is not believed. */
const LONGEST_WINDOW_MS = 3_600_000;
const SECOND_MS = 1000;

/** The bucket of a request. `path` is the percent-encoded path below the API address, without the query. */
export function bucketOf(method: string, path: string): Bucket {
  if (method === "GET") return /^\/logs(\/|$)/.test(path) ? "logs" : "get";
  const actions =
    method === "PATCH" ? /^\/services\/([^/]+)$/ : /^\/services\/([^/]+)\/(?:deploys|suspend|resume)$/;
  const service = actions.exec(path)?.[1];
  return service === undefined ? "write" : `deploy:${decodeURIComponent(service)}`;
}

/**
 * When the current window ends by `Ratelimit-Reset`, in milliseconds since the Unix epoch; `undefined` when the header
 * is missing or makes no sense. Replies give whole seconds left, rounded down, so a second is added to be surely past
 * the end; Render's documentation speaks of epoch seconds, which are understood too.
 */
export function resetTime(headers: HeaderReader, now: number): number | undefined {
  const seconds = wholeNumber(headers.get("ratelimit-reset"));
  if (seconds === undefined) return undefined;
  const resetAt = seconds < EPOCH_FROM ? now + (seconds + 1) * SECOND_MS : seconds * SECOND_MS;
  return resetAt - now > LONGEST_WINDOW_MS + SECOND_MS ? undefined : Math.max(now, resetAt);
}

/** The budget that a reply tells, or `undefined` when one of the three headers is missing or makes no sense. */
export function readRateLimit(headers: HeaderReader, now: number): RateLimit | undefined {
  const limit = wholeNumber(headers.get("ratelimit-limit"));
  const remaining = wholeNumber(headers.get("ratelimit-remaining"));
  const resetAt = resetTime(headers, now);
  if (limit === undefined || remaining === undefined || resetAt === undefined) return undefined;
  return { limit, remaining, resetAt };
}

/** The budgets of one user as the replies told them. Other programs draw on them too, so they are never counted here. */
export class RateLimits {
  readonly #known = new Map<Bucket, RateLimit>();
  /** The latest time of a reading, in milliseconds since the epoch. */
  #read = -Infinity;

  /**
   * Keeps what a reply told. Replies can overtake each other: within one window (reset times at most two seconds
   * apart, since they come in whole seconds) the smaller `remaining` is the later one.
   */
  record(bucket: Bucket, told: RateLimit): void {
    const known = this.#known.get(bucket);
    const sameWindow = known?.limit === told.limit && Math.abs(told.resetAt - known.resetAt) <= 2 * SECOND_MS;
    const remaining = sameWindow ? Math.min(known.remaining, told.remaining) : told.remaining;
    this.#known.set(bucket, { ...told, remaining });
  }

  /** The budget of the window that contains `now`, or `undefined` when no reply has told it yet. */
  read(bucket: Bucket, now: number): RateLimit | undefined {
    // The clock was set back: by the new time, the windows that were told would end far too late.
    if (now < this.#read) this.#known.clear();
    this.#read = now;
    const known = this.#known.get(bucket);
    return known !== undefined && now < known.resetAt ? known : undefined;
  }
}

/**
 * How long background work should wait before its next request, in milliseconds; never less than `minimumMs`.
 *
 * Half of the limit belongs to what a person asks for (and to other windows, the command line, CI). What remains above
 * that half is spread evenly over the time left: `wait = timeLeft / (remaining - limit / 2)`. When nothing remains
 * above it, background work waits for the next window. So a poller never takes more than half of what it found
 * remaining: from `remaining` down to `limit / 2` is at most `remaining / 2`, as `remaining` is at most `limit`.
 */
export function pace(budget: RateLimit | undefined, now: number, minimumMs: number): number {
  if (budget === undefined) return minimumMs;
  const left = Math.max(0, budget.resetAt - now);
  return Math.max(minimumMs, Math.ceil(left / Math.max(1, spareOf(budget))));
}

/** How many requests background work may still take in this window; 0 or less when none. */
export function spareOf({ limit, remaining }: RateLimit): number {
  return Math.floor(Math.min(remaining, limit) - limit / 2);
}

function wholeNumber(value: string | null): number | undefined {
  return value !== null && /^\s*\d{1,15}\s*$/.test(value) ? Number(value) : undefined;
}
