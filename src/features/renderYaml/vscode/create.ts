import * as vscode from "vscode";
import type { AccountPart } from "../../../account/vscode/create.js";
import type { Command, CommandsOf } from "../../../commands.js";
import type { GitPart } from "../../../git/vscode/create.js";
import type { Matching } from "../../../matching/vscode/create.js";
import type { ServicesPart } from "../../../services/vscode/create.js";
import { systemClock as clock } from "../../../window/clock.js";
import type { EditorWindow } from "../../../window/editorWindow.js";
import { BlueprintLenses } from "./blueprintLenses.js";
import { BlueprintProblems } from "./blueprintProblems.js";
import { ValidateBlueprint } from "./validateBlueprint.js";

/** What stands above the services of a Blueprint file, and the errors that Render finds in it. */
export function create(
  { own, state, output: log, lensesChanged }: EditorWindow,
  { apiKey, render, signIn }: AccountPart,
  { git }: GitPart,
  { services }: ServicesPart,
  { blueprints, matches }: Matching,
) {
  const problems = own.add(
    new BlueprintProblems({ blueprints, services, git, matches, render, apiKey, state, clock, log }),
  );
  const validate = new ValidateBlueprint({ blueprints, problems, services, state, signIn });
  const commands: Record<CommandsOf<"renderYaml">, Command> = {
    "render.validateBlueprint": argument =>
      validate.run(argument instanceof vscode.Uri ? argument : undefined),
  };
  return {
    lenses: own.add(new BlueprintLenses({ blueprints, services, changed: lensesChanged })),
    saved: (document: vscode.TextDocument): Promise<void> => problems.saved(document),
    commands,
  };
}
