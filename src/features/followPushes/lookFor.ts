import type { Clock } from "../../ports.js";

export interface Looking {
  readonly clock: Clock;
  /** How long before the first look, in milliseconds. */
  readonly first: number;
  /** How long before the next one, by what has passed since the beginning; both in milliseconds. */
  readonly pace: (elapsed: number) => number;
  /** When it is given up, in milliseconds since `since`; there is a last look after that. */
  readonly longest: number;
  /** From when on `longest` counts, in milliseconds since the epoch; read before each look. */
  readonly since: () => number;
}

/** Looks, waits and looks again until something is found; undefined when it is given up. Rejects when aborted. */
export async function lookFor<T>(
  { clock, first, pace, longest, since }: Looking,
  look: () => Promise<T | undefined>,
  signal: AbortSignal,
): Promise<T | undefined> {
  const start = clock.now();
  for (let wait = first; ; wait = pace(clock.now() - start)) {
    if (wait > 0) await clock.sleep(wait, signal);
    const isLast = clock.now() - since() >= longest;
    const found = await look();
    signal.throwIfAborted();
    if (found !== undefined || isLast) return found;
  }
}
