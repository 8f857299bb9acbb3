import type { Clock } from "../ports.js";
import { Slots } from "./concurrency.js";
import { pace, spareOf, type Bucket, type RateLimits } from "./rateLimit.js";

/**
 * Spaces out the reads that nobody waits for (polling, refreshing), all of them together, so that they take no more
 * than half of what remains of a budget and a person's click always has room.
 */
export class BackgroundPace {
  readonly #limits: RateLimits;
  readonly #clock: Clock;
  /** By bucket: when the last turn was given, in milliseconds since the epoch. */
  readonly #last = new Map<Bucket, number>();
  /** By bucket: those who wait, one behind the other. */
  readonly #queues = new Map<Bucket, Slots>();

  constructor(limits: RateLimits, clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
  }

  /** Resolves when the next read of this bucket may be sent; rejects with the signal's reason once it is aborted. */
  turn(bucket: Bucket, signal: AbortSignal): Promise<void> {
    const queue = this.#queues.get(bucket) ?? new Slots(1);
    this.#queues.set(bucket, queue);
    return queue.run(
      signal,
      () => signal.reason as Error,
      () => this.#wait(bucket, signal),
    );
  }

  async #wait(bucket: Bucket, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const now = this.#clock.now();
    const ready = this.#readyAt(bucket, now);
    // A budget is told anew with each reply, so after a wait it is looked at again.
    if (ready > now) {
      await this.#clock.sleep(ready - now, signal);
      return this.#wait(bucket, signal);
    }
    this.#last.set(bucket, now);
  }

  #readyAt(bucket: Bucket, now: number): number {
    const budget = this.#limits.read(bucket, now);
    if (budget === undefined) return now;
    if (spareOf(budget) < 1) return budget.resetAt;
    const last = this.#last.get(bucket);
    return last === undefined ? now : last + pace(budget, now, 0);
  }
}
