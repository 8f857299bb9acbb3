import type { Commit } from "./repository.js";

/** A branch of a remote: `origin` and `main`. */
export interface RemoteBranch {
  readonly remote: string;
  readonly name: string;
}

/** How HEAD's branch stands to the branches of its remotes, as Git told it at one moment. */
export interface BranchState {
  readonly branch: string | undefined;
  /** The full SHA of HEAD. */
  readonly commit: string | undefined;
  /** Undefined where there is none. */
  readonly upstream: RemoteBranch | undefined;
  readonly ahead: number;
  readonly behind: number;
  /** The remote branches that are where HEAD is: the upstream; where there is none, those that are called like the branch. */
  readonly level: readonly RemoteBranch[];
  /** When it was read, in milliseconds since the epoch. */
  readonly at: number;
}

/** A push of HEAD's branch that was seen. */
export interface Push {
  /** The repository, as a URI string. */
  readonly root: string;
  /** The branch at the remote. */
  readonly branch: string;
  /** The addresses of the remote that was pushed to. */
  readonly remotes: readonly string[];
  readonly commit: Commit;
  /** The last time at which it was not pushed yet, in milliseconds since the epoch. */
  readonly after: number;
  /** The files of the pushed commits, from the root of the repository; undefined where Git does not tell. */
  readonly files: () => Promise<readonly string[] | undefined>;
}

/** How old a commit is at most that was committed and pushed between two readings, in milliseconds. */
const justNow = 60_000;

/**
 * Where HEAD was pushed to between two readings, although it did not move: commits that were ahead of the upstream no
 * longer are; or, where there was no upstream, a remote branch of the same name came to where HEAD is.
 */
export function pushedTo(before: BranchState | undefined, now: BranchState): RemoteBranch | undefined {
  if (before?.commit !== now.commit || !isSameBranch(before, now)) return undefined;
  const { upstream } = before;
  if (upstream)
    return isSame(upstream, now.upstream) && before.ahead > 0 && now.ahead === 0 ? upstream : undefined;
  return now.level.find(branch => branch.name === now.branch && !includes(before.level, branch));
}

/**
 * The remote branch that is where HEAD is after that moved. Then it was committed and pushed between two readings, or pulled:
 * `lastUpdateOf` tells the two apart, or else `isOwnNewCommit`.
 */
export function movedTogether(before: BranchState | undefined, now: BranchState): RemoteBranch | undefined {
  if (before?.commit === now.commit || !isSameBranch(before, now)) return undefined;
  const { upstream } = before;
  return now.level.find(branch =>
    upstream ? before.behind === 0 && isSame(upstream, branch) : branch.name === now.branch,
  );
}

/** Whether the person of this clone made the commit a moment ago; a colleague's, or an older one, was pulled. */
export function isOwnNewCommit(
  commit: { readonly createdAt?: number | undefined; readonly email?: string | undefined },
  email: string | undefined,
  now: number,
): boolean {
  const { createdAt, email: author } = commit;
  if (createdAt === undefined || author === undefined || email === undefined || email === "") return false;
  return author.toLowerCase() === email.toLowerCase() && now - createdAt <= justNow;
}

/**
 * What was at the upstream before, as far as the first parents tell; it may lie further back. Understood by Git;
 * undefined where there was no upstream.
 */
export function pushedSince({ commit, upstream, ahead }: BranchState): string | undefined {
  return commit === undefined || upstream === undefined ? undefined : `${commit}~${ahead}`;
}

function isSameBranch(before: BranchState | undefined, now: BranchState): before is BranchState {
  const isBorn = now.branch !== undefined && now.commit !== undefined && before?.commit !== undefined;
  return isBorn && before.branch === now.branch;
}

function includes(branches: readonly RemoteBranch[], branch: RemoteBranch): boolean {
  return branches.some(other => isSame(other, branch));
}

function isSame(one: RemoteBranch | undefined, other: RemoteBranch | undefined): boolean {
  return one?.remote === other?.remote && one?.name === other?.name;
}
