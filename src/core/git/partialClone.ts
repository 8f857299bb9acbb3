/** An entry of Git's configuration, as the Git extension gives it. */
export interface ConfigEntry {
  readonly key: string;
  readonly value: string;
}

/**
 * Whether Git fetches what a clone lacks whenever it is asked for: a "promisor" remote promised it (Git docs,
 * "partial-clone"). Such a clone must not be asked for a commit, a folder or a file that it may not have.
 */
export function isPartialClone(config: readonly ConfigEntry[]): boolean {
  return config.some(({ key, value }) => {
    // The extension gives a key without a value, which means true, as a value without a key.
    const [name, means] = key === "" ? [value, "true"] : [key, value];
    if (/^extensions\.partialclone$/iu.test(name)) return true;
    return /^remote\..+\.promisor$/isu.test(name) && !/^(?:false|no|off|0|)$/iu.test(means);
  });
}

/** Whether a clone has the folders of all its commits: those that leave out nothing but contents of files do. */
export function hasFolders(config: readonly ConfigEntry[]): boolean {
  const filters = config.filter(({ key }) => /^remote\..+\.partialclonefilter$/isu.test(key));
  const leavesFolders = filters.length > 0 && filters.every(({ value }) => value.startsWith("blob:"));
  return !isPartialClone(config) || leavesFolders;
}
