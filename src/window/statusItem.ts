import * as vscode from "vscode";
import { commandTitle, statusItemName } from "./windowTexts.js";
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

  show({ text, tooltip, spoken, background, named }: StatusView): void {
    this.#clicked.named = named;
    this.#item.text = text;
    this.#item.tooltip = tooltip;
    this.#item.backgroundColor = background === undefined ? undefined : new vscode.ThemeColor(background);
    this.#item.accessibilityInformation = { label: spoken, role: "button" };
    this.#item.show();
  }

  dispose(): void {
    this.#item.dispose();
  }
}
