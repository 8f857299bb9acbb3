import type { CommitFacts, PushTarget, UncommittedChanges } from "../core/deploy/preflight.js";
import { sameRepository } from "../core/git/remoteUrl.js";
import type { Commit } from "../core/git/repository.js";
import type { Service } from "../core/render/shapes.js";
import type { GitRepository } from "./gitApi.js";
import { compare, filesBetween, isHere, longestReading } from "./gitCompare.js";
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
  const [heldBy, relation] = await Promise.all([
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
    ...(heldBy && { heldBy }),
    ...(pushTo && { pushTo }),
    ...(relation && { relation }),
    ...(changedPaths && { changedPaths }),
  };
}

async function pathsBetween(...sides: Parameters<typeof filesBetween>): Promise<string[] | undefined> {
  const [, , , relation] = sides;
  if (relation.kind === "unknown") return undefined;
  return (await inTime(filesBetween(...sides), longestReading))?.map(({ path }) => path);
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

/** The names of the remotes that are the service's repository. */
function remotesOf({ state }: GitRepository, repo: string): string[] {
  return state.remotes
    .filter(({ fetchUrl, pushUrl }) =>
      [fetchUrl, pushUrl].some(url => url !== undefined && sameRepository(url, repo)),
    )
    .map(({ name }) => name);
}

/** The branches of the service's repository that hold the commit; undefined when Git does not tell. */
async function branchesWith(
  repository: GitRepository,
  commitId: string,
  repo: string,
): Promise<string[] | undefined> {
  const remotes = remotesOf(repository, repo);
  // Where the commit is not in the clone at all, "contains" is an error and nothing can be told.
  const branches = await inTime(repository.getBranches({ remote: true, contains: commitId }), longestReading);
  return branches?.flatMap(({ name, remote }) => {
    if (name === undefined || remote === undefined || !remotes.includes(remote)) return [];
    const branch = name.slice(remote.length + 1);
    return branch === "HEAD" ? [] : [branch];
  });
}

/** Where a push of HEAD's branch must go; undefined on a detached HEAD. */
function pushTargetOf(repository: GitRepository, repo: string): PushTarget | undefined {
  const { name, upstream } = repository.state.HEAD ?? {};
  const remotes = remotesOf(repository, repo);
  const [first] = remotes;
  if (name === undefined || first === undefined) return undefined;
  return upstream && remotes.includes(upstream.remote)
    ? { remote: upstream.remote, branch: upstream.name }
    : { remote: first, branch: name };
}

/** Pushes HEAD's branch. Rejects with the Git extension's error. */
export async function push(repository: GitRepository, { remote, branch }: PushTarget): Promise<void> {
  const { name, upstream } = repository.state.HEAD ?? {};
  const refspec = name === undefined || name === branch ? branch : `${name}:${branch}`;
  await repository.push(remote, refspec, upstream === undefined);
}

/** Whether a remote's branch holds the commit by now. */
export async function isPushed(
  repository: GitRepository,
  commitId: string,
  target: PushTarget,
): Promise<boolean> {
  const branches = await inTime(repository.getBranches({ remote: true, contains: commitId }), longestReading);
  return branches?.some(({ name }) => name === `${target.remote}/${target.branch}`) === true;
}

/**
 * Fetches from the remotes of the service's repository until the commit is here and joined with HEAD's history; the
 * whole history is asked for only where it is needed. False when the commit is not here even then. Rejects with the
 * Git extension's error.
 */
export async function fetchFor(repository: GitRepository, repo: string, live: string): Promise<boolean> {
  const head = repository.state.HEAD?.commit;
  const isDone = async (): Promise<boolean> =>
    head !== undefined && (await compare(repository, head, live)).kind !== "unknown";
  for (const options of [{}, { depth: wholeHistory }]) {
    for (const remote of remotesOf(repository, repo)) await repository.fetch({ remote, ...options });
    if (await isDone()) return true;
  }
  return isHere(repository, live);
}
