/** A full or abbreviated commit SHA: SHA-1 has 40 hexadecimal digits, SHA-256 has 64, and Git abbreviates to 4 or more. */
const sha = /^[0-9a-f]{4,64}$/iu;

/** Git abbreviates to 7 digits unless told otherwise; fewer may stand for several commits. */
const fewestDigits = 7;

/** The SHA in what a person typed or pasted, in lower case without spaces around it; undefined when it is none. */
export function parseCommitId(typed: string): string | undefined {
  const trimmed = typed.trim();
  return sha.test(trimmed) ? trimmed.toLowerCase() : undefined;
}

/**
 * Whether it is a whole SHA. Whether Render takes abbreviated ones is not documented, so they are completed first.
 *
 * @param heads HEAD of the repositories that it may be of, where they are open: all SHAs of a repository are equally long
 */
export function isFullCommitId(commitId: string, heads: readonly (string | undefined)[] = []): boolean {
  const lengths = heads.flatMap(head => head?.length ?? []);
  return (lengths.length > 0 ? lengths : [40, 64]).includes(commitId.length);
}

/** Whether it is the whole SHA of a commit in a repository that Git made with `--object-format=sha256`. */
export function isSha256(commitId: string | undefined): boolean {
  return commitId?.length === 64;
}

/** Whether two SHAs name one commit: in whatever case they are written, and where one of them is abbreviated. */
export function sameCommit(one: string | undefined, other: string | undefined): boolean {
  const [a, b] = [parseCommitId(one ?? ""), parseCommitId(other ?? "")];
  if (a === undefined || b === undefined) return one !== undefined && one === other;
  if (a === b) return true;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= fewestDigits && isFullCommitId(long) && long.startsWith(short);
}
