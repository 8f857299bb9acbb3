import { setImmediate as turn } from "node:timers/promises";
import type { Clock } from "../../../src/ports.js";
import { ManualClock, type SimulatorClock } from "../../simulator/simulator.js";

/**
 * One time for the extension and for Render, which passes only when everybody waits for it. So a day of polling takes
 * no time, and the same seed gives the same walk.
 */
export class VirtualTime implements Clock, SimulatorClock {
  readonly #clock = new ManualClock();
  /** What is under way besides waiting: as long as there is any, time stands still. */
  #busy = 0;

  now(): number {
    return this.#clock.now();
  }

  /** Sleeps and timers that are pending: 0 when everything has been closed. */
  get pending(): number {
    return this.#clock.pending;
  }

  after(ms: number, act: () => void): () => void {
    return this.#clock.after(ms, act);
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        callOff();
        reject(signal.reason instanceof Error ? signal.reason : new Error("stopped"));
      };
      if (signal.aborted) {
        reject(signal.reason instanceof Error ? signal.reason : new Error("stopped"));
        return;
      }
      const callOff = this.#clock.after(ms, () => {
        signal.removeEventListener("abort", leave);
        resolve();
      });
      signal.addEventListener("abort", leave, { once: true });
    });
  }

  /** Does something during which no time passes. */
  async still<T>(work: () => Promise<T>): Promise<T> {
    this.#busy += 1;
    try {
      return await work();
    } finally {
      this.#busy -= 1;
    }
  }

  /** Lets `ms` milliseconds pass, second by second at the most, with time for all that is due in between. */
  async pass(ms: number, done: () => boolean = () => false): Promise<void> {
    const end = this.now() + ms;
    await this.#rest();
    while (this.now() < end && !done()) {
      this.#clock.advance(Math.min(1_000, end - this.now()));
      await this.#rest();
    }
  }

  /** Until nothing moves without time passing. */
  async #rest(): Promise<void> {
    let quiet = 0;
    while (quiet < 2) {
      await turn();
      quiet = this.#busy === 0 ? quiet + 1 : 0;
    }
  }
}
