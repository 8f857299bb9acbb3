/** A repository of an open folder that VS Code has not opened. */
export interface ClosedRepository {
  /**
   * `inParent`: it begins above the folder, where the setting `git.openRepositoryInParentFolders` decides. `ofOther`: it
   * belongs to another user, so Git reads it only if `safe.directory` names it. `closed`: a person closed it, or a
   * setting says so.
   */
  readonly why: "inParent" | "ofOther" | "closed";
  /** The root folder's path. */
  readonly root: string;
  /** The open folder's name, for people. */
  readonly folder: string;
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
