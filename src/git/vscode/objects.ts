import { stat } from "node:fs/promises";
import { join } from "node:path";
import { isFullCommitId } from "../commitId.js";
import { gitFolderOf } from "../onDisk/gitFolder.js";
import { hasObject } from "../onDisk/objectStore.js";
import { hasFolders, isPartialClone } from "../onDisk/partialClone.js";
import type { GitCommit, GitRepository } from "./gitApi.js";
import { readGitConfig } from "./config.js";

/**
 * Whether Git may go to the network for what it is asked, so that nobody is kept waiting, and no Git left behind, for
 * something that nobody asked for.
 */
export async function isPartial(repository: GitRepository): Promise<boolean> {
  return isPartialClone((await readGitConfig(repository)).entries);
}

/** Whether the history of a file can be read without going to the network. */
export async function hasHistories(repository: GitRepository): Promise<boolean> {
  return hasFolders((await readGitConfig(repository)).entries);
}

/** Which of the commits are in the clone. Never goes to the network. */
export async function areHere(repository: GitRepository, ids: readonly string[]): Promise<boolean[]> {
  const found = await Promise.all(ids.map(id => commitHere(repository, id)));
  return found.map(commit => commit !== undefined);
}

/** The commit that a full or short SHA names; undefined where it is not in the clone. Never goes to the network. */
export async function commitHere(repository: GitRepository, id: string): Promise<GitCommit | undefined> {
  // Git looks for a short id in the clone alone.
  const mayFetch = isFullCommitId(id) && (await isPartial(repository));
  if (mayFetch && !(await hasObject(repository.rootUri.fsPath, id))) return undefined;
  return readCommit(repository, id).catch(() => undefined);
}

/**
 * A commit without its changes: with `getCommit`, the Git extension counts those too, and a partial clone fetches files for
 * it. Rejects when there is no such commit. For one that may not be in the clone, see `commitHere`.
 */
export async function readCommit(repository: GitRepository, id: string): Promise<GitCommit> {
  const [commit] = await repository.log({ maxEntries: 1, refNames: [id] });
  if (!commit) throw new Error(`Git knows no commit ${id}.`);
  return commit;
}

/** Changes when commits that were not here may have come: with the branches, with each fetch, with the depth of the clone. */
export async function fetchStamp(repository: GitRepository): Promise<string> {
  const [branches, { common }] = await Promise.all([
    repository.getBranches({ remote: true }),
    gitFolderOf(repository.rootUri.fsPath),
  ]);
  const files = await Promise.all(["FETCH_HEAD", "shallow"].map(name => timeOf(join(common, name))));
  return JSON.stringify([branches.map(({ name, commit }) => [name, commit]), files]);
}

async function timeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}
