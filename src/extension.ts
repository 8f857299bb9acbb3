import type * as vscode from "vscode";
import { watchBlueprintFiles } from "./start/blueprintFiles.js";
import { offerDeployTasks } from "./start/deployTasks.js";
import { partsOf } from "./start/parts.js";
import { registerCommands } from "./start/registerCommands.js";
import { resumeDeploys } from "./start/resumeDeploys.js";
import { fillServicesView } from "./start/servicesView.js";
import { showStatusBar } from "./start/statusBar.js";
import { watchPushes } from "./start/watchPushes.js";
import { openWindow } from "./window/editorWindow.js";

/** Ends what was activated; VS Code waits for it. */
let leave: (() => Promise<void>) | undefined;

/**
 * Registers everything, and reads nothing from disk but what that takes: each feature is loaded when it is first used. Asks
 * nothing of the network or of the secret storage, and waits for nothing.
 */
export function activate(context: vscode.ExtensionContext): void {
  const window = openWindow(context);
  const parts = partsOf(window);
  // Before the button is shown: a click must meet its command.
  registerCommands(window, parts);
  showStatusBar(window, parts);
  fillServicesView(window, parts);
  watchBlueprintFiles(window, parts);
  watchPushes(window, parts);
  resumeDeploys(window, parts);
  offerDeployTasks(window, parts);
  context.subscriptions.push(window.own);
  leave = async () => {
    window.leaving.abort();
    // What could not be made has nothing to end.
    const [following, account] = await Promise.all([
      parts.following.made?.catch(() => undefined),
      parts.account.made?.catch(() => undefined),
    ]);
    await following?.end();
    account?.endRequests();
  };
}

/** Ends all that goes on; VS Code disposes of the rest. What is followed can be taken up by another window at once. */
export async function deactivate(): Promise<void> {
  await leave?.();
  leave = undefined;
}
