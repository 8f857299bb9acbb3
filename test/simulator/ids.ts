import { createHash } from "node:crypto";

const alphabet = "0123456789abcdefghijklmnopqrstuv";

/**
 * An id as Render makes them: a prefix, a dash and 20 characters of 0-9a-v. The same prefix and seed always give
 * the same id, so that a test can be repeated.
 */
export function makeId(prefix: string, seed: string): string {
  const bytes = createHash("sha1").update(`${prefix}/${seed}`).digest();
  return `${prefix}-${Array.from(bytes, byte => alphabet.charAt(byte & 31)).join("")}`;
}

/** 40 hexadecimal digits that always belong to this seed: a Git commit's id. */
export function makeCommitId(seed: string): string {
  return createHash("sha1").update(`commit/${seed}`).digest("hex");
}

/** A whole number from 0 to `below` - 1 that always belongs to this seed. */
export function pick(seed: string, below: number): number {
  return createHash("sha1").update(`pick/${seed}`).digest().readUInt32BE(0) % below;
}
