import { sameRepository } from "./remoteUrl.js";

/** A commit as far as it is known here. */
export interface Commit {
  /** The full SHA. */
  readonly id: string;
  readonly message?: string;
  /** Milliseconds since the epoch. */
  readonly createdAt?: number;
}

/** What is known of one open Git repository at one moment. */
export interface RepositorySnapshot {
  /** The root folder, as a URI string: its identity. */
  readonly root: string;
  /** The root folder's name, for people. */
  readonly name: string;
  /** The addresses of all remotes. */
  readonly remotes: readonly string[];
  /** Undefined on a detached HEAD. */
  readonly branch?: string;
  /** Undefined while the branch has no commit. */
  readonly head?: Commit;
  /** Whether the file in the active editor lies in it. */
  readonly active: boolean;
}

/** Why this window has no Git repository to read. */
type NoGitReason = "noFolder" | "untrusted" | "virtual" | "gitMissing" | "noRepository";

/** What Git can tell in this window: its repositories (at least one), or the reason why there are none. */
export type GitReading =
  | { readonly ok: true; readonly repositories: readonly RepositorySnapshot[] }
  | { readonly ok: false; readonly why: NoGitReason };

/** Why HEAD cannot fill the commit of a deploy. */
export type NoHeadReason = NoGitReason | "unborn" | "otherRepository";

export type HeadReading =
  | { readonly kind: "head"; readonly repository: RepositorySnapshot; readonly head: Commit }
  /** Several open repositories are clones of the service's repository and none holds the active file: a person chooses. */
  | { readonly kind: "several"; readonly repositories: readonly RepositorySnapshot[] }
  | { readonly kind: "none"; readonly why: NoHeadReason; readonly branch?: string };

/** Whether one of the repository's remotes is the address a service is built from. */
export function isCloneOf(repository: RepositorySnapshot, repo: string): boolean {
  return repository.remotes.some(remote => sameRepository(remote, repo));
}

/** Only the repository with this root, where it is open; otherwise the reading as it is. */
export function onlyRepository(reading: GitReading, root: string | undefined): GitReading {
  const found = reading.ok ? reading.repositories.find(repository => repository.root === root) : undefined;
  return found ? { ok: true, repositories: [found] } : reading;
}

/**
 * HEAD of the open repository that is a clone of `repo`. Never simply the first of several: with the wrong
 * repository's HEAD a commit would be asked for that the service's repository does not have.
 */
export function headFor(repo: string, reading: GitReading): HeadReading {
  if (!reading.ok) return { kind: "none", why: reading.why };
  const clones = reading.repositories.filter(repository => isCloneOf(repository, repo));
  const active = clones.filter(repository => repository.active);
  const [chosen, ...others] = active.length > 0 ? active : clones;
  if (!chosen) return { kind: "none", why: "otherRepository" };
  if (others.length > 0) return { kind: "several", repositories: [chosen, ...others] };
  return headOf(chosen);
}

/** HEAD of one repository, once it is known which. */
export function headOf(repository: RepositorySnapshot): HeadReading {
  if (repository.head) return { kind: "head", repository, head: repository.head };
  return {
    kind: "none",
    why: "unborn",
    ...(repository.branch !== undefined && { branch: repository.branch }),
  };
}
