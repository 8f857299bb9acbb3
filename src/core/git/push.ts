import type { Commit } from "./repository.js";

/** How HEAD's branch stands to its upstream, as Git told it at one moment. */
export interface BranchState {
  readonly branch: string | undefined;
  /** The full SHA of HEAD. */
  readonly commit: string | undefined;
  /** "origin/main"; undefined where there is none. */
  readonly upstream: string | undefined;
  readonly ahead: number;
  readonly behind: number;
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

/** Commits that were ahead of the upstream and no longer are, although HEAD did not move, were pushed. */
export function isPush(before: BranchState | undefined, now: BranchState): boolean {
  return isSameBranch(before, now) && before.commit === now.commit && before.ahead > 0 && now.ahead === 0;
}

/**
 * Whether HEAD and its upstream moved to a new commit together. Then it was committed and pushed between two readings, or
 * pulled: `isOwnNewCommit` tells the two apart.
 */
export function movedTogether(before: BranchState | undefined, now: BranchState): boolean {
  const isLevel = now.ahead === 0 && now.behind === 0;
  return isSameBranch(before, now) && before.commit !== now.commit && before.behind === 0 && isLevel;
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

/** What was at the upstream before, as far as the first parents tell; it may lie further back. Understood by Git. */
export function pushedSince({ commit, ahead }: BranchState): string | undefined {
  return commit === undefined ? undefined : `${commit}~${ahead}`;
}

function isSameBranch(before: BranchState | undefined, now: BranchState): before is BranchState {
  const { branch, upstream, commit } = now;
  if (branch === undefined || upstream === undefined || commit === undefined) return false;
  return before?.branch === branch && before.upstream === upstream && before.commit !== undefined;
}
