import * as vscode from "vscode";
import type { Commit, RepositorySnapshot } from "../core/git/repository.js";
import type { GitApi, GitCommit, GitRemote, GitRepository } from "./gitApi.js";
import { readCommit } from "./gitObjects.js";

/** What the core is told of a repository. */
export async function snapshot(
  repository: GitRepository,
  api: GitApi,
  unread: RepositorySnapshot["unread"],
): Promise<RepositorySnapshot> {
  const { HEAD, remotes } = repository.state;
  const editor = vscode.window.activeTextEditor?.document.uri;
  const commit = HEAD?.commit === undefined ? undefined : await commitOf(repository, HEAD.commit);
  return {
    root: repository.rootUri.toString(),
    name: repository.rootUri.path.split("/").at(-1) ?? "",
    remotes: remotes.flatMap(addressesOf),
    ...(HEAD?.name !== undefined && { branch: HEAD.name }),
    ...(commit && { head: commit }),
    active:
      editor !== undefined && api.getRepository(editor)?.rootUri.toString() === repository.rootUri.toString(),
    ...(unread && { unread }),
  };
}

/** The addresses that a remote is fetched from and pushed to. */
export function addressesOf({ fetchUrl, pushUrl }: GitRemote): string[] {
  return [fetchUrl, pushUrl].filter(url => url !== undefined);
}

/** The commit with this SHA; without more than the SHA where Git does not know it. */
export async function commitOf(repository: GitRepository, commitId: string): Promise<Commit> {
  const known = commits.get(commitId);
  if (known) return known;
  try {
    const commit = toCommit(await readCommit(repository, commitId));
    if (commits.size >= mostCommits) commits.clear();
    commits.set(commitId, commit);
    return commit;
  } catch {
    return { id: commitId };
  }
}

/** A commit never changes, and HEAD's is asked for at each change of Git. */
const commits = new Map<string, Commit>();
const mostCommits = 500;

/** A commit as the core knows it. */
export function toCommit({ hash, message, commitDate, authorDate }: GitCommit): Commit {
  const date = commitDate ?? authorDate;
  return { id: hash, message, ...(date && { createdAt: date.getTime() }) };
}
