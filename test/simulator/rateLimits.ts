import type { SimulatorClock } from "./clock";

/** How many calls each budget allows in one minute of the clock (Render API: rate limits). */
export interface Limits {
  /** All GET calls together, but not those for log lines. */
  reads: number;
  logs: number;
  /** For each service: POST deploys, PATCH service, suspend and resume together. */
  deploys: number;
  /** All other calls together. */
  writes: number;
}

export const defaultLimits: Readonly<Limits> = { reads: 400, logs: 30, deploys: 10, writes: 30 };

/** Budgets so large that nobody meets them. */
export const noLimits: Readonly<Limits> = { reads: 1e6, logs: 1e6, deploys: 1e6, writes: 1e6 };

/** What is left of a budget after a call. */
export interface Budget {
  limit: number;
  remaining: number;
  /** Milliseconds since the Unix epoch at which a new minute begins. */
  resetsAt: number;
  refused: boolean;
}

const minute = 60_000;

/** Counts calls in windows that begin with the clock's minutes, as recorded from Render. */
export class RateLimits {
  readonly #spent = new Map<string, { window: number; calls: number }>();

  constructor(private readonly clock: SimulatorClock) {}

  /**
   * Counts one call.
   *
   * @param path the path below `/v1`
   * @param refusedCount whether a refused call is charged to the next minute
   */
  spend(method: string, path: string, limits: Limits, refusedCount: boolean): Budget {
    const { bucket, limit } = bucketOf(method, path, limits);
    const window = Math.floor(this.clock.now() / minute);
    const last = this.#spent.get(bucket);
    const debt = refusedCount && last?.window === window - 1 ? last.calls - limit : 0;
    const before = last?.window === window ? last.calls : Math.max(0, debt);
    const refused = before >= limit;
    this.#spent.set(bucket, { window, calls: refused && !refusedCount ? before : before + 1 });
    return { limit, remaining: Math.max(0, limit - before - 1), resetsAt: (window + 1) * minute, refused };
  }

  /** What a call would find, without counting it. */
  peek(method: string, path: string, limits: Limits): Budget {
    const { bucket, limit } = bucketOf(method, path, limits);
    const window = Math.floor(this.clock.now() / minute);
    const last = this.#spent.get(bucket);
    const calls = last?.window === window ? last.calls : 0;
    return {
      limit,
      remaining: Math.max(0, limit - calls),
      resetsAt: (window + 1) * minute,
      refused: false,
    };
  }

  reset(): void {
    this.#spent.clear();
  }
}

function bucketOf(method: string, path: string, limits: Limits): { bucket: string; limit: number } {
  if (path.startsWith("/logs")) return { bucket: "logs", limit: limits.logs };
  if (method === "GET") return { bucket: "reads", limit: limits.reads };
  const ofService = /^\/services\/([^/]+)(?:\/(deploys|suspend|resume))?$/.exec(path);
  const [, id = "", action] = ofService ?? [];
  if (ofService !== null && (action !== undefined ? method === "POST" : method === "PATCH")) {
    return { bucket: `deploys ${id}`, limit: limits.deploys };
  }
  return { bucket: "writes", limit: limits.writes };
}
