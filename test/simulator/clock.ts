/** Time as the simulator sees it. */
export interface SimulatorClock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Calls `act` once, `ms` milliseconds from now; the function returned calls that off. */
  after(ms: number, act: () => void): () => void;
}

/** The computer's own clock. */
export const realClock: SimulatorClock = {
  now: () => Date.now(),
  after: (ms, act) => {
    const timer = setTimeout(act, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};

/** A clock that can call off everything it was asked for. */
export class StoppableClock implements SimulatorClock {
  readonly #pending = new Set<() => void>();

  constructor(private readonly clock: SimulatorClock) {}

  now(): number {
    return this.clock.now();
  }

  after(ms: number, act: () => void): () => void {
    const cancel = this.clock.after(ms, () => {
      this.#pending.delete(cancel);
      act();
    });
    this.#pending.add(cancel);
    return () => {
      this.#pending.delete(cancel);
      cancel();
    };
  }

  stop(): void {
    for (const cancel of this.#pending) cancel();
    this.#pending.clear();
  }
}

interface Pending {
  at: number;
  order: number;
  act: () => void;
}

/** A clock that stands still until a test moves it. */
export class ManualClock implements SimulatorClock {
  #now: number;
  #made = 0;
  readonly #pending = new Set<Pending>();

  /** @param start milliseconds since the Unix epoch; the default is a Friday in June 2026, at 08:00:05 UTC. */
  constructor(start = Date.UTC(2026, 5, 12, 8, 0, 5)) {
    this.#now = start;
  }

  /** How many calls are still to come. */
  get pending(): number {
    return this.#pending.size;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, act: () => void): () => void {
    const entry: Pending = { at: this.#now + Math.max(0, ms), order: this.#made++, act };
    this.#pending.add(entry);
    return () => {
      this.#pending.delete(entry);
    };
  }

  /** Moves time on by `ms` milliseconds and makes every call that falls due, each at its own moment. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      this.#pending.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.act();
    }
    this.#now = end;
  }

  #next(end: number): Pending | undefined {
    let first: Pending | undefined;
    for (const entry of this.#pending) {
      if (entry.at > end) continue;
      if (
        first === undefined ||
        entry.at < first.at ||
        (entry.at === first.at && entry.order < first.order)
      ) {
        first = entry;
      }
    }
    return first;
  }
}
