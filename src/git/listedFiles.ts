/** Files of a repository, by their paths from its root; with the ids of their contents where a commit tells them. */
export type ListedFiles = ReadonlyMap<string, string | undefined>;

/** What `git ls-tree -r -z` lists: "100644 blob <id>\t<path>", without what is no file, as submodules. */
export function listedFiles(output: string): ListedFiles {
  const files = new Map<string, string>();
  for (const entry of output.split("\0")) {
    const tab = entry.indexOf("\t");
    const [, type, id] = entry.slice(0, Math.max(0, tab)).split(" ");
    if (type === "blob" && id !== undefined) files.set(entry.slice(tab + 1), id);
  }
  return files;
}

/** What `git ls-files -z` lists: paths. */
export function trackedFiles(output: string): ListedFiles {
  return new Map(output.split("\0").flatMap(path => (path === "" ? [] : [[path, undefined] as const])));
}
