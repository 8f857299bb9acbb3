import * as vscode from "vscode";
import { typingMismatch, typingTitle, type Typing } from "../text/typingTexts.js";

/** Asks for the name of the service (unless told otherwise), letter by letter. False when the person left. */
export async function confirmByTyping(typing: Typing): Promise<boolean> {
  const isIt = (text: string): boolean => text.trim() === typing.expected;
  const typed = await vscode.window.showInputBox({
    title: typingTitle,
    prompt: typing.prompt,
    placeHolder: typing.expected,
    ignoreFocusOut: true,
    validateInput: text =>
      text === "" || isIt(text) ? undefined : typingMismatch(typing.expected, typing.what),
  });
  return typed !== undefined && isIt(typed);
}
