import * as vscode from "vscode";
import type { Commit, RepositorySnapshot } from "../repository.js";
import { headIn, type Head } from "../head.js";
import { trackingName } from "../remotes/remoteBranch.js";
import type { GitApi, GitCommit, GitRepository } from "./gitApi.js";
import { addressesOf, readGitConfig } from "./config.js";
import { readCommit } from "./objects.js";

/** What the core is told of a repository. */
export async function snapshot(
  repository: GitRepository,
  api: GitApi,
  unread: RepositorySnapshot["unread"],
): Promise<RepositorySnapshot> {
  const [{ branch, commit: commitId }, { remotes, isOwnRead }] = await Promise.all([
    headOf(repository),
    readGitConfig(repository),
  ]);
  const editor = vscode.window.activeTextEditor?.document.uri;
  const commit = commitId === undefined ? undefined : await commitOf(repository, commitId);
  return {
    root: repository.rootUri.toString(),
    name: repository.rootUri.path.split("/").at(-1) ?? "",
    remotes: remotes.flatMap(addressesOf),
    ...(branch !== undefined && { branch }),
    ...(commit && { head: commit }),
    active:
      editor !== undefined && api.getRepository(editor)?.rootUri.toString() === repository.rootUri.toString(),
    ...(unread && { unread, ...(!isOwnRead && { remotesUnread: true }) }),
  };
}

/** The Git extension's `RefType.RemoteHead`. */
const remoteBranch = 1;

/**
 * HEAD as Git has it. The Git extension takes a branch without a commit for the remote's branch of its name where there is
 * one: that is asked of Git.
 */
export async function headOf(repository: GitRepository): Promise<Head> {
  const { HEAD } = repository.state;
  const head = headIn(HEAD);
  if (HEAD?.type !== remoteBranch || HEAD.name === undefined || HEAD.remote === undefined) return head;
  const isBorn = await readCommit(repository, "HEAD").then(
    () => true,
    () => false,
  );
  const branch = trackingName({ remote: HEAD.remote, name: HEAD.name });
  return isBorn ? head : { ...head, branch, commit: undefined };
}

/** The commit with this whole SHA; without more than the SHA where Git does not know it. */
export async function commitOf(repository: GitRepository, commitId: string): Promise<Commit> {
  const known = commits.get(commitId);
  if (known) return known;
  try {
    // The SHA in what is read lacks digits in a repository with SHA-256: see `wholeCommitIds`.
    const commit = { ...toCommit(await readCommit(repository, commitId)), id: commitId };
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
