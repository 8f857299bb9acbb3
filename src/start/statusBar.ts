import * as vscode from "vscode";
import { linkAt } from "../matching/link.js";
import { rememberedTarget } from "../matching/target.js";
import { targetView } from "../features/statusBar/idleButtonTexts.js";
import type { EditorWindow } from "../window/editorWindow.js";
import { here } from "../window/here.js";
import { Owned } from "../window/owned.js";
import type { Parts } from "./parts.js";

/** Shows the button, from memory until something that a person did has loaded what knows more. */
export function showStatusBar({ own, state, statusItem, matchingIsKnown }: EditorWindow, parts: Parts): void {
  const show = (): void => {
    const link = linkAt(here(), state.links.get() ?? []);
    statusItem.show(targetView(rememberedTarget(link, state.lastService.get())));
  };
  const remembered = own.add(new Owned());
  remembered.add(vscode.window.onDidChangeActiveTextEditor(show));
  remembered.add(vscode.workspace.onDidChangeWorkspaceFolders(show));
  own.add(
    matchingIsKnown.event(() => {
      remembered.dispose();
      // What cannot be loaded leaves the button as it is.
      parts.statusBar().catch(() => undefined);
    }),
  );
  show();
}
