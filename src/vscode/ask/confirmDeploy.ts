import * as vscode from "vscode";
import type { Remedy } from "../../core/messages.js";
import { remedyTitle } from "../notices.js";

export interface Question {
  /** "Deploy a1b2c3d Cache port lookups (main) to harbor-api?" */
  readonly text: string;
  /** Where it goes and whatever else is worth knowing, a line each. */
  readonly details: readonly string[];
  /** The button that deploys. */
  readonly deploy: string;
  /** Further ways on. */
  readonly remedies: readonly Remedy[];
}

/** Asks before a deploy. "deploy", the remedy chosen instead, or undefined when the person left. */
export async function confirmDeploy(question: Question): Promise<"deploy" | Remedy | undefined> {
  const buttons = [question.deploy, ...question.remedies.map(remedyTitle)];
  const detail = question.details.join("\n");
  const pressed = await vscode.window.showInformationMessage(
    question.text,
    { modal: true, detail },
    ...buttons,
  );
  if (pressed === question.deploy) return "deploy";
  return question.remedies.find(kind => remedyTitle(kind) === pressed);
}
