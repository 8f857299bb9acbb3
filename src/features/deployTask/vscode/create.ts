import type { AccountPart } from "../../../account/vscode/create.js";
import type { Command, CommandsOf } from "../../../commands.js";
import type { Matching } from "../../../matching/vscode/create.js";
import type { ServicesPart } from "../../../services/vscode/create.js";
import { systemClock as clock } from "../../../window/clock.js";
import type { EditorWindow } from "../../../window/editorWindow.js";
import type { Deploying } from "../../deploy/vscode/create.js";
import type { DeployLogPart } from "../../deployLog/vscode/create.js";
import type { Following } from "../../following/vscode/create.js";
import { DeployListeners } from "../deployListeners.js";
import { DeployTasks } from "./deployTasks.js";
import { WatchDeploy } from "./watchDeploy.js";

/** Deploys as tasks of VS Code, and the terminals that they are watched in. */
export function create(
  { leaving }: EditorWindow,
  { signIn, isSignedIn }: AccountPart,
  { services }: ServicesPart,
  { matches }: Matching,
  { tracker, cancel }: Following,
  { trigger }: Deploying,
  { readAlong, whenRead }: DeployLogPart,
) {
  const listeners = new DeployListeners(tracker);
  tracker.tell(listeners);
  const terminal = { tracker, listeners, cancel, readAlong, whenRead, clock, leaving: leaving.signal };
  const watch = new WatchDeploy({ tracker, services, terminal });
  const commands: Record<CommandsOf<"deployTask">, Command> = {
    "render.watchDeploy": argument => watch.run(argument),
  };
  return {
    tasks: new DeployTasks({ services, matches, trigger, isSignedIn, signIn, terminal }),
    commands,
  };
}
