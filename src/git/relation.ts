import { sameCommit } from "./commitId.js";

/** How many commits are counted at most: a larger number tells a person nothing more. */
export const mostCounted = 1_000;

/** Why two commits cannot be compared here. */
export type NotComparable =
  /** The other commit is not in this clone: it is shallow, not fetched, or of another repository. */
  | "notHere"
  /** The commit that is compared with it is not: its SHA was typed, or it was not fetched. */
  | "targetNotHere"
  /** Both are here, but not what joins them: the clone is shallow, or the history was rewritten. */
  | "noCommonHistory"
  /** Git gave no answer in time. */
  | "unreadable";

/** How a commit (of HEAD, or chosen to be deployed) relates to the commit that is live. */
export type Relation =
  | { readonly kind: "same" }
  /** It has `by` commits that are not live. */
  | { readonly kind: "ahead"; readonly by: number }
  /** It is an ancestor of what is live, `by` commits ago. */
  | { readonly kind: "behind"; readonly by: number }
  /** Each has commits that the other lacks. */
  | { readonly kind: "diverged"; readonly ahead: number; readonly behind: number }
  | { readonly kind: "unknown"; readonly why: NotComparable };

/** What Git tells of two commits that are both in the clone. */
export interface RelationReading {
  /** Full SHA. */
  readonly commit: string;
  /** Full SHA. */
  readonly live: string;
  /** Undefined where they share no history. */
  readonly mergeBase: string | undefined;
  /** Commits of `commit` that `live` lacks, counted up to `mostCounted`. */
  readonly ahead: number;
  /** Commits of `live` that `commit` lacks, counted up to `mostCounted`. */
  readonly behind: number;
}

/** The merge base decides which is the ancestor; the counts only say how far. */
export function relationOf({ commit, live, mergeBase, ahead, behind }: RelationReading): Relation {
  if (sameCommit(commit, live)) return { kind: "same" };
  if (mergeBase === undefined || mergeBase === "") return { kind: "unknown", why: "noCommonHistory" };
  if (sameCommit(mergeBase, live)) return { kind: "ahead", by: ahead };
  if (sameCommit(mergeBase, commit)) return { kind: "behind", by: behind };
  return { kind: "diverged", ahead, behind };
}
