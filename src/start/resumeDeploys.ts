import * as vscode from "vscode";
import type { EditorWindow } from "../window/editorWindow.js";
import type { RememberedService } from "../window/state.js";
import { notLoadedLine } from "./startTexts.js";
import type { Parts } from "./parts.js";

/**
 * Has deploys taken up whose window is gone. Whether there are any is told by notes in a folder of this machine: it is looked
 * at now, when this window comes to the front and when it changes; nothing else is read or kept running where there are none.
 */
export function resumeDeploys({ own, storage, output, leaving }: EditorWindow, parts: Parts): void {
  const folder = vscode.Uri.joinPath(storage, "followed");
  const failed = (error: unknown): void => {
    output.warn(notLoadedLine("followedDeploys", String(error)));
  };
  const tellUnstarted = (services: readonly RememberedService[]): void => {
    parts.batch().then(made => {
      made.tellUnstarted(services);
    }, failed);
  };
  const look = async (): Promise<void> => {
    const notes = await vscode.workspace.fs.readDirectory(folder).then(
      files => files.length,
      () => 0,
    );
    if (notes === 0 || leaving.signal.aborted) return;
    const following = await parts.following().catch(failed);
    following?.takeUp.look(tellUnstarted);
  };
  const again = (): void => {
    void look();
  };
  own.add(vscode.window.onDidChangeWindowState(again));
  const watcher = own.add(
    vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, "*.json"), false, true, true),
  );
  own.add(watcher.onDidCreate(again));
  again();
}
