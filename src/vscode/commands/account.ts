import * as vscode from "vscode";
import { explain } from "../../core/messages.js";
import { plainText } from "../../core/plainText.js";
import { RenderError } from "../../core/render/errors.js";
import type { User } from "../../core/render/shapes.js";
import type { ApiKey } from "../apiKey.js";
import { apiKeyPage, openLink } from "../links.js";
import type { StoredState } from "../state.js";

export interface AccountParts {
  readonly apiKey: ApiKey;
  readonly state: Pick<StoredState, "user">;
  /** Asks Render whose key it is, without keeping it. */
  readonly whoIs: (key: string, signal: AbortSignal) => Promise<User>;
}

const openPage: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon("link-external"),
  tooltip: "Create an API Key in the Render Dashboard",
};

/** The commands that set and remove the API key. */
export class AccountCommands {
  readonly #parts: AccountParts;

  constructor(parts: AccountParts) {
    this.#parts = parts;
  }

  /**
   * Asks for a key and keeps it once Render has accepted it. A refused key keeps the input open with what to do.
   * Resolves to whether a key was kept.
   *
   * @throws SettingError when `render.apiUrl` cannot be used
   */
  async setApiKey(): Promise<boolean> {
    await this.#parts.apiKey.read();
    const input = vscode.window.createInputBox();
    input.title = "Render: Set API Key";
    input.prompt =
      "Paste an API key. It is kept in VS Code's secret storage. The button above opens the page where you create one.";
    input.placeholder = "rnd_…";
    input.password = true;
    input.ignoreFocusOut = true;
    input.buttons = [openPage];
    const closed = new AbortController();
    try {
      return await new Promise<boolean>(resolve => {
        input.onDidTriggerButton(() => void openLink(apiKeyPage));
        input.onDidChangeValue(() => (input.validationMessage = undefined));
        input.onDidHide(() => {
          resolve(false);
        });
        input.onDidAccept(async () => {
          if (input.busy) return;
          if (await this.#accept(input, closed.signal)) resolve(true);
        });
        input.show();
      });
    } finally {
      closed.abort();
      input.dispose();
    }
  }

  /** Removes the key after asking. @throws SettingError when `render.apiUrl` cannot be used */
  async removeApiKey(): Promise<void> {
    const { apiKey, state } = this.#parts;
    if ((await apiKey.read()) === undefined) {
      void vscode.window.showInformationMessage("There is no Render API key here to remove.");
      return;
    }
    const remove = "Remove";
    const pressed = await vscode.window.showWarningMessage(
      "Remove the Render API key from VS Code?",
      {
        modal: true,
        detail:
          "Deploys that run go on at Render, but are no longer followed here. The key itself stays valid until you revoke it in the Dashboard.",
      },
      remove,
    );
    if (pressed !== remove) return;
    await apiKey.remove();
    await state.user.set(undefined);
    void vscode.window.showInformationMessage("The Render API key was removed from VS Code.");
  }

  async #accept(input: vscode.InputBox, signal: AbortSignal): Promise<boolean> {
    const key = input.value.trim();
    if (key === "") {
      input.validationMessage = problem("Paste the API key first, or press Escape to leave.");
      return false;
    }
    input.busy = true;
    input.enabled = false;
    try {
      const user = await this.#parts.whoIs(key, signal);
      await this.#parts.apiKey.store(key);
      await this.#parts.state.user.set(user);
      void vscode.window.showInformationMessage(
        `Signed in to Render as ${plainText(user.name || user.email, 60)}.`,
      );
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      input.validationMessage = problem(keyProblem(error));
      return false;
    } finally {
      input.busy = false;
      input.enabled = true;
    }
  }
}

function keyProblem(error: unknown): string {
  if (error instanceof RenderError && error.kind === "unauthorized")
    return "Render did not accept this key. Copy it again, or create a new one with the button above. Nothing was kept.";
  return `${explain(error, "check the key").text} Nothing was kept.`;
}

function problem(message: string): vscode.InputBoxValidationMessage {
  return { message, severity: vscode.InputBoxValidationSeverity.Error };
}
