import * as vscode from "vscode";
import { settings } from "./settings.js";
import { Owned } from "./owned.js";

/**
 * The API key, in VS Code's SecretStorage and nowhere else. Its name there holds the origin of the API, so a key made
 * for one host is never sent to another, whatever `render.apiUrl` says later.
 */
export class ApiKey implements vscode.Disposable {
  readonly #secrets: vscode.SecretStorage;
  readonly #own = new Owned();
  readonly #changed = this.#own.add(new vscode.EventEmitter<void>());

  /** The key in force was set, replaced or removed, in this window or another, or the address of the API changed. */
  readonly onDidChange = this.#changed.event;

  constructor(secrets: vscode.SecretStorage) {
    this.#secrets = secrets;
    this.#own.add(
      secrets.onDidChange(({ key }) => {
        if (key.startsWith(secretName(""))) this.#changed.fire();
      }),
    );
    this.#own.add(
      settings.onDidChange("apiUrl", () => {
        this.#changed.fire();
      }),
    );
  }

  /** The key for the API's present origin. @throws SettingError when `render.apiUrl` cannot be used */
  async read(): Promise<string | undefined> {
    return this.#secrets.get(secretName(settings.apiUrl().origin));
  }

  /** @throws SettingError when `render.apiUrl` cannot be used */
  async store(key: string): Promise<void> {
    await this.#secrets.store(secretName(settings.apiUrl().origin), key);
  }

  /** @throws SettingError when `render.apiUrl` cannot be used */
  async remove(): Promise<void> {
    await this.#secrets.delete(secretName(settings.apiUrl().origin));
  }

  dispose(): void {
    this.#own.dispose();
  }
}

function secretName(origin: string): string {
  return `render.apiKey:${origin}`;
}
