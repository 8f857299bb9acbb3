import { realpath } from "node:fs/promises";
import { dirname } from "node:path";
import * as vscode from "vscode";
import { whyClosed, type ClosedRepository } from "../onDisk/closedRepository.js";
import { findRepositories, findSubmodules, type FoundRepository } from "../onDisk/findRepositories.js";
import { folderName, pathBelow } from "../../text/uriPath.js";
import type { GitApi } from "./gitApi.js";
import { addressesOf, readConfigAt } from "./config.js";
import { inTime } from "../../window/clock.js";
import { settings } from "../../window/settings.js";

/** How long one folder may be looked at, in milliseconds: it may lie on another machine. */
const longestLook = 2_000;

interface Placed extends FoundRepository {
  /** The open folder for which it was found; undefined for one that was found in it. */
  readonly of?: vscode.WorkspaceFolder;
}

/**
 * The repositories of this window that VS Code has not opened: those of open folders, the one that holds the open file, and
 * submodules, of which it opens a few or none (`git.detectSubmodules`). The Git extension tells nobody of those, so they
 * are looked for on disk.
 */
export async function closedRepositories(
  folders: readonly vscode.WorkspaceFolder[],
  api: GitApi,
): Promise<ClosedRepository[]> {
  const editor = vscode.window.activeTextEditor?.document.uri;
  const file = editor?.scheme === "file" ? await realUri(editor.fsPath) : undefined;
  const unknown = folders.filter(({ uri }) => uri.scheme === "file" && api.getRepository(uri) === null);
  const looks: Promise<readonly Placed[]>[] = [
    ...unknown.map(async of => (await findRepositories(of.uri.fsPath)).map(found => ({ ...found, of }))),
    ...(file ? [holderOf(file, folders)] : []),
    ...api.repositories.map(({ rootUri }) => findSubmodules(rootUri.fsPath)),
  ];
  const found = await Promise.all(looks.map(look => inTime(look, longestLook)));
  const open = await Promise.all(
    api.repositories.map(async ({ rootUri }) => (await realUri(rootUri.fsPath)).toString()),
  );
  const closed = new Map<string, Placed>();
  for (const each of found.flatMap(all => all ?? [])) {
    const uri = (await realUri(each.root)).toString();
    if (!closed.has(uri) && !open.includes(uri)) closed.set(uri, each);
  }
  const roots = [...open, ...closed.keys()];
  // Of several, only the owners tell: Git would have to be run for each.
  const asked = closed.size === 1 ? api : undefined;
  const all = [...closed].map(async ([uri, each]): Promise<ClosedRepository> => {
    const { root, isAbove, of } = each;
    const openInParents = settings.openRepositoryInParentFolders(of?.uri ?? vscode.Uri.file(root));
    const config = await inTime(readConfigAt(root, undefined), longestLook);
    return {
      why: whyClosed({ isAbove, openInParents, isSafe: await isSafe(each, asked) }),
      root,
      uri,
      folder: of?.name ?? folderName(uri),
      remotes: config?.isOwnRead === true ? config.remotes.flatMap(addressesOf) : undefined,
      active: file !== undefined && isInnermost(uri, file.toString(), roots),
    };
  });
  return Promise.all(all);
}

/** The repository that a file of an open folder lies in, where it is no larger than that folder. */
async function holderOf(
  file: vscode.Uri,
  folders: readonly vscode.WorkspaceFolder[],
): Promise<readonly Placed[]> {
  const around = await Promise.all(folders.map(({ uri }) => realUri(uri.fsPath)));
  const found = await findRepositories(dirname(file.fsPath));
  return found.flatMap(each => {
    const root = vscode.Uri.file(each.root).toString();
    const isHolder = pathBelow(root, file.toString()) !== undefined;
    const isInside = around.some(folder => pathBelow(folder.toString(), root) !== undefined);
    return isHolder && isInside ? [{ ...each, isAbove: false }] : [];
  });
}

function isInnermost(root: string, file: string, roots: readonly string[]): boolean {
  const holders = roots.filter(each => pathBelow(each, file) !== undefined);
  return holders.includes(root) && holders.every(({ length }) => length <= root.length);
}

async function realUri(path: string): Promise<vscode.Uri> {
  return vscode.Uri.file(await realpath(path).catch(() => path));
}

/** Whether Git takes it for a repository. Where it cannot be asked, a folder of another user is not safe to it. */
async function isSafe({ root, owner }: FoundRepository, api: GitApi | undefined): Promise<boolean> {
  if (!api?.getRepositoryRoot) return owner === undefined || owner === process.getuid?.();
  return api.getRepositoryRoot(vscode.Uri.file(root)).then(
    found => found !== null,
    () => true,
  );
}
