import * as vscode from "vscode";
import type { EditorWindow } from "../window/editorWindow.js";
import type { Parts } from "./parts.js";

/** Offers deploys as tasks; what makes them is loaded when VS Code lists tasks or runs one. */
export function offerDeployTasks({ own }: EditorWindow, { deployTask }: Parts): void {
  own.add(
    vscode.tasks.registerTaskProvider("render", {
      provideTasks: async () => (await deployTask()).tasks.provideTasks(),
      resolveTask: async task => (await deployTask()).tasks.resolveTask(task),
    }),
  );
}
