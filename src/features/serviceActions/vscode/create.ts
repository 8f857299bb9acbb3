import type { AccountPart } from "../../../account/vscode/create.js";
import type { Command, CommandsOf } from "../../../commands.js";
import { show } from "../../../dialogs/notices.js";
import type { ServicesPart } from "../../../services/vscode/create.js";
import { systemClock as clock } from "../../../window/clock.js";
import type { EditorWindow } from "../../../window/editorWindow.js";
import { rowOf } from "../../servicesView/rowArgument.js";
import { rowGone } from "../../servicesView/viewTexts.js";
import type { ServiceAction } from "../serviceSwitch.js";
import { ServiceActions } from "./serviceActions.js";

/** What is done to a service besides deploying it. */
export function create(
  { output: log, leaving }: EditorWindow,
  { render }: AccountPart,
  { services }: ServicesPart,
) {
  const actions = new ServiceActions({ render, services, clock, log, signal: leaving.signal });
  const run = (action: ServiceAction) => async (argument: unknown) => {
    const row = rowOf(argument);
    if (row?.kind === "service") await actions.run(row.service, action);
    else void show("info", rowGone);
  };
  const commands: Record<CommandsOf<"serviceActions">, Command> = {
    "render.suspendService": run("suspend"),
    "render.resumeService": run("resume"),
    "render.restartService": run("restart"),
  };
  return { commands };
}
