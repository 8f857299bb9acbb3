import { isFullCommitId, parseCommitId } from "./commitId.js";

/**
 * The commit of a row of the Timeline, by its full SHA; undefined where the row does not tell.
 *
 * The Git extension's rows carry it as `ref` and `id`. VS Code 1.100 to 1.139 hand the row only to extensions that may
 * use the proposed API `timeline`; all others get undefined in its place (microsoft/vscode, pull request 238125).
 * code-server, which lets every extension use proposed API, hands it on, unless the Timeline was loaded anew meanwhile.
 */
export function timelineCommitId(item: unknown): string | undefined {
  if (typeof item !== "object" || item === null) return undefined;
  return fullId(Reflect.get(item, "ref")) ?? fullId(Reflect.get(item, "id"));
}

/**
 * The commit whose version of a file a `git:` address shows, by its full SHA. Undefined for other files and for what is
 * no commit, such as the index.
 *
 * @param query of the address: the Git extension puts the file's path and the ref there, as JSON
 * @param path of the file on this machine
 */
export function shownCommitId(query: string, path: string): string | undefined {
  let shown: unknown;
  try {
    shown = JSON.parse(query);
  } catch {
    return undefined;
  }
  if (typeof shown !== "object" || shown === null || Reflect.get(shown, "path") !== path) return undefined;
  return fullId(Reflect.get(shown, "ref"));
}

function fullId(value: unknown): string | undefined {
  const id = typeof value === "string" ? parseCommitId(value) : undefined;
  return id !== undefined && isFullCommitId(id) ? id : undefined;
}
