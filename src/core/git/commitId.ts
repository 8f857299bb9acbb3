/** A full or abbreviated commit SHA: SHA-1 has 40 hexadecimal digits, SHA-256 has 64, and Git abbreviates to 4 or more. */
const sha = /^[0-9a-f]{4,64}$/iu;

/** The SHA in what a person typed or pasted, in lower case without spaces around it; undefined when it is none. */
export function parseCommitId(typed: string): string | undefined {
  const trimmed = typed.trim();
  return sha.test(trimmed) ? trimmed.toLowerCase() : undefined;
}

/** Whether it is a whole SHA. Whether Render takes abbreviated ones is not documented, so they are completed first. */
export function isFullCommitId(commitId: string): boolean {
  return commitId.length === 40 || commitId.length === 64;
}
