import { compareRemotes } from "../remotes/remoteUrl.js";

/** A repository of this window that VS Code has not opened. */
export interface ClosedRepository {
  /**
   * `inParent`: it begins above the folder, where the setting `git.openRepositoryInParentFolders` decides. `ofOther`: it
   * belongs to another user, so Git reads it only if `safe.directory` names it. `closed`: a person closed it, or a
   * setting says so.
   */
  readonly why: "inParent" | "ofOther" | "closed";
  /** The root folder's path. */
  readonly root: string;
  /** The same as a URI string. */
  readonly uri: string;
  /** The name of the open folder, or of a submodule's, for people. */
  readonly folder: string;
  /** The addresses of all remotes by Git's files, as Git resolves them; undefined where those cannot be read. */
  readonly remotes: readonly string[] | undefined;
  /** Whether the file in the active editor lies in it. */
  readonly active: boolean;
  /** Whether a person linked a folder of it, or around it, to the service that is asked about. */
  readonly isLinked?: true;
}

/** Of several the one that matters to a service: where the open file is, or else what is most surely its clone. */
export function closedFor(
  repo: string,
  closed: readonly ClosedRepository[] = [],
): ClosedRepository | undefined {
  const rank = (each: ClosedRepository): number => Number(each.active) * 10 + sureness(each, repo);
  return closed.filter(each => sureness(each, repo) > 0).sort((a, b) => rank(b) - rank(a))[0];
}

/** How surely it is a clone of the address a service is built from: 0 where it surely is none. */
function sureness({ remotes, isLinked }: ClosedRepository, repo: string): number {
  const kinds = remotes?.map(remote => compareRemotes(remote, repo)?.kind);
  if (isLinked === true || kinds?.includes("same") === true) return 3;
  if (kinds?.includes("alias") === true) return 2;
  return kinds ? 0 : 1;
}

/**
 * Why VS Code has not opened a repository, in the order in which its Git extension asks (`openRepository`).
 *
 * @param isAbove whether its root lies above the open folder
 * @param openInParents the setting `git.openRepositoryInParentFolders`
 * @param isSafe whether Git takes it for a repository
 */
export function whyClosed({
  isAbove,
  openInParents,
  isSafe,
}: {
  readonly isAbove: boolean;
  readonly openInParents: string;
  readonly isSafe: boolean;
}): ClosedRepository["why"] {
  if (isAbove && openInParents !== "always") return "inParent";
  return isSafe ? "closed" : "ofOther";
}
