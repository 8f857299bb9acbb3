import type { EditorWindow } from "../../window/editorWindow.js";
import { GitConnection } from "./connection.js";

/** VS Code's Git extension, as far as listening to it goes. */
export function create({ own }: EditorWindow): GitConnection {
  return own.add(new GitConnection());
}
