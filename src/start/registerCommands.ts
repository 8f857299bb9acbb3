import type { Command, CommandId } from "../commands.js";
import * as vscode from "vscode";
import { RenderError } from "../render/errors.js";
import { showError } from "../dialogs/notices.js";

/** Registers every command. What a command throws becomes a sentence with a button that helps. */
export function registerCommands(commands: Record<CommandId, Command>): vscode.Disposable {
  const registered = Object.entries(commands).map(([id, command]) =>
    vscode.commands.registerCommand(id, async (...args: unknown[]) => {
      const run = async (): Promise<void> => {
        try {
          await command.run(args[0], ...args.slice(1));
        } catch (error) {
          if (error instanceof RenderError && error.kind === "aborted") return;
          void showError(error, command.doing, { retry: () => void run() });
        }
      };
      await run();
    }),
  );
  return vscode.Disposable.from(...registered);
}
