import { isSha256 } from "../commitId.js";

/** An entry of a log as the Git extension gives it. */
export interface LogEntry {
  readonly hash: string;
  readonly parents: readonly string[];
}

/**
 * A log of what `tip` leads to, each entry with its whole SHA. An entry whose SHA cannot be told is left out, as nobody
 * could deploy it.
 *
 * The Git extension reads a commit's own SHA as the 40 digits before the end of its line, so in a repository with SHA-256
 * the first 24 are missing; those of the parents are whole (microsoft/vscode: `commitRegex` in extensions/git/src/git.ts).
 *
 * @param tip whole SHA; undefined where there is no commit
 */
export function wholeCommitIds<T extends LogEntry>(tip: string | undefined, log: readonly T[]): T[] {
  if (!isSha256(tip)) return [...log];
  const known = [tip, ...log.flatMap(({ parents }) => parents)];
  return log.flatMap(entry => {
    const hash = known.find(id => id?.endsWith(entry.hash));
    return hash === undefined ? [] : [{ ...entry, hash }];
  });
}
