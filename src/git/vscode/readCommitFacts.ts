import type { CommitFacts, PushTarget, UncommittedChanges } from "../commitFacts.js";
import { isSha256, sameCommit } from "../commitId.js";
import { headIn } from "../head.js";
import { branchKeptAs, remoteBranchIn, trackingName, trackingRef } from "../remotes/remoteBranch.js";
import { serviceRemotes, usualRemote, type Origin } from "../remotes/serviceRemotes.js";
import type { Commit } from "../repository.js";
import type { GitRepository } from "./gitApi.js";
import { changedFiles, compare, filesBetween, longestReading } from "./compare.js";
import { readGitConfig } from "./config.js";
import { areHere, isPartial, readCommit } from "./objects.js";
import { inTime } from "../../window/clock.js";

/** Fetching with this depth gives a shallow clone its whole history (Git: what `--unshallow` means). */
const wholeHistory = 0x7fffffff;

/** Everything the clone tells about the commit to deploy; with `mindsFiles`, which files a deploy would change too. */
export async function readCommitFacts(
  repository: GitRepository,
  commit: Commit,
  origin: Origin & { readonly mindsFiles: boolean },
  live: string | undefined,
): Promise<CommitFacts> {
  const isHead = sameCommit(headIn(repository.state.HEAD).commit, commit.id);
  const [linkedTo, pushTo, branches, relation] = await Promise.all([
    origin.isLinked ? otherAddress(repository, origin) : undefined,
    isHead ? pushTargetOf(repository, origin) : undefined,
    branchesWith(repository, commit.id, origin),
    live === undefined ? undefined : compare(repository, commit.id, live),
  ]);
  const [changedPaths, pushedPaths] = await Promise.all([
    origin.mindsFiles && live !== undefined && relation
      ? pathsBetween(repository, live, commit.id, relation)
      : undefined,
    origin.mindsFiles && pushTo && branches?.heldBy.length === 0
      ? pathsToPush(repository, commit.id, pushTo)
      : undefined,
  ]);
  return {
    commit,
    isHead,
    ...(isHead && ofHead(repository)),
    ...(linkedTo !== undefined && { linkedTo }),
    ...branches,
    ...(pushTo && { pushTo }),
    ...(relation && { relation }),
    ...(changedPaths && { changedPaths }),
    ...(pushedPaths && { pushedPaths }),
  };
}

/** What a push changes on the remote's branch; undefined where this clone does not know what that branch holds. */
async function pathsToPush(
  repository: GitRepository,
  commitId: string,
  { remote, branch }: PushTarget,
): Promise<string[] | undefined> {
  const ref = trackingRef({ remote, name: branch }, (await readGitConfig(repository)).entries);
  const tip = ref && (await inTime(repository.getBranch(ref), longestReading))?.commit;
  return tip === undefined ? undefined : changedFiles(repository, tip, commitId);
}

/** What the clone's remote is called where none is the service's repository; empty where there is none at all. */
async function otherAddress(repository: GitRepository, { repo }: Origin): Promise<string | undefined> {
  const { remotes } = await readGitConfig(repository);
  const agreeing = serviceRemotes(remotes, { repo, isLinked: false }, "fetch", undefined);
  const { upstream } = headIn(repository.state.HEAD);
  const shown = remotes.find(({ name }) => name === upstream?.remote) ?? remotes[0];
  return agreeing.length > 0 ? undefined : (shown?.fetch[0] ?? "");
}

async function pathsBetween(...sides: Parameters<typeof filesBetween>): Promise<string[] | undefined> {
  const [repository, , , relation] = sides;
  if (relation.kind === "unknown" || (await isPartial(repository))) return undefined;
  const files = await inTime(filesBetween(...sides), longestReading);
  const root = `${repository.rootUri.path.replace(/\/$/u, "")}/`;
  // What was moved is gone from where it was.
  return files && [...new Set(files.flatMap(({ path, liveUri }) => [path, liveUri.path.slice(root.length)]))];
}

function ofHead({ state }: GitRepository): Partial<CommitFacts> {
  const { branch, upstream, behind } = headIn(state.HEAD);
  return {
    ...(branch !== undefined && { branch }),
    ...(upstream && { upstream: { name: trackingName(upstream), behind } }),
    changes: changesOf(state),
  };
}

/** The value for untracked files of the Git extension's enum `Status`. */
const untrackedStatus = 7;

function changesOf(state: GitRepository["state"]): UncommittedChanges {
  const { mergeChanges, indexChanges, workingTreeChanges, untrackedChanges } = state;
  const changed = new Set<string>();
  const untracked = new Set<string>();
  for (const { uri, status } of [
    ...mergeChanges,
    ...indexChanges,
    ...workingTreeChanges,
    ...untrackedChanges,
  ])
    (status === untrackedStatus ? untracked : changed).add(uri.toString());
  return { changed: changed.size, untracked: untracked.size };
}

async function remotesOf(
  repository: GitRepository,
  origin: Origin,
  way: "fetch" | "push",
): Promise<string[]> {
  const { remotes, entries } = await readGitConfig(repository);
  const { branch } = headIn(repository.state.HEAD);
  return serviceRemotes(remotes, origin, way, usualRemote(remotes, entries, branch));
}

/**
 * The branches of the service's repository that hold the commit, and those of which it is the newest; undefined when Git
 * does not tell.
 */
async function branchesWith(
  repository: GitRepository,
  commitId: string,
  origin: Origin,
): Promise<Required<Pick<CommitFacts, "heldBy" | "tipOf">> | undefined> {
  const { remotes: known, entries } = await readGitConfig(repository);
  const remotes = await remotesOf(repository, origin, "fetch");
  // The Git extension reads no branches where SHAs have more than 40 digits (microsoft/vscode: `parseRefs`).
  if (remotes.length === 0 || isSha256(commitId)) return undefined;
  // Where the commit is not in the clone at all, nothing can be told.
  const [isHere] = await areHere(repository, [commitId]);
  if (!isHere) return undefined;
  const branches = await inTime(repository.getBranches({ remote: true, contains: commitId }), longestReading);
  const all = known.map(({ name }) => name);
  const found = branches?.flatMap(({ name, remote, commit }) => {
    if (name === undefined || remote === undefined) return [];
    const branch = branchKeptAs(`refs/remotes/${name}`, remotes, entries) ?? remoteBranchIn(name, all);
    return branch && remotes.includes(branch.remote)
      ? [{ branch: branch.name, isTip: sameCommit(commit, commitId) }]
      : [];
  });
  return (
    found && {
      heldBy: found.map(({ branch }) => branch),
      tipOf: found.filter(({ isTip }) => isTip).map(({ branch }) => branch),
    }
  );
}

/**
 * Where a push of HEAD's branch must go; undefined on a detached HEAD. Always to a branch of its own name: one that was
 * begun from `origin/main` has that as its upstream, and nobody means to push it there.
 */
async function pushTargetOf(repository: GitRepository, origin: Origin): Promise<PushTarget | undefined> {
  const { branch, upstream } = headIn(repository.state.HEAD);
  if (branch === undefined) return undefined;
  const remotes = await remotesOf(repository, origin, "push");
  const remote = remotes.find(each => each === upstream?.remote) ?? remotes[0];
  return remote === undefined ? undefined : { remote, branch };
}

/**
 * Pushes just this commit to the branch, whatever is checked out by now; a branch without an upstream has it from then
 * on. Rejects with the Git extension's error.
 */
export async function push(
  repository: GitRepository,
  commitId: string,
  { remote, branch }: PushTarget,
): Promise<void> {
  await repository.push(remote, `${commitId}:refs/heads/${branch}`, false);
  const { HEAD } = repository.state;
  // A local branch that it follows stays what it is too.
  if (headIn(HEAD).branch !== branch || HEAD?.upstream) return;
  const tracking = `refs/remotes/${trackingName({ remote, name: branch })}`;
  // Where the clone does not fetch that branch, it cannot be an upstream.
  await repository.setBranchUpstream(branch, tracking).catch(() => undefined);
}

/** Whether a remote's branch is seen at the commit by now; true where this clone does not keep, or tell, where that branch is. */
export async function isPushed(
  repository: GitRepository,
  commitId: string,
  { remote, branch }: PushTarget,
): Promise<boolean> {
  const ref = trackingRef({ remote, name: branch }, (await readGitConfig(repository)).entries);
  if (ref === undefined) return true;
  const tip = await inTime(repository.getBranch(ref), longestReading);
  return tip?.commit === undefined || sameCommit(tip.commit, commitId);
}

/**
 * Fetches from the remotes of the service's repository until two commits are here and can be compared; the whole history
 * is asked for only where it is needed. The one that is not here even then, if any. Rejects with the Git extension's error.
 */
export async function fetchFor(
  repository: GitRepository,
  origin: Origin,
  commits: readonly [commit: string, live: string],
): Promise<string | undefined> {
  const remotes = await remotesOf(repository, origin, "fetch");
  for (const options of [{}, { depth: wholeHistory }]) {
    for (const remote of remotes) await repository.fetch({ remote, ...options });
    if ((await compare(repository, ...commits)).kind !== "unknown") return undefined;
  }
  // A partial clone asks its remote for a commit that is on no branch.
  await Promise.all(commits.map(id => readCommit(repository, id).catch(() => undefined)));
  const found = await areHere(repository, commits);
  return commits.find((_, index) => found[index] === false);
}
