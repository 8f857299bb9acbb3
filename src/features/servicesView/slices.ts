/** How long work goes on before everything else has its turn, in milliseconds. */
const longest = 10;

/** Spreads many small pieces of work over turns of the event loop, so that nothing else waits for all of them. */
export class Slices {
  readonly #now: () => number;
  readonly #later: (turn: () => void) => void;
  /** In the order in which it came. */
  readonly #waiting = new Set<() => void>();
  #began: number | undefined;

  /**
   * @param now milliseconds
   * @param later does something in another turn of the event loop, after what is waiting already
   */
  constructor(now: () => number, later: (turn: () => void) => void) {
    this.#now = now;
    this.#later = later;
  }

  /** Does the work at once while there is time in this turn, else in one of the next, in the order asked for. */
  run<T>(work: () => T): T | Promise<T> {
    if (this.#waiting.size === 0 && this.#hasTime()) return work();
    return new Promise<T>(resolve => {
      this.#waiting.add(() => {
        // The inner promise takes what the work throws.
        resolve(
          new Promise(done => {
            done(work());
          }),
        );
      });
    });
  }

  #hasTime(): boolean {
    if (this.#began === undefined) {
      this.#began = this.#now();
      this.#later(() => {
        this.#turn();
      });
    }
    return this.#now() - this.#began < longest;
  }

  #turn(): void {
    this.#began = undefined;
    for (const work of this.#waiting) {
      if (!this.#hasTime()) return;
      this.#waiting.delete(work);
      work();
    }
  }
}
