/** How long and how much the client of Render's API is ready to take. */
export interface HttpLimits {
  /** From sending until the reply's headers are there, connecting included; milliseconds. */
  headersMs: number;
  /** Between two pieces of a body; milliseconds. */
  idleMs: number;
  /** For one request in all; milliseconds. */
  totalMs: number;
  /** Of a body, unpacked; bytes. */
  bodyBytes: number;
  /** Of the body of an error reply, of which only a sentence is wanted; bytes. */
  errorBodyBytes: number;
  /** Requests under way at the same time; further ones wait. */
  concurrent: number;
  /** Further tries of a read after the first one. */
  retries: number;
  /** For all tries of a read and the waits between them, from the first one's start; milliseconds. */
  retryWithinMs: number;
}

export const defaultLimits: Readonly<HttpLimits> = {
  headersMs: 15_000,
  idleMs: 15_000,
  totalMs: 60_000,
  bodyBytes: 10 * 1024 * 1024,
  errorBodyBytes: 64 * 1024,
  concurrent: 6,
  retries: 3,
  retryWithinMs: 60_000,
};
