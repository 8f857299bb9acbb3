import type { Clock } from "../../ports.js";
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
  /** By bucket: how many reads are under way. Whether what Render told last counts them already, nobody knows. */
  readonly #underWay = new Map<Bucket, number>();
  /** By bucket: those who wait, one behind the other. */
  readonly #queues = new Map<Bucket, Slots>();

  constructor(limits: RateLimits, clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
  }

  /** Begins a read of this bucket when it may be sent; rejects with the signal's reason when it is aborted before. */
  async run<T>(bucket: Bucket, signal: AbortSignal, read: () => Promise<T>): Promise<T> {
    const queue = this.#queues.get(bucket) ?? new Slots(1);
    this.#queues.set(bucket, queue);
    await queue.run(
      signal,
      () => signal.reason as Error,
      () => this.#wait(bucket, signal),
    );
    try {
      return await read();
    } finally {
      this.#count(bucket, -1);
    }
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
    this.#count(bucket, 1);
  }

  #count(bucket: Bucket, more: number): void {
    this.#underWay.set(bucket, (this.#underWay.get(bucket) ?? 0) + more);
  }

  #readyAt(bucket: Bucket, now: number): number {
    const told = this.#limits.read(bucket, now);
    if (told === undefined) return now;
    const budget = { ...told, remaining: told.remaining - (this.#underWay.get(bucket) ?? 0) };
    if (spareOf(budget) < 1) return budget.resetAt;
    const last = this.#last.get(bucket);
    return last === undefined ? now : last + pace(budget, now, 0);
  }
}
