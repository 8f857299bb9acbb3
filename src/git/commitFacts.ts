import type { Relation } from "./relation.js";
import type { Commit } from "./repository.js";

/** What the clone tells about the commit to deploy. What could not be read in time is left out. */
export interface CommitFacts {
  readonly commit: Commit;
  /** Whether it is HEAD; what follows about branch and changes is HEAD's, and absent otherwise. */
  readonly isHead: boolean;
  /** The address of the clone's remote, where only a link says that it is the service's; empty without any. */
  readonly linkedTo?: string;
  /** Absent on a detached HEAD. */
  readonly branch?: string;
  /** "origin/main" and how many commits of it HEAD lacks. */
  readonly upstream?: { readonly name: string; readonly behind: number };
  readonly changes?: UncommittedChanges;
  /** The branches of the service's repository that hold the commit, as far as this clone knows: "main". */
  readonly heldBy?: readonly string[];
  /** Those of them whose newest commit it is. */
  readonly tipOf?: readonly string[];
  readonly pushTo?: PushTarget;
  /** When this window saw it being pushed, in milliseconds since the epoch. */
  readonly pushedAt?: number;
  /** To what is live. Absent while nothing is. */
  readonly relation?: Relation;
  /** The files, from the root of the repository, that differ from what is live. */
  readonly changedPaths?: readonly string[];
  /** The files that its push changes, or changed, from the root of the repository: the one that is offered, or that was seen. */
  readonly pushedPaths?: readonly string[];
}

/** Where a push of HEAD's branch goes, so that the service's repository has the commit. */
export interface PushTarget {
  readonly remote: string;
  readonly branch: string;
}

/** How many files differ from HEAD's commit; each is counted once. */
export interface UncommittedChanges {
  /** Changed, staged or in conflict. */
  readonly changed: number;
  /** Not known to Git yet. */
  readonly untracked: number;
}
