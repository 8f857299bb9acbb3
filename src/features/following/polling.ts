/** How often a deploy is looked at, how long, and which failures looking again cannot mend. */
import type { Clock } from "../../ports.js";
import { Refusals } from "../../render/refusals.js";

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

/** So many looks at a deploy are made within a minute while its log tells when to look. */
const mostLooks = 20;

/** When is looked after the log has told something: Render may say so later than the log does. */
const afterHint = [0, 0.7 * second, 2 * second];

/**
 * How long to wait before the next look at a deploy, in milliseconds: short while a person is likely to be watching,
 * longer the longer it takes.
 *
 * @param elapsed since the deploy was asked for, in milliseconds
 * @param failures how many looks in a row have failed
 * @param isHinted the log tells when to look, so that looking besides is for what it does not tell
 */
export function pollPace(elapsed: number, failures: number, isHinted: boolean): number {
  if (failures > 0) return Math.min(longestRetry, 5 * second * 2 ** (failures - 1));
  if (isHinted) return elapsed < 600 * second ? 5 * second : 10 * second;
  if (elapsed < 60 * second) return 2 * second;
  if (elapsed < 600 * second) return 4 * second;
  return 10 * second;
}

/** Looks at Render again and again while a deploy is under way: often at first, seldom later, and never for ever. */
export class DeployLooks {
  readonly #parts: DeployLooksParts;
  /** Ends the wait before the next look. */
  #nap = new AbortController();
  #isWoken = false;
  #isHinted = false;
  /** When hints ask for a look, soonest first; in milliseconds since the epoch, like all times here. */
  #hints: number[] = [];
  /** When was looked within the last minute. */
  #looked: number[] = [];

  constructor(parts: DeployLooksParts) {
    this.#parts = parts;
    parts.signal.addEventListener("abort", () => {
      this.wake();
    });
  }

  /** Looks at once. */
  wake(): void {
    this.#isWoken = true;
    this.#nap.abort();
  }

  /** Whether `hint` is called when something may have changed. */
  setHinted(isHinted: boolean): void {
    this.#isHinted = isHinted;
    this.#nap.abort();
  }

  /** Something may just have changed: looks at once and shortly after, but never more than 20 times a minute. */
  hint(): void {
    const now = this.#parts.clock.now();
    this.#hints = afterHint.map(ms => now + ms);
    this.#nap.abort();
  }

  /** What was hinted at has been seen. */
  hasChanged(): void {
    this.#hints = [];
  }

  /** Looks, waits and looks again until `look` says that it is done. Never rejects. */
  async until(first: "now" | "soon", look: () => Promise<boolean>): Promise<LooksEnd> {
    const { trouble, clock } = this.#parts;
    const refusals = new Refusals(clock);
    let failures = 0;
    for (let isFirst = true; !this.#isEnded(); isFirst = false) {
      if (!isFirst || first === "soon") await this.#waitForNext(failures);
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

  async #waitForNext(failures: number): Promise<void> {
    const { clock, since } = this.#parts;
    let from = clock.now();
    this.#looked = [...this.#looked.filter(at => at > from - 60 * second), from];
    while (!this.#isEnded() && !this.#isWoken) {
      const now = clock.now();
      if (now < from) {
        // The clock was set back: by the new time, all that is known would make it wait.
        from = now;
        this.#looked = [];
        this.#hints = [];
      }
      const next = this.#nextLook(from + pollPace(from - since, failures, this.#isHinted));
      if (next <= now) break;
      await this.#wait(next - now);
    }
    this.#isWoken = false;
    this.#hints = this.#hints.filter(at => at > clock.now());
  }

  #nextLook(regular: number): number {
    const [hint = Infinity] = this.#hints;
    const next = Math.min(regular, hint);
    const first = this.#looked.at(-mostLooks);
    const isFull = this.#isHinted && first !== undefined;
    return isFull ? Math.max(next, first + 60 * second) : next;
  }

  async #wait(ms: number): Promise<void> {
    this.#nap = new AbortController();
    try {
      await this.#parts.clock.sleep(ms, this.#nap.signal);
    } catch {
      // Woken, hinted at, or ended: the caller looks which.
    }
  }
}
