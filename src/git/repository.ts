import { pathBelow } from "../text/uriPath.js";
import type { ClosedRepository } from "./onDisk/closedRepository.js";
import { compareRemotes, type RemoteAgreement } from "./remotes/remoteUrl.js";

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
  /** The addresses of all remotes, as Git resolves them. */
  readonly remotes: readonly string[];
  /** Undefined on a detached HEAD. */
  readonly branch?: string;
  /** Undefined while the branch has no commit. */
  readonly head?: Commit;
  /** Whether the file in the active editor lies in it. */
  readonly active: boolean;
  /** Whether a person linked a folder of it to the service that is asked about, so that it is that one's clone. */
  readonly isLinked?: true;
  /** VS Code has opened it, but not read it in full, so HEAD and what differs from it are not known. */
  readonly unread?: "notYet" | "failed";
}

/** Why this window has no Git repository to read. */
type NoGitReason =
  "noFolder" | "untrusted" | "virtual" | "gitMissing" | "notReadYet" | "notOpened" | "noRepository";

/** What Git can tell in this window: its repositories (at least one), or the reason why there are none. */
export type GitReading = (
  | { readonly ok: true; readonly repositories: readonly RepositorySnapshot[] }
  | { readonly ok: false; readonly why: NoGitReason }
) & {
  /** A repository of an open folder that VS Code has not opened, so that nothing more is known of it. */
  readonly closed?: ClosedRepository;
};

/** Why HEAD cannot fill the commit of a deploy. */
export type NoHeadReason = NoGitReason | "unborn" | "unreadable" | "otherRepository";

export type HeadReading =
  | { readonly kind: "head"; readonly repository: RepositorySnapshot; readonly head: Commit }
  /** Several open repositories are clones of the service's repository and none holds the active file: a person chooses. */
  | { readonly kind: "several"; readonly repositories: readonly RepositorySnapshot[] }
  | NoHead;

/** Why there is no HEAD to deploy, and what is known of where it would be. */
export interface NoHead {
  readonly kind: "none";
  readonly why: NoHeadReason;
  readonly branch?: string;
  readonly closed?: ClosedRepository;
}

/** How a clone and the repository of a service agree: by an address, or because a person said so. */
export type CloneAgreement = RemoteAgreement | { readonly kind: "linked" };

/** How surely the repository is a clone of the address a service is built from: its best remote counts, or a link. */
export function cloneOf(repository: RepositorySnapshot, repo: string): CloneAgreement | undefined {
  const agreements = repository.remotes.flatMap(remote => compareRemotes(remote, repo) ?? []);
  const linked = repository.isLinked && ({ kind: "linked" } as const);
  return agreements.find(({ kind }) => kind === "same") ?? linked ?? agreements[0];
}

/** Whether the repository is, surely or by an ssh alias, a clone of the address a service is built from. */
export function isCloneOf(repository: RepositorySnapshot, repo: string): boolean {
  return cloneOf(repository, repo) !== undefined;
}

/** The innermost repository that holds a file or a folder. */
export function repositoryOf(uri: string, reading: GitReading): RepositorySnapshot | undefined {
  if (!reading.ok) return undefined;
  const depth = ({ root }: RepositorySnapshot): number => root.length;
  return reading.repositories
    .filter(({ root }) => pathBelow(root, uri) !== undefined)
    .sort((a, b) => depth(b) - depth(a))[0];
}

/**
 * The same reading, where no file of a repository is open, as if one of this folder were: the person opened or chose the
 * folder, so its repository is the one they mean.
 */
export function readAt(folder: string | undefined, reading: GitReading): GitReading {
  if (!reading.ok || folder === undefined || reading.repositories.some(({ active }) => active))
    return reading;
  const root = repositoryOf(folder, reading)?.root;
  return {
    ...reading,
    repositories: reading.repositories.map(each => ({ ...each, active: each.root === root })),
  };
}

/**
 * The same reading as it stands to a service to which folders are linked: the repository that holds one of them is its
 * clone whatever its remotes are called, as after a repository was renamed; where none holds it, the only one in it.
 */
export function readLinked(folders: readonly string[], reading: GitReading): GitReading {
  if (!reading.ok || folders.length === 0) return reading;
  const roots = folders.flatMap(folder => {
    const holder = repositoryOf(folder, reading);
    const inside = reading.repositories.filter(({ root }) => pathBelow(folder, root) !== undefined);
    return holder?.root ?? (inside.length === 1 ? (inside[0]?.root ?? []) : []);
  });
  return {
    ...reading,
    repositories: reading.repositories.map(each =>
      roots.includes(each.root) ? { ...each, isLinked: true } : each,
    ),
  };
}

/** Only the repository with this root, where it is open; otherwise the reading as it is. */
export function onlyRepository(reading: GitReading, root: string | undefined): GitReading {
  const found = reading.ok ? reading.repositories.find(repository => repository.root === root) : undefined;
  return found ? { ...reading, ok: true, repositories: [found] } : reading;
}

/** Whether all that can be told of Git now is there; what a person asks for meanwhile has to wait. */
export function isRead(reading: GitReading): boolean {
  return reading.ok ? !reading.repositories.some(isAwaited) : reading.why !== "notReadYet";
}

/** Whether there is, or may be, a HEAD that is not known. */
export function isNotRead(why: NoHeadReason): boolean {
  return !["noFolder", "noRepository", "unborn", "otherRepository"].includes(why);
}

function isAwaited({ unread }: RepositorySnapshot): boolean {
  return unread === "notYet";
}

/**
 * HEAD of the open repository that is a clone of `repo`. Never simply the first of several: with the wrong
 * repository's HEAD a commit would be asked for that the service's repository does not have. A clone by an ssh alias
 * never stands above a sure one, nor one that is only linked above one by its address; of several by their address, the one
 * that a link names is meant; where the open file is in such a
 * clone and a surer one is open too, a person chooses.
 */
export function headFor(repo: string, reading: GitReading): HeadReading {
  const closed = reading.closed && { closed: reading.closed };
  if (!reading.ok) return { kind: "none", why: reading.why, ...closed };
  const clones = reading.repositories.filter(repository => isCloneOf(repository, repo));
  const by = (kind: CloneAgreement["kind"]): RepositorySnapshot[] =>
    clones.filter(repository => cloneOf(repository, repo)?.kind === kind);
  const named = by("same").filter(({ isLinked }) => isLinked);
  const preferred = [named, by("same"), by("linked"), clones].find(({ length }) => length > 0) ?? [];
  const active = preferred.filter(repository => repository.active);
  const asked = clones.filter(clone => preferred.includes(clone) || clone.active);
  const [chosen, ...others] = active.length > 0 ? active : asked;
  // What is not read yet may turn out to be a clone too.
  if (active.length === 0 && reading.repositories.some(isAwaited)) return { kind: "none", why: "notReadYet" };
  if (!chosen) return noClone(reading.repositories, closed);
  if (others.length > 0) return { kind: "several", repositories: [chosen, ...others] };
  return headOf(chosen);
}

/** Of what could not be read, and of what is not opened, nobody knows whose clone it is. */
function noClone(
  repositories: readonly RepositorySnapshot[],
  closed: Pick<NoHead, "closed"> | undefined,
): NoHead {
  if (closed) return { kind: "none", why: "notOpened", ...closed };
  const isUnreadable = repositories.some(({ unread }) => unread === "failed");
  return { kind: "none", why: isUnreadable ? "unreadable" : "otherRepository" };
}

/** HEAD of one repository, once it is known which. */
export function headOf(repository: RepositorySnapshot): HeadReading {
  if (repository.unread)
    return { kind: "none", why: repository.unread === "notYet" ? "notReadYet" : "unreadable" };
  if (repository.head) return { kind: "head", repository, head: repository.head };
  return {
    kind: "none",
    why: "unborn",
    ...(repository.branch !== undefined && { branch: repository.branch }),
  };
}

/** Whether a person linked the repository with this root to the service that the reading is for. */
export function isLinkedIn(reading: GitReading, root: string | undefined): boolean {
  return reading.ok && reading.repositories.some(each => each.root === root && each.isLinked === true);
}
