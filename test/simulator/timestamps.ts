import type { Commit } from "./wire";
/**
 * A date as Render writes it: RFC 3339 in UTC, with up to six fraction digits and no zeros at their end, so that
 * two dates do not sort as text (Render API: conventions).
 *
 * @param ms milliseconds since the Unix epoch
 */
export function timestamp(ms: number): string {
  const whole = Math.floor(ms);
  const micros = String((whole * 7919) % 1000).padStart(3, "0");
  const [seconds = "", millis = ""] = new Date(whole).toISOString().slice(0, -1).split(".");
  const fraction = `${millis}${micros}`.replace(/0+$/, "");
  return fraction === "" ? `${seconds}Z` : `${seconds}.${fraction}Z`;
}

/** A date without fraction digits: how the commits of a deploy are dated (Render API: conventions). */
export function wholeSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

const nanosPerMilli = 1_000_000n;

/** A log line's date, with nine fraction digits less the zeros at their end. */
export function nanoTimestamp(nanos: bigint): string {
  const rest = nanos % 1_000_000_000n;
  const seconds = wholeSeconds(Number((nanos - rest) / nanosPerMilli));
  const fraction = String(rest).padStart(9, "0").replace(/0+$/, "");
  return fraction === "" ? seconds : `${seconds.slice(0, -1)}.${fraction}Z`;
}

/** Nanoseconds since the Unix epoch of an RFC 3339 date; undefined when the text is none. */
export function parseNanos(text: string): bigint | undefined {
  const match = /^(\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?([Zz]|[+-]\d\d:\d\d)$/.exec(text);
  if (match === null) return undefined;
  const [, seconds = "", fraction = "", zone = ""] = match;
  const ms = Date.parse(seconds + zone);
  if (Number.isNaN(ms)) return undefined;
  return BigInt(ms) * nanosPerMilli + BigInt(fraction.padEnd(9, "0"));
}

/** A commit with a date: now, unless it has one. */
export function datedCommit(
  commit: { id: string; message: string; createdAt?: string },
  now: number,
): Commit {
  return { createdAt: wholeSeconds(now), ...commit };
}
