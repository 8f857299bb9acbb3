import * as vscode from "vscode";
import { KeyStore } from "../keyStore.js";
import type { Logger } from "../../ports.js";
import { settings } from "../../window/settings.js";
import { Owned } from "../../window/owned.js";

/** The API key, in VS Code's SecretStorage; see `KeyStore`. */
export class ApiKey extends KeyStore implements vscode.Disposable {
  readonly #own: Owned;

  /** The key in force was set, replaced or removed, in this window or another, or the address of the API changed. */
  readonly onDidChange: vscode.Event<void>;

  constructor(secrets: vscode.SecretStorage, log: Pick<Logger, "warn">) {
    const own = new Owned();
    const changed = own.add(new vscode.EventEmitter<void>());
    const tell = (): void => {
      changed.fire();
    };
    super({ secrets, origin: () => settings.apiUrl().origin, changed: tell, log });
    this.#own = own;
    this.onDidChange = changed.event;
    own.add(
      secrets.onDidChange(({ key }) => {
        if (KeyStore.isKeyName(key)) tell();
      }),
    );
    own.add(settings.onDidChange("apiUrl", tell));
  }

  dispose(): void {
    this.#own.dispose();
  }
}
