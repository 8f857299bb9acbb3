import { setMaxListeners } from "node:events";
import type { Clock } from "../../ports.js";

/** Which error ends waiting early. Made only when needed, so that it can tell how far things had come. */
export interface Ends {
  aborted(): Error;
  timedOut(): Error;
}

/**
 * Runs `work` so that it surely ends: as soon as `outer` is aborted, or when the time that `allow` last gave (in
 * milliseconds from that call) is over. The work gets a signal of its own, which is aborted whatever the end, and what
 * the work does after that is ignored. Nothing of it stays on `outer`, and no sleep stays pending.
 */
export async function supervise<T>(
  clock: Clock,
  outer: AbortSignal,
  ends: Ends,
  work: (signal: AbortSignal, allow: (ms: number) => void) => Promise<T>,
): Promise<T> {
  if (outer.aborted) throw ends.aborted();
  const stop = new AbortController();
  let nap = new AbortController();
  const allow = (ms: number): void => {
    nap.abort();
    if (stop.signal.aborted) return;
    const mine = (nap = new AbortController());
    void clock.sleep(ms, mine.signal).then(
      () => {
        if (!mine.signal.aborted) stop.abort(ends.timedOut());
      },
      () => undefined,
    );
  };
  const leave = (): void => {
    stop.abort(ends.aborted());
  };
  outer.addEventListener("abort", leave);
  try {
    return await new Promise<T>((resolve, reject) => {
      stop.signal.addEventListener("abort", () => {
        reject(stop.signal.reason as Error);
      });
      work(stop.signal, allow).then(resolve, reject);
    });
  } finally {
    outer.removeEventListener("abort", leave);
    stop.abort();
    nap.abort();
  }
}

/** Runs `work` with a signal that is aborted when either of two is. Nothing of it stays on them. */
export async function underEither<T>(
  one: AbortSignal,
  other: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const own = new AbortController();
  const leave = (): void => {
    own.abort();
  };
  // One signal may rightly end many things at once; Node takes more than ten listeners for a leak unless told.
  setMaxListeners(0, one, other, own.signal);
  if (one.aborted || other.aborted) leave();
  one.addEventListener("abort", leave);
  other.addEventListener("abort", leave);
  try {
    return await work(own.signal);
  } finally {
    one.removeEventListener("abort", leave);
    other.removeEventListener("abort", leave);
  }
}

/** Lets at most `size` pieces of work run at once; the others wait in the order in which they came. */
export class Slots {
  readonly #waiting = new Set<() => void>();
  #free: number;

  constructor(size: number) {
    this.#free = size;
  }

  /** Rejects with `aborted()` when the signal is aborted before a slot is free. */
  async run<T>(signal: AbortSignal, aborted: () => Error, work: () => Promise<T>): Promise<T> {
    await this.#enter(signal, aborted);
    try {
      return await work();
    } finally {
      const [next] = this.#waiting;
      if (next === undefined) this.#free++;
      else next();
    }
  }

  #enter(signal: AbortSignal, aborted: () => Error): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(aborted());
        return;
      }
      if (this.#free > 0) {
        this.#free--;
        resolve();
        return;
      }
      const settle = (): void => {
        this.#waiting.delete(enter);
        signal.removeEventListener("abort", leave);
      };
      const enter = (): void => {
        settle();
        resolve();
      };
      const leave = (): void => {
        settle();
        reject(aborted());
      };
      this.#waiting.add(enter);
      signal.addEventListener("abort", leave);
    });
  }
}

interface Flight<T> {
  callers: number;
  stop: AbortController;
  result: Promise<T>;
}

/** Lets callers that want the same share one piece of work, which is aborted only when all of them have left. */
export class Flights<T> {
  readonly #flights = new Map<string, Flight<T>>();

  /** Joins the work of that name or starts it. Rejects with `aborted()` as soon as this caller's signal is aborted. */
  async join(
    name: string,
    signal: AbortSignal,
    aborted: () => Error,
    start: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    if (signal.aborted) throw aborted();
    const flight = this.#flights.get(name) ?? this.#begin(name, start);
    flight.callers++;
    let leave: (() => void) | undefined;
    try {
      return await new Promise<T>((resolve, reject) => {
        leave = () => {
          reject(aborted());
        };
        signal.addEventListener("abort", leave);
        flight.result.then(resolve, reject);
      });
    } finally {
      if (leave) signal.removeEventListener("abort", leave);
      flight.callers--;
      if (flight.callers === 0) {
        flight.stop.abort();
        this.#forget(name, flight);
      }
    }
  }

  /** Work that is under way goes on for those who wait for it, but nobody joins it any more. */
  close(): void {
    this.#flights.clear();
  }

  #begin(name: string, start: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const stop = new AbortController();
    const flight = { callers: 0, stop, result: start(stop.signal) };
    this.#flights.set(name, flight);
    return flight;
  }

  #forget(name: string, flight: Flight<T>): void {
    if (this.#flights.get(name) === flight) this.#flights.delete(name);
  }
}
