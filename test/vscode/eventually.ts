import { setTimeout as sleep } from "node:timers/promises";

export interface Patience {
  /** Milliseconds until it gives up; 20,000 when left out: so long hangs, however busy the machine is. */
  readonly timeoutMs?: number;
  /** What there was instead, asked for once it has given up. */
  readonly instead?: () => Promise<string>;
}

/**
 * Reads until there is a value, every 50 ms. For what an editor in another process shows: nothing there can be told
 * what time it is.
 *
 * @throws Error that names `what` was awaited and what there was instead.
 */
export async function eventually<T>(
  what: string,
  read: () => Promise<T | undefined> | T | undefined,
  { timeoutMs = 20_000, instead }: Patience = {},
): Promise<T> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const value = await read();
    if (value !== undefined) return value;
    if (performance.now() > end) break;
    await sleep(50);
  }
  const found = instead ? ` Instead there was: ${await instead()}` : "";
  throw new Error(`Waited ${timeoutMs / 1000} s in vain for ${what}.${found}`);
}

/** Whether a text is, or holds, what is expected of it: a string must be equal, a pattern must match. */
export function matches(text: string, expected: string | RegExp): boolean {
  return typeof expected === "string" ? text === expected : expected.test(text);
}
