/** The files of a repository, looked up by their paths and by the ends of them. */
export interface RepositoryFiles {
  has(path: string): boolean;
  /** Whether there is such a folder. */
  hasFolder(path: string): boolean;
  /** The folders, "" for the root, in which a path leads to a file. */
  foldersWith(path: string): readonly string[];
  /** The folders of this name. */
  foldersNamed(name: string): readonly string[];
}

/** @param paths from the root, with `/` between their parts */
export function repositoryFiles(paths: Iterable<string>): RepositoryFiles {
  const files = new Set(paths);
  const folders = new Set<string>();
  const byName = new Map<string, string[]>();
  for (const path of files) {
    const name = nameOf(path);
    const same = byName.get(name);
    if (same) same.push(path);
    else byName.set(name, [path]);
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
      const folder = path.slice(0, end);
      // Those above it are known too.
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return {
    has: path => files.has(path),
    hasFolder: path => path === "" || folders.has(path),
    foldersWith: path =>
      (byName.get(nameOf(path)) ?? [])
        .filter(file => file === path || file.endsWith(`/${path}`))
        .map(file => file.slice(0, Math.max(0, file.length - path.length - 1))),
    foldersNamed: name => [...folders].filter(folder => nameOf(folder) === name),
  };
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
