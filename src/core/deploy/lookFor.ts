import type { Clock } from "../ports.js";
import type { Deploy } from "../render/shapes.js";

export interface Looking {
  readonly clock: Clock;
  /** How long before the first look, in milliseconds. */
  readonly first: number;
  /** How long before the next one, by what has passed since the beginning; both in milliseconds. */
  readonly pace: (elapsed: number) => number;
  /** When it is given up, in milliseconds since the beginning; there is a last look after that. */
  readonly longest: number;
}

/** Looks, waits and looks again until something is found; undefined when it is given up. Rejects when aborted. */
export async function lookFor<T>(
  { clock, first, pace, longest }: Looking,
  look: () => Promise<T | undefined>,
  signal: AbortSignal,
): Promise<T | undefined> {
  const start = clock.now();
  for (let wait = first; ; wait = pace(clock.now() - start)) {
    if (wait > 0) await clock.sleep(wait, signal);
    const isLast = clock.now() - start >= longest;
    const found = await look();
    signal.throwIfAborted();
    if (found !== undefined || isLast) return found;
  }
}

/** The deploy that Render made of a commit because it was pushed, and not before `since` where that is given. */
export function automaticDeployOf(
  commitId: string,
  deploys: readonly Deploy[],
  since = -Infinity,
): Deploy | undefined {
  return deploys.find(
    ({ trigger, commit, createdAt = Infinity }) =>
      trigger === "new_commit" && commit?.id === commitId && createdAt >= since,
  );
}
