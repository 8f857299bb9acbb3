/** What the core needs from outside. Each is passed in, so that tests hold time, chance and the network. */

/** Time. Milliseconds since the Unix epoch, and sleeping that an abort ends at once. */
export interface Clock {
  now(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason as soon as it is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** Where the story for a person, and the details for support, are written. Never given a key. */
export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** A number from 0 (included) to 1 (excluded), as `Math.random` gives it. */
export type Random = () => number;
