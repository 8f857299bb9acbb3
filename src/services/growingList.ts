import type { Clock } from "../ports.js";

/** What is told sooner after one another than this cannot be seen, in milliseconds. */
const shortest = 150;

/** What has arrived is told after this time however little it is, in milliseconds. */
const longest = 1_000;

/**
 * Tells now and then of a list that grows, as whoever is told looks through all of it: at once of its beginning, then
 * when it has doubled, so that all that is done at each telling together grows no faster than the list.
 */
export class GrowingList {
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #tell: () => void;
  #size = 0;
  #told = { size: 0, at: -Infinity };
  /** Aborted when what has arrived was told. */
  #waiting: AbortController | undefined;

  /**
   * @param signal nothing is told once it is aborted
   * @param tell must not throw
   */
  constructor(clock: Clock, signal: AbortSignal, tell: () => void) {
    this.#clock = clock;
    this.#signal = signal;
    this.#tell = tell;
  }

  grewTo(size: number): void {
    this.#size = size;
    const passed = this.#clock.now() - this.#told.at;
    // A clock that was set back must not make it wait.
    if (passed >= longest || passed < 0 || (passed >= shortest && size >= 2 * this.#told.size)) this.flush();
    else if (!this.#waiting) void this.#flushAfter(longest - passed);
  }

  /** Tells of what has arrived and was not told yet. */
  flush(): void {
    this.end();
    if (this.#size === this.#told.size || this.#signal.aborted) return;
    this.#told = { size: this.#size, at: this.#clock.now() };
    this.#tell();
  }

  /** Tells nothing more by itself. */
  end(): void {
    this.#waiting?.abort();
    this.#waiting = undefined;
  }

  async #flushAfter(ms: number): Promise<void> {
    const waiting = (this.#waiting = new AbortController());
    try {
      await this.#clock.sleep(ms, waiting.signal);
    } catch {
      return;
    }
    if (!waiting.signal.aborted) this.flush();
  }
}
