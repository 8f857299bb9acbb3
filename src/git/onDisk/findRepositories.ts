import { readdir, realpath, stat } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { parseConfig } from "../remotes/configText.js";
import { gitFolderOf } from "./gitFolder.js";
import { readText } from "./readText.js";

/** A repository that was found on disk. */
export interface FoundRepository {
  /** The root folder's path. */
  readonly root: string;
  /** Whether its root lies above the folder that was looked at. */
  readonly isAbove: boolean;
  /** The id of the user that owns it; undefined where that is not told, as on Windows. */
  readonly owner?: number;
}

/** More folders than this are not looked into. */
const mostFolders = 200;

/** The repository that a folder lies in; where there is none, those right below it. Told by `.git`: no Git is run. */
export async function findRepositories(folder: string): Promise<FoundRepository[]> {
  // Git goes by where a folder really is.
  const start = await realpath(folder).catch(() => folder);
  for (let at = start; ; at = dirname(at)) {
    if (await isRoot(at)) return [await foundAt(at, at !== start)];
    if (at === dirname(at)) break;
  }
  const entries = await readdir(start, { withFileTypes: true }).catch(() => []);
  const folders = entries.filter(each => each.isDirectory()).map(({ name }) => join(start, name));
  const below = folders
    .slice(0, mostFolders)
    .map(async root => ((await isRoot(root)) ? [await foundAt(root, false)] : []));
  return (await Promise.all(below)).flat();
}

/** The submodules of a repository that are there, as `.gitmodules` names them (Git: `gitmodules`). */
export async function findSubmodules(root: string): Promise<FoundRepository[]> {
  const entries = parseConfig((await readText(join(root, ".gitmodules"))) ?? "");
  const paths = entries.flatMap(({ section, key, value }) =>
    section === "submodule" && key === "path" && value !== undefined ? [join(root, value)] : [],
  );
  const found = [...new Set(paths)]
    .filter(path => path.startsWith(join(root, sep)))
    .slice(0, mostFolders)
    .map(async path => ((await isRoot(path)) ? [await foundAt(path, false)] : []));
  return (await Promise.all(found)).flat();
}

async function foundAt(root: string, isAbove: boolean): Promise<FoundRepository> {
  const owner = process.platform === "win32" ? undefined : (await stat(root)).uid;
  return { root, isAbove, ...(owner !== undefined && { owner }) };
}

/** What Git wants to see in a `.git` folder before it takes it for one (its `is_git_directory`); a worktree's has its HEAD. */
async function isRoot(folder: string): Promise<boolean> {
  const dotGit = join(folder, ".git");
  if (!(await isThere(dotGit))) return false;
  const { own } = await gitFolderOf(folder);
  const parts = own === dotGit ? ["HEAD", "objects", "refs"] : ["HEAD"];
  return (await Promise.all(parts.map(name => isThere(join(own, name))))).every(Boolean);
}

/** What may not be looked at is there all the same. */
async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: unknown) => error instanceof Error && "code" in error && error.code === "EACCES",
  );
}
