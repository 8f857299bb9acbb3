import type { Matching } from "../../../matching/vscode/create.js";
import type { ServicesPart } from "../../../services/vscode/create.js";
import type { EditorWindow } from "../../../window/editorWindow.js";
import { StatusBar } from "./statusBar.js";

/** The button in the status bar, once more is known than what is remembered. */
export function create(
  { own, statusItem: item }: EditorWindow,
  { services }: ServicesPart,
  { matches, glances }: Matching,
) {
  const statusBar = own.add(new StatusBar({ item, target: () => matches.target(), services, glances }));
  own.add(
    matches.onDidChange(() => {
      statusBar.refresh();
    }),
  );
  return statusBar;
}
