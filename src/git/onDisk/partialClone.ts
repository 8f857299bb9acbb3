import type { ConfigEntry } from "../remotes/configText.js";

/**
 * Whether Git fetches what a clone lacks whenever it is asked for: a "promisor" remote promised it (Git docs,
 * "partial-clone"). Such a clone must not be asked for a commit, a folder or a file that it may not have.
 */
export function isPartialClone(config: readonly ConfigEntry[]): boolean {
  return config.some(({ section, key, value = "true" }) => {
    if (section === "extensions") return key === "partialclone";
    return section === "remote" && key === "promisor" && !/^(?:false|no|off|0|)$/iu.test(value);
  });
}

/** Whether a clone has the folders of all its commits: those that leave out nothing but contents of files do. */
export function hasFolders(config: readonly ConfigEntry[]): boolean {
  const filters = config.filter(({ section, key }) => section === "remote" && key === "partialclonefilter");
  const leavesFolders =
    filters.length > 0 && filters.every(({ value }) => value?.startsWith("blob:") === true);
  return !isPartialClone(config) || leavesFolders;
}
