/** How often a deploy is looked at, how long, and which failures looking again cannot mend. */
import type { Clock } from "../../ports.js";
import { cannotMend, RenderError, type RenderErrorKind } from "../../render/errors.js";

/**
 * When watching a deploy is given up, in milliseconds since it was asked for. Render allows a build 120 minutes, a
 * pre-deploy command 30 and the start 15 (Render docs, "Deploys"); as much again may pass behind another deploy.
 */
export const longestWatch = 6 * 60 * 60_000;

export interface DeployLooksParts {
  readonly clock: Clock;
  /** When the deploy was asked for, in milliseconds since the epoch. */
  readonly since: number;
  /** Aborted when nobody wants to look any more. */
  readonly signal: AbortSignal;
  /** Told with each failed look why it failed, and with each other look that all is well. */
  readonly trouble: (error: unknown) => void;
}

/** How looking again and again ended. */
export type LooksEnd =
  /** What was looked for has been seen, or nobody wants to look any more. */
  | { readonly kind: "done" }
  | { readonly kind: "timeLimit" }
  /** An error that looking again cannot mend. */
  | { readonly kind: "error"; readonly error: unknown };

const second = 1000;

/** The longest wait between two looks at a deploy while looking fails. */
const longestRetry = 60 * second;

/**
 * How long to wait before the next look at a deploy, in milliseconds: short while a person is likely to be watching,
 * longer the longer it takes.
 *
 * @param elapsed since the deploy was asked for, in milliseconds
 * @param failures how many looks in a row have failed
 */
export function pollPace(elapsed: number, failures: number): number {
  if (failures > 0) return Math.min(longestRetry, 5 * second * 2 ** (failures - 1));
  if (elapsed < 60 * second) return 2 * second;
  if (elapsed < 600 * second) return 4 * second;
  return 10 * second;
}

/** Tells when looking again and again is given up: `cannotMend`, with how long the same refusal has lasted. */
export class Refusals {
  readonly #clock: Pick<Clock, "now">;
  #lasting: { readonly kind: RenderErrorKind; readonly since: number } | undefined;

  constructor(clock: Pick<Clock, "now">) {
    this.#clock = clock;
  }

  /** Takes note of a failed look; true where looking again cannot mend it. */
  areFinal(error: unknown): boolean {
    const now = this.#clock.now();
    const kind = error instanceof RenderError ? error.kind : undefined;
    if (kind === undefined) this.end();
    else if (this.#lasting?.kind !== kind) this.#lasting = { kind, since: now };
    return cannotMend(error, now - (this.#lasting?.since ?? now));
  }

  /** A look went well. */
  end(): void {
    this.#lasting = undefined;
  }
}

/** Looks at Render again and again while a deploy is under way: often at first, seldom later, and never for ever. */
export class DeployLooks {
  readonly #parts: DeployLooksParts;
  /** Ends the wait before the next look. */
  #nap = new AbortController();

  constructor(parts: DeployLooksParts) {
    this.#parts = parts;
    parts.signal.addEventListener("abort", () => {
      this.wake();
    });
  }

  /** Looks at once. */
  wake(): void {
    this.#nap.abort();
  }

  /** Looks, waits and looks again until `look` says that it is done. Never rejects. */
  async until(first: "now" | "soon", look: () => Promise<boolean>): Promise<LooksEnd> {
    const { trouble, clock } = this.#parts;
    const refusals = new Refusals(clock);
    let failures = 0;
    for (let isFirst = true; !this.#isEnded(); isFirst = false) {
      if (!isFirst || first === "soon") await this.#wait(pollPace(this.#elapsed(), failures));
      if (this.#isEnded()) break;
      // Read before the look: after a night's sleep of the machine, the deploy still gets one.
      const isLast = this.#elapsed() > longestWatch;
      try {
        if (await look()) break;
        failures = 0;
        refusals.end();
        trouble(undefined);
      } catch (error) {
        if (this.#isEnded()) break;
        if (refusals.areFinal(error)) return { kind: "error", error };
        failures += 1;
        trouble(error);
      }
      if (isLast) return { kind: "timeLimit" };
    }
    return { kind: "done" };
  }

  #isEnded(): boolean {
    return this.#parts.signal.aborted;
  }

  #elapsed(): number {
    return this.#parts.clock.now() - this.#parts.since;
  }

  async #wait(ms: number): Promise<void> {
    this.#nap = new AbortController();
    try {
      await this.#parts.clock.sleep(ms, this.#nap.signal);
    } catch {
      // Woken, or ended: the caller looks which.
    }
  }
}
