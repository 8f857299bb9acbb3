import * as vscode from "vscode";
import { RenderError } from "../render/errors.js";
import { showError } from "../dialogs/notices.js";

/** Every command of the extension; package.json contributes the same ones, by test. */
export type CommandId =
  | "render.triggerDeploy"
  | "render.triggerDeployWithOptions"
  | "render.deployServices"
  | "render.deployEnvironment"
  | "render.showShipPreview"
  | "render.cancelDeploy"
  | "render.rollBackDeploy"
  | "render.suspendService"
  | "render.resumeService"
  | "render.restartService"
  | "render.linkService"
  | "render.unlinkService"
  | "render.setApiKey"
  | "render.setApiKeyForSession"
  | "render.removeApiKey"
  | "render.refreshServices"
  | "render.filterServices"
  | "render.clearFilter"
  | "render.showPreviews"
  | "render.hidePreviews"
  | "render.openInDashboard"
  | "render.openSite"
  | "render.copyId"
  | "render.showOutput"
  | "render.showDeploys"
  | "render.openService"
  | "render.deployCommit"
  | "render.validateBlueprint";

export interface Command {
  /** To follow "Could not", should it fail: "load the services". */
  readonly doing: string;
  /**
   * @param argument what the place it was called from passes on, or what another extension or a key binding gave
   * @param others what some places pass besides
   */
  run(argument: unknown, ...others: unknown[]): void | Promise<void>;
}

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
