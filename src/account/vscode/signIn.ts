import * as vscode from "vscode";
import { KeyStoreError } from "../../render/errors.js";
import {
  createKeyTooltip,
  keyDoing,
  keyProblem,
  keyPrompts,
  keyRemoved,
  keyTitle,
  noKeyToRemove,
  removeQuestion,
  sessionQuestion,
  signedInText,
  type KeyPlace,
} from "../keyTexts.js";
import { readPastedKey } from "../pastedKey.js";
import type { User } from "../../render/shapes.js";
import type { ApiKey } from "./apiKey.js";
import { apiKeyPage, openLink } from "../../dialogs/links.js";
import { explainAndWrite } from "../../dialogs/notices.js";
import { settings } from "../../window/settings.js";
import type { StoredState } from "../../window/state.js";

export interface SignInParts {
  readonly apiKey: ApiKey;
  readonly state: Pick<StoredState, "user">;
  /** Asks Render whose key it is, without keeping it. */
  readonly whoIs: (key: string, signal: AbortSignal) => Promise<User>;
}

const openPage: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon("link-external"),
  tooltip: createKeyTooltip,
};

/** The commands that set and remove the API key. */
export class SignIn {
  readonly #parts: SignInParts;

  constructor(parts: SignInParts) {
    this.#parts = parts;
  }

  /**
   * Asks for a key and keeps it once Render has accepted it. A refused key keeps the input open with what to do. Where
   * the secret storage does not take it, the person is asked whether to go on for this session. Resolves to whether there
   * is a key now.
   *
   * @throws SettingError when `render.apiUrl` cannot be used
   */
  async setApiKey(place: KeyPlace = "storage"): Promise<boolean> {
    settings.apiUrl();
    const input = vscode.window.createInputBox();
    input.title = keyTitle;
    input.prompt = keyPrompts[place];
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
          const taken = await this.#check(input, closed.signal);
          if (!taken) return;
          resolve(this.#keep(taken.key, taken.user, place));
          input.hide();
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
      void vscode.window.showInformationMessage(noKeyToRemove);
      return;
    }
    const { text, detail, button } = removeQuestion;
    const pressed = await vscode.window.showWarningMessage(text, { modal: true, detail }, button);
    if (pressed !== button) return;
    await apiKey.remove();
    await state.user.set(undefined);
    void vscode.window.showInformationMessage(keyRemoved);
  }

  /** The key and whose it is; undefined when it is none, or was not accepted. */
  async #check(
    input: vscode.InputBox,
    signal: AbortSignal,
  ): Promise<{ readonly key: string; readonly user: User } | undefined> {
    const pasted = readPastedKey(input.value);
    if (!pasted.ok) {
      input.validationMessage = problem(pasted.text);
      return undefined;
    }
    input.busy = true;
    input.enabled = false;
    try {
      return { key: pasted.key, user: await this.#parts.whoIs(pasted.key, signal) };
    } catch (error) {
      if (signal.aborted) return undefined;
      input.validationMessage = problem(keyProblem(error, explainAndWrite(error, keyDoing.check).text));
      return undefined;
    } finally {
      input.busy = false;
      input.enabled = true;
    }
  }

  async #keep(key: string, user: User, wanted: KeyPlace): Promise<boolean> {
    const { apiKey, state } = this.#parts;
    const place = wanted === "storage" ? await this.#store(key) : wanted;
    if (place === undefined) return false;
    if (place === "session") apiKey.keepForSession(key);
    await state.user.set(user);
    void vscode.window.showInformationMessage(signedInText(user, place));
    return true;
  }

  /** Where the key is kept now, or is to be as the person chose; undefined when it is to be nowhere. */
  async #store(key: string): Promise<KeyPlace | undefined> {
    try {
      await this.#parts.apiKey.store(key);
      return "storage";
    } catch (error) {
      if (!(error instanceof KeyStoreError)) throw error;
      const { text } = explainAndWrite(error, keyDoing.keep);
      const { detail, button } = sessionQuestion;
      const pressed = await vscode.window.showWarningMessage(text, { modal: true, detail }, button);
      return pressed === button ? "session" : undefined;
    }
  }
}

function problem(message: string): vscode.InputBoxValidationMessage {
  return { message, severity: vscode.InputBoxValidationSeverity.Error };
}
