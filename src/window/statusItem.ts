import * as vscode from "vscode";
import { appendWords } from "./tooltipWords.js";
import { commandTitle, showLogTitle, statusItemName } from "./windowTexts.js";
import type { StatusView } from "../text/statusView.js";

/** The place in the status bar; what it shows is decided elsewhere. */
export class StatusItem implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem("deploy", vscode.StatusBarAlignment.Left, 10);
  /** What a click passes on. Changed in place: a click meets nothing in the moment in which a command is set anew. */
  readonly #clicked: { readonly from: "statusBar"; named: string | undefined } = {
    from: "statusBar",
    named: undefined,
  };

  constructor() {
    this.#item.name = statusItemName;
    this.#item.command = {
      title: commandTitle,
      command: "render.triggerDeploy",
      arguments: [this.#clicked],
    };
  }

  show({ text, tooltip, spoken, background, named, log }: StatusView): void {
    this.#clicked.named = named;
    this.#item.text = text;
    this.#item.tooltip = log ? withLink(tooltip, log) : tooltip;
    this.#item.backgroundColor = background === undefined ? undefined : new vscode.ThemeColor(background);
    this.#item.accessibilityInformation = { label: spoken, role: "button" };
    this.#item.show();
  }

  dispose(): void {
    this.#item.dispose();
  }
}

function withLink(text: string, log: NonNullable<StatusView["log"]>): vscode.MarkdownString {
  const tooltip = appendWords(new vscode.MarkdownString(), text);
  const command = "render.showLog";
  tooltip.isTrusted = { enabledCommands: [command] };
  const query = encodeURIComponent(JSON.stringify([log]));
  return tooltip.appendMarkdown(`\n\n[${showLogTitle}](command:${command}?${query})`);
}
