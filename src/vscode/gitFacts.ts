import type { CommitFacts, PushTarget, UncommittedChanges } from "../core/deploy/preflightFacts.js";
import { compareRemotes } from "../core/git/remoteUrl.js";
import type { Commit } from "../core/git/repository.js";
import type { Service } from "../core/render/shapes.js";
import type { GitRepository } from "./gitApi.js";
import { compare, filesBetween, longestReading } from "./gitCompare.js";
import { areHere, isPartial, readCommit } from "./gitObjects.js";
import { inTime } from "./inTime.js";

/** Fetching with this depth gives a shallow clone its whole history (Git: what `--unshallow` means). */
const wholeHistory = 0x7fffffff;

/** Everything the clone tells about the commit to deploy. */
export async function readCommitFacts(
  repository: GitRepository,
  commit: Commit,
  { repo, buildFilter }: { readonly repo: string; readonly buildFilter: Service["buildFilter"] },
  live: string | undefined,
): Promise<CommitFacts> {
  const isHead = repository.state.HEAD?.commit === commit.id;
  const pushTo = isHead ? pushTargetOf(repository, repo) : undefined;
  const [branches, relation] = await Promise.all([
    branchesWith(repository, commit.id, repo),
    live === undefined ? undefined : compare(repository, commit.id, live),
  ]);
  // Only a build filter asks for the files.
  const changedPaths =
    buildFilter && live !== undefined && relation
      ? await pathsBetween(repository, live, commit.id, relation)
      : undefined;
  return {
    commit,
    isHead,
    ...(isHead && ofHead(repository)),
    ...branches,
    ...(pushTo && { pushTo }),
    ...(relation && { relation }),
    ...(changedPaths && { changedPaths }),
  };
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
  const { name: branch, upstream, behind = 0 } = state.HEAD ?? {};
  return {
    ...(branch !== undefined && { branch }),
    ...(upstream && { upstream: { name: `${upstream.remote}/${upstream.name}`, behind } }),
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

/**
 * The names of the remotes that are the service's repository where one fetches from, or pushes to, as the two may differ.
 * Remotes behind an ssh alias count where there is no sure one.
 */
function remotesOf({ state }: GitRepository, repo: string, way: "fetch" | "push"): string[] {
  const named = (kind: "same" | "alias"): string[] =>
    state.remotes
      .filter(({ fetchUrl, pushUrl }) => {
        const url = way === "push" ? (pushUrl ?? fetchUrl) : fetchUrl;
        return url !== undefined && compareRemotes(url, repo)?.kind === kind;
      })
      .map(({ name }) => name);
  const sure = named("same");
  return sure.length > 0 ? sure : named("alias");
}

/**
 * The branches of the service's repository that hold the commit, and those of which it is the newest; undefined when Git
 * does not tell.
 */
async function branchesWith(
  repository: GitRepository,
  commitId: string,
  repo: string,
): Promise<Required<Pick<CommitFacts, "heldBy" | "tipOf">> | undefined> {
  const remotes = remotesOf(repository, repo, "fetch");
  if (remotes.length === 0) return undefined;
  // Where the commit is not in the clone at all, nothing can be told.
  const [isHere] = await areHere(repository, [commitId]);
  if (!isHere) return undefined;
  const branches = await inTime(repository.getBranches({ remote: true, contains: commitId }), longestReading);
  const found = branches?.flatMap(({ name, remote, commit }) => {
    if (name === undefined || remote === undefined || !remotes.includes(remote)) return [];
    const branch = name.slice(remote.length + 1);
    return branch === "HEAD" ? [] : [{ branch, isTip: commit === commitId }];
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
function pushTargetOf(repository: GitRepository, repo: string): PushTarget | undefined {
  const { name, upstream } = repository.state.HEAD ?? {};
  const remotes = remotesOf(repository, repo, "push");
  const remote = remotes.find(each => each === upstream?.remote) ?? remotes[0];
  return name === undefined || remote === undefined ? undefined : { remote, branch: name };
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
  const { name, upstream } = repository.state.HEAD ?? {};
  if (name !== branch || upstream) return;
  // Where the clone does not fetch that branch, it cannot be an upstream.
  await repository.setBranchUpstream(branch, `${remote}/${branch}`).catch(() => undefined);
}

/** Whether a remote's branch holds the commit by now; true where the clone does not fetch that branch, and so never sees it. */
export async function isPushed(
  repository: GitRepository,
  commitId: string,
  target: PushTarget,
): Promise<boolean> {
  const fetched = await inTime(repository.getConfig(`remote.${target.remote}.fetch`), longestReading);
  const isSeen = [undefined, ""].includes(fetched) || fetched?.includes("refs/heads/*") === true;
  if (!isSeen && fetched?.includes(`refs/heads/${target.branch}:`) !== true) return true;
  const branches = await inTime(repository.getBranches({ remote: true, contains: commitId }), longestReading);
  return branches?.some(({ name }) => name === `${target.remote}/${target.branch}`) === true;
}

/**
 * Fetches from the remotes of the service's repository until two commits are here and can be compared; the whole history
 * is asked for only where it is needed. The one that is not here even then, if any. Rejects with the Git extension's error.
 */
export async function fetchFor(
  repository: GitRepository,
  repo: string,
  commits: readonly [commit: string, live: string],
): Promise<string | undefined> {
  for (const options of [{}, { depth: wholeHistory }]) {
    for (const remote of remotesOf(repository, repo, "fetch")) await repository.fetch({ remote, ...options });
    if ((await compare(repository, ...commits)).kind !== "unknown") return undefined;
  }
  // A partial clone asks its remote for a commit that is on no branch.
  await Promise.all(commits.map(id => readCommit(repository, id).catch(() => undefined)));
  const found = await areHere(repository, commits);
  return commits.find((_, index) => found[index] === false);
}
