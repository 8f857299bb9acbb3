import type * as vscode from "vscode";
import type { FileChange, ShippedFile } from "../changedFile.js";
import { sameCommit } from "../commitId.js";
import { mostCounted, relationOf, type Relation } from "../relation.js";
import type { Commit } from "../repository.js";
import { wholeCommitIds } from "../onDisk/wholeCommitIds.js";
import { toCommit } from "./snapshot.js";
import type { GitChange, GitRepository } from "./gitApi.js";
import { areHere, isPartial } from "./objects.js";
import { inTime } from "../../window/clock.js";

/** How long one reading of Git may take, in milliseconds; what is not there by then is said to be unknown. */
export const longestReading = 5_000;

/** A file that differs, and where it lay on either side. */
export interface ComparedFile extends ShippedFile {
  readonly liveUri: vscode.Uri;
  readonly uri: vscode.Uri;
}

/** How a commit relates to the one that is live, of the clone alone: nothing is fetched for it. */
export async function compare(repository: GitRepository, commit: string, live: string): Promise<Relation> {
  if (sameCommit(commit, live)) return { kind: "same" };
  return (
    (await inTime(compareNow(repository, commit, live), longestReading)) ?? {
      kind: "unknown",
      why: "unreadable",
    }
  );
}

async function compareNow(repository: GitRepository, commit: string, live: string): Promise<Relation> {
  const [isLiveHere, isTargetHere] = await areHere(repository, [live, commit]);
  if (!isLiveHere) return { kind: "unknown", why: "notHere" };
  if (!isTargetHere) return { kind: "unknown", why: "targetNotHere" };
  const [mergeBase, comes, goes] = await Promise.all([
    repository.getMergeBase(live, commit),
    missing(repository, commit, live),
    missing(repository, live, commit),
  ]);
  return relationOf({ commit, live, mergeBase, ahead: comes.length, behind: goes.length });
}

/** The commits of `of` that `from` lacks, newest first, at most `mostCounted`. */
export async function missing(repository: GitRepository, of: string, from: string): Promise<Commit[]> {
  const log = await repository.log({ maxEntries: mostCounted, refNames: [of, `^${from}`] });
  return wholeCommitIds(of, log).map(toCommit);
}

/**
 * The files that differ between what is live and the commit. Git is asked for both sides of the merge base, as the
 * extension compares no two commits directly; so where both sides changed a file alike, it is listed all the same.
 * A partial clone fetches what it lacks of the files, so it is asked only when a person wants to see them.
 */
export async function filesBetween(
  repository: GitRepository,
  live: string,
  commit: string,
  relation: Relation,
): Promise<ComparedFile[]> {
  const root = repository.rootUri.path;
  const files = new Map<string, ComparedFile>();
  const add = (change: GitChange, isBack: boolean): void => {
    const newer = change.renameUri ?? change.uri;
    const [liveUri, uri] = isBack ? [newer, change.originalUri] : [change.originalUri, newer];
    const path = uri.path.slice(root.length + 1);
    if (!files.has(path)) files.set(path, { path, change: fileChange(change.status, isBack), liveUri, uri });
  };
  if (relation.kind !== "behind")
    for (const each of await repository.diffBetween(live, commit)) add(each, false);
  if (relation.kind === "behind" || relation.kind === "diverged")
    for (const each of await repository.diffBetween(commit, live)) add(each, true);
  return [...files.values()];
}

/**
 * The old and the new paths, from the root of the repository, of the files that `commit` changed since `base`, which is one of
 * its ancestors. Undefined where Git does not tell in time, and in a partial clone, which would fetch for it.
 */
export async function changedFiles(
  repository: GitRepository,
  base: string,
  commit: string,
): Promise<string[] | undefined> {
  if (await isPartial(repository)) return undefined;
  const changes = await inTime(repository.diffBetween(base, commit), longestReading);
  const root = `${repository.rootUri.path.replace(/\/$/u, "")}/`;
  const uris = changes?.flatMap(({ uri, originalUri, renameUri }) => [uri, originalUri, renameUri ?? uri]);
  return uris && [...new Set(uris.map(({ path }) => path.slice(root.length)))];
}

/** The values of the Git extension's enum `Status` that a comparison of commits gives. */
const statuses = new Map<number, FileChange>([
  [1, "added"],
  [3, "renamed"],
  [6, "deleted"],
]);

function fileChange(status: number, isBack: boolean): FileChange {
  const change = statuses.get(status) ?? "modified";
  if (!isBack) return change;
  return change === "added" ? "deleted" : change === "deleted" ? "added" : change;
}
