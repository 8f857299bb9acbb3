import { pathBelow } from "../text/uriPath.js";
import { closedFor, type ClosedRepository } from "./onDisk/closedRepository.js";
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
  /** Git's files do not tell its remotes either, so it may be a clone of anything. */
  readonly remotesUnread?: true;
}

/** Why this window has no Git repository to read. */
type NoGitReason =
  "noFolder" | "untrusted" | "virtual" | "gitMissing" | "notReadYet" | "notOpened" | "noRepository";

/** What Git can tell in this window: its repositories (at least one), or the reason why there are none. */
export type GitReading = (
  | { readonly ok: true; readonly repositories: readonly RepositorySnapshot[] }
  | { readonly ok: false; readonly why: NoGitReason }
) & {
  /** Repositories of this window that VS Code has not opened, so that HEAD of them is not known. */
  readonly closed?: readonly ClosedRepository[];
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
  if (!reading.ok || folder === undefined) return reading;
  if ([...reading.repositories, ...(reading.closed ?? [])].some(({ active }) => active)) return reading;
  const root = repositoryOf(folder, reading)?.root;
  return {
    ...reading,
    repositories: reading.repositories.map(each => ({ ...each, active: each.root === root })),
  };
}

/**
 * The same reading as it stands to a service to which folders are linked: the repository that holds one of them is its
 * clone whatever its remotes are called, as after a repository was renamed; where none holds it, the only one in it. What
 * is closed there may be meant too.
 */
export function readLinked(folders: readonly string[], reading: GitReading): GitReading {
  if (folders.length === 0) return reading;
  const isAround = (one: string, other: string): boolean => pathBelow(one, other) !== undefined;
  const closed = reading.closed?.map(each =>
    folders.some(folder => isAround(each.uri, folder) || isAround(folder, each.uri))
      ? ({ ...each, isLinked: true } as const)
      : each,
  );
  const known = { ...reading, ...(closed && { closed }) };
  if (!known.ok) return known;
  const roots = folders.flatMap(folder => {
    const holder = repositoryOf(folder, reading);
    const inside = known.repositories.filter(({ root }) => isAround(folder, root));
    return holder?.root ?? (inside.length === 1 ? (inside[0]?.root ?? []) : []);
  });
  return {
    ...known,
    repositories: known.repositories.map(each =>
      roots.includes(each.root) ? { ...each, isLinked: true } : each,
    ),
  };
}

/** Only the repository with this root, where it is open; otherwise the reading as it is. */
export function onlyRepository(reading: GitReading, root: string | undefined): GitReading {
  const found = reading.ok ? reading.repositories.find(repository => repository.root === root) : undefined;
  return found ? { ...reading, ok: true, repositories: [found] } : reading;
}

/**
 * Whether all that can be told now of the HEAD of a service with this repository is there; what a person asks for
 * meanwhile has to wait. What is not read of other repositories does not matter.
 */
export function isReadFor(repo: string, reading: GitReading): boolean {
  const head = headFor(repo, reading);
  return head.kind !== "none" || head.why !== "notReadYet";
}

/** Whether there is, or may be, a HEAD that is not known. */
export function isNotRead(why: NoHeadReason): boolean {
  return !["noFolder", "noRepository", "unborn", "otherRepository"].includes(why);
}

function isAwaited({ unread }: RepositorySnapshot): boolean {
  return unread === "notYet";
}

function mayBeAnyClone({ unread, remotesUnread }: RepositorySnapshot): boolean {
  return unread !== undefined && remotesUnread === true;
}

/**
 * HEAD of the open repository that is a clone of `repo`. Never simply the first of several: with the wrong
 * repository's HEAD a commit would be asked for that the service's repository does not have. A clone by an ssh alias
 * never stands above a sure one, nor one that is only linked above one by its address; of several by their address, the one
 * that a link names is meant; where the open file is in such a
 * clone and a surer one is open too, a person chooses.
 */
export function headFor(repo: string, reading: GitReading): HeadReading {
  const closed = closedFor(repo, reading.closed);
  if (!reading.ok) return noRepositories(reading.why, closed);
  const clones = reading.repositories.filter(repository => isCloneOf(repository, repo));
  const by = (kind: CloneAgreement["kind"]): RepositorySnapshot[] =>
    clones.filter(repository => cloneOf(repository, repo)?.kind === kind);
  const named = by("same").filter(({ isLinked }) => isLinked);
  const preferred = [named, by("same"), by("linked"), clones].find(({ length }) => length > 0) ?? [];
  const active = preferred.filter(repository => repository.active);
  const asked = clones.filter(clone => preferred.includes(clone) || clone.active);
  const meant = active.length > 0 ? active : asked;
  const [chosen, ...others] = meant;
  // What may turn out to be a clone too: of all others Git's files tell that reading them changes nothing.
  const unsure = active.length > 0 ? [] : reading.repositories.filter(mayBeAnyClone);
  if ([...meant, ...unsure].some(isAwaited)) return { kind: "none", why: "notReadYet" };
  // Nothing is deployed in place of what the person has in front of them.
  if (active.length === 0 && closed?.active === true) return notOpened(closed, reading.repositories);
  if (!chosen) return noClone(reading.repositories, closed);
  if (others.length > 0) return { kind: "several", repositories: [chosen, ...others] };
  return headOf(chosen);
}

/** What is not opened, and surely of another repository, is as good as one of another that is open. */
function noRepositories(why: NoGitReason, closed: ClosedRepository | undefined): NoHead {
  if (why !== "notOpened") return { kind: "none", why };
  return closed ? { kind: "none", why, closed } : { kind: "none", why: "otherRepository" };
}

/** Of what could not be read, not even in Git's files, nobody knows whose clone it is. */
function noClone(repositories: readonly RepositorySnapshot[], closed: ClosedRepository | undefined): NoHead {
  if (closed) return notOpened(closed, repositories);
  return { kind: "none", why: repositories.some(mayBeAnyClone) ? "unreadable" : "otherRepository" };
}

/** VS Code opens submodules once it has read what they are in. */
function notOpened(closed: ClosedRepository, repositories: readonly RepositorySnapshot[]): NoHead {
  const mayBeOpened = repositories.some(
    each => isAwaited(each) && pathBelow(each.root, closed.uri) !== undefined,
  );
  return mayBeOpened ? { kind: "none", why: "notReadYet" } : { kind: "none", why: "notOpened", closed };
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
