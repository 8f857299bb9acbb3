import type { EditorWindow } from "../../window/editorWindow.js";
import type { GitConnection } from "./connection.js";
import { Git } from "./git.js";

export type GitPart = ReturnType<typeof create>;

/** The repositories of the window, through VS Code's Git extension. */
export function create({ own }: EditorWindow, connection: GitConnection) {
  return { git: own.add(new Git(connection)) };
}
