import type { Clock } from "../../ports.js";
import { pollPace } from "./pollPace.js";
import { Refusals } from "./refusals.js";

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
