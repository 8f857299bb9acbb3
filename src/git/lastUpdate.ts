import { open } from "node:fs/promises";
import { join } from "node:path";
import { gitFolderOf } from "./onDisk/gitFolder.js";

/** More of the end of a log than its last line is long, in bytes. */
const lastPart = 8_192;

/** How a branch of a remote came to where it is, as Git noted it. */
export interface BranchUpdate {
  /** The whole SHA that it came to. */
  readonly commit: string;
  /** A push of this clone; otherwise what others pushed was fetched. */
  readonly isPush: boolean;
}

/** The same, and when that was, by the clock of the file system, in milliseconds since the epoch. */
export interface DatedUpdate extends BranchUpdate {
  readonly at: number;
}

/**
 * The last line of a reflog (Git: `git-reflog`): the SHAs before and after, who and when, and behind a tab what was done.
 * Undefined for what is no such line.
 */
export function lastUpdateIn(log: string): BranchUpdate | undefined {
  const line = log.trimEnd().split("\n").at(-1) ?? "";
  const [, commit, done = ""] = /^[0-9a-f]{40,64} ([0-9a-f]{40,64}) [^\t]*(?:\t(.*))?$/u.exec(line) ?? [];
  return commit === undefined ? undefined : { commit, isPush: done.startsWith("update by push") };
}

/**
 * How a remote's branch was updated last in this clone. Undefined where Git keeps no log of it, or not in a file.
 *
 * @param root the path of the repository's root folder
 * @param tracking "origin/main"
 */
export async function lastUpdateOf(root: string, tracking: string): Promise<DatedUpdate | undefined> {
  const { common } = await gitFolderOf(root);
  const file = await open(join(common, "logs", "refs", "remotes", tracking)).catch(() => undefined);
  if (!file) return undefined;
  try {
    const { size, mtimeMs: at } = await file.stat();
    const length = Math.min(size, lastPart);
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
    const update = lastUpdateIn(buffer.toString("utf8"));
    return update && { ...update, at };
  } catch {
    return undefined;
  } finally {
    await file.close();
  }
}
