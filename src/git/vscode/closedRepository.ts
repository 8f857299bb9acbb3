import * as vscode from "vscode";
import { whyClosed, type ClosedRepository } from "../onDisk/closedRepository.js";
import { findRepositories, type FoundRepository } from "../onDisk/findRepositories.js";
import type { GitApi } from "./gitApi.js";
import { inTime } from "../../window/clock.js";
import { settings } from "../../window/settings.js";

/** How long one folder may be looked at, in milliseconds: it may lie on another machine. */
const longestLook = 2_000;

/**
 * The first repository of an open folder that VS Code has not opened. The Git extension tells nobody of those, so they are
 * looked for on disk.
 */
export async function closedRepository(
  folders: readonly vscode.WorkspaceFolder[],
  api: GitApi,
): Promise<ClosedRepository | undefined> {
  const isOpen = (uri: vscode.Uri): boolean => api.getRepository(uri) !== null;
  const unknown = folders.filter(({ uri }) => uri.scheme === "file" && !isOpen(uri));
  for (const { uri, name } of unknown) {
    const all = await inTime(findRepositories(uri.fsPath), longestLook);
    const found = all?.find(({ root }) => !isOpen(vscode.Uri.file(root)));
    if (!found) continue;
    const openInParents = settings.openRepositoryInParentFolders(uri);
    const why = whyClosed({ isAbove: found.isAbove, openInParents, isSafe: await isSafe(found, api) });
    return { why, root: found.root, folder: name };
  }
  return undefined;
}

/** Whether Git takes it for a repository. Where it cannot be asked, a folder of another user is not safe to it. */
async function isSafe({ root, owner }: FoundRepository, api: GitApi): Promise<boolean> {
  if (!api.getRepositoryRoot) return owner === undefined || owner === process.getuid?.();
  return api.getRepositoryRoot(vscode.Uri.file(root)).then(
    found => found !== null,
    () => true,
  );
}
