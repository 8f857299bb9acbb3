import { setTimeout as sleep } from "node:timers/promises";
import * as vscode from "vscode";
import type { OfferedRemedy, OwnRemedy, PreflightRemedy, Question } from "../question.js";
import { remedyTitles } from "../../../dialogs/remedyTexts.js";
import { moreButton, ownRemedyTitles, resumeButton } from "../questionTexts.js";

/** A key is down for less, in milliseconds. */
const keyPressMs = 300;

/** Asks before a deploy. "deploy", the remedy chosen instead, or undefined when the person left. */
export async function confirmDeploy(question: Question): Promise<"deploy" | PreflightRemedy | undefined> {
  const { instead } = question;
  const remedies = instead ? [instead, ...question.buttons] : question.buttons;
  const buttons = [question.deploy, ...question.buttons.map(titleOf)];
  if (instead) buttons.unshift(titleOf(instead));
  if (question.more.length > 0) buttons.push(moreButton);
  const options = { modal: true, detail: question.details.join("\n") };
  const { showWarningMessage, showInformationMessage } = vscode.window;
  const ask = question.isGrave ? showWarningMessage : showInformationMessage;
  for (;;) {
    const pressed = await ask(question.text, options, ...buttons);
    if (pressed === question.deploy) return "deploy";
    if (pressed !== moreButton) return remedies.find(kind => titleOf(kind) === pressed);
    const picked = await pickRemedy(question.text, question.more);
    if (picked) return picked;
    // The list is left when Escape goes down, and a question that is there when it comes up again is left by that too.
    await sleep(keyPressMs);
  }
}

/** Keeps the way back to the question open while something else is looked at. Whether the person takes it. */
export async function offerDeploy(text: string): Promise<boolean> {
  return (await vscode.window.showInformationMessage(text, resumeButton)) === resumeButton;
}

async function pickRemedy(
  title: string,
  offers: readonly OfferedRemedy[],
): Promise<PreflightRemedy | undefined> {
  const items = offers.map(({ remedy, why }) => ({ label: titleOf(remedy), detail: why, remedy }));
  const picked = await vscode.window.showQuickPick(items, { title, ignoreFocusOut: true });
  return picked?.remedy;
}

function titleOf(kind: PreflightRemedy): string {
  return isOwn(kind) ? ownRemedyTitles[kind] : remedyTitles[kind];
}

/** Whether it is none of the remedies that notifications offer too. */
export function isOwn(kind: PreflightRemedy): kind is OwnRemedy {
  return Object.hasOwn(ownRemedyTitles, kind);
}
