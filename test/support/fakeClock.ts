import { setImmediate as turn } from "node:timers/promises";
import type { Clock } from "../../src/ports.js";

export interface FakeClockOptions {
  /** The first time shown, in milliseconds since the Unix epoch. */
  now?: number;
  /**
   * Sleeps shorter than this many milliseconds pass by themselves; longer ones wait for `advance`. By default all
   * pass. Set it to the shortest timeout when the code under test also has timeouts running, to 0 to hold everything.
   */
  flowBelowMs?: number;
}

interface Sleeper {
  wakeAt: number;
  flows: boolean;
  wake(): void;
}

/**
 * Time that passes only by sleeping: a five-minute deploy takes no time, and its waits can be asserted. Several
 * sleepers wake in the order of their wake-up times, each able to sleep again before a later one wakes.
 */
export class FakeClock implements Clock {
  /** Every sleep ever begun, in milliseconds, also those that were aborted. */
  readonly slept: number[] = [];
  readonly #sleepers = new Set<Sleeper>();
  readonly #flowBelowMs: number;
  #now: number;
  #flowing = false;

  constructor({ now = 0, flowBelowMs = Infinity }: FakeClockOptions = {}) {
    this.#now = now;
    this.#flowBelowMs = flowBelowMs;
  }

  now(): number {
    return this.#now;
  }

  /** How many sleeps are pending now: 0 at the end of a test proves that no timer was left behind. */
  get sleeping(): number {
    return this.#sleepers.size;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#sleepers.delete(sleeper);
        reject(signal.reason as Error);
      };
      const sleeper: Sleeper = {
        wakeAt: this.#now + Math.max(0, ms),
        flows: ms < this.#flowBelowMs,
        wake: () => {
          this.#sleepers.delete(sleeper);
          signal.removeEventListener("abort", leave);
          resolve();
        },
      };
      if (signal.aborted) {
        leave();
        return;
      }
      this.slept.push(ms);
      this.#sleepers.add(sleeper);
      signal.addEventListener("abort", leave, { once: true });
      if (sleeper.flows) void this.#flow();
    });
  }

  /** Lets `ms` milliseconds pass. Resolves when all who were to wake until then have woken and had their turn. */
  async advance(ms: number): Promise<void> {
    await this.#passUntil(this.#now + ms);
  }

  /** Somebody sets the clock back by `ms` milliseconds. Timers do not mind: sleeps last as long as before. */
  setBack(ms: number): void {
    this.#now -= ms;
    for (const sleeper of this.#sleepers) sleeper.wakeAt -= ms;
  }

  async #passUntil(end: number): Promise<void> {
    await turn();
    for (let next = this.#soonest(s => s.wakeAt <= end); next; next = this.#soonest(s => s.wakeAt <= end)) {
      this.#now = Math.max(this.#now, next.wakeAt);
      next.wake();
      await turn();
    }
    this.#now = Math.max(this.#now, end);
  }

  async #flow(): Promise<void> {
    if (this.#flowing) return;
    this.#flowing = true;
    await turn();
    for (let next = this.#soonest(s => s.flows); next; next = this.#soonest(s => s.flows)) {
      await this.#passUntil(next.wakeAt);
    }
    this.#flowing = false;
  }

  #soonest(chosen: (sleeper: Sleeper) => boolean): Sleeper | undefined {
    let soonest: Sleeper | undefined;
    for (const sleeper of this.#sleepers) {
      if (chosen(sleeper) && (soonest === undefined || sleeper.wakeAt < soonest.wakeAt)) soonest = sleeper;
    }
    return soonest;
  }
}
