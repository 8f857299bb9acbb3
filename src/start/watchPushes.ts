import * as vscode from "vscode";
import type { Push } from "../git/push.js";
import type { EditorWindow } from "../window/editorWindow.js";
import { settings } from "../window/settings.js";
import { notLoadedLine } from "./startTexts.js";
import type { Parts } from "./parts.js";

/** Listens to Git where pushes are to be followed; what follows them is loaded with the first push. */
export function watchPushes({ own, output }: EditorWindow, parts: Parts): void {
  let isListening = false;
  const failed = (error: unknown): void => {
    output.warn(notLoadedLine("pushes", String(error)));
  };
  const pushed = async (push: Push): Promise<void> => {
    if (!vscode.workspace.isTrusted || !settings.followPushes(vscode.Uri.parse(push.root))) return;
    await parts.followPushes().then(made => made.pushed(push), failed);
  };
  const listen = async (): Promise<void> => {
    const folders = vscode.workspace.workspaceFolders ?? [];
    const isWanted = folders.some(({ uri }) => uri.scheme === "file" && settings.followPushes(uri));
    if (isListening || !isWanted || !vscode.workspace.isTrusted) return;
    isListening = true;
    try {
      const connection = await parts.gitConnection();
      own.add(connection.pushes.onDidPush(push => void pushed(push)));
      await connection.connect();
    } catch (error) {
      isListening = false;
      failed(error);
    }
  };
  const again = (): void => {
    void listen();
  };
  own.add(vscode.workspace.onDidGrantWorkspaceTrust(again));
  own.add(vscode.workspace.onDidChangeWorkspaceFolders(again));
  own.add(
    settings.onDidChange("followPushes", () => {
      parts.followPushes.made?.then(made => {
        made.stop();
      }, failed);
      again();
    }),
  );
  again();
}
