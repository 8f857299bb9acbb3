import * as vscode from "vscode";
import { answeredBy, type Command, type CommandId } from "../commands.js";
import type { EditorWindow } from "../window/editorWindow.js";
import { notLoadedText } from "./startTexts.js";
import type { Parts } from "./parts.js";

/** Registers every command. The part that answers one is loaded with its first call. */
export function registerCommands(window: EditorWindow, parts: Parts): void {
  for (const id of Object.keys(answeredBy) as CommandId[])
    window.own.add(vscode.commands.registerCommand(id, (...args: unknown[]) => run(window, parts, id, args)));
}

async function run(window: EditorWindow, parts: Parts, id: CommandId, args: unknown[]): Promise<void> {
  let command: Command | undefined;
  try {
    command = await commandOf(window, parts, id);
    await command(args[0], ...args.slice(1));
  } catch (error) {
    const retry = (): void => void run(window, parts, id, args);
    if (!window.leaving.signal.aborted) await tell(window, parts, error, command && id, retry);
  }
}

async function commandOf(window: EditorWindow, parts: Parts, id: CommandId): Promise<Command> {
  const part = answeredBy[id];
  if (part === "start")
    return () => {
      window.output.show();
    };
  const { commands } = await parts[part]();
  return (commands as Record<CommandId, Command>)[id];
}

/** What a command threw becomes a sentence with a button that helps. @param id undefined where it could not be loaded */
async function tell(
  window: EditorWindow,
  parts: Parts,
  error: unknown,
  id: CommandId | undefined,
  retry: () => void,
): Promise<void> {
  try {
    const { commandFailed } = await parts.dialogs();
    if (id !== undefined) {
      commandFailed(error, id, retry);
      return;
    }
  } catch {
    // Not even that could be read from disk.
  }
  window.output.error(String(error));
  await vscode.window.showErrorMessage(notLoadedText);
}
