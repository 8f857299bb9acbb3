import * as vscode from "vscode";

/**
 * What VS Code hands to an extension that starts, as far as this one uses it. Only so can it be started many times in
 * one window; all it then does with `vscode` is real.
 */
export function ownContext(
  extension: vscode.Extension<unknown>,
  storage: vscode.Uri,
  secrets: Readonly<Record<string, string>>,
): Pick<
  vscode.ExtensionContext,
  "subscriptions" | "secrets" | "globalState" | "workspaceState" | "extension" | "globalStorageUri"
> {
  return {
    subscriptions: [],
    secrets: new OwnSecrets(secrets),
    globalState: new OwnMemento(),
    workspaceState: new OwnMemento(),
    extension,
    globalStorageUri: storage,
  };
}

class OwnSecrets implements vscode.SecretStorage {
  readonly #values: Map<string, string>;
  readonly #changed = new vscode.EventEmitter<vscode.SecretStorageChangeEvent>();
  readonly onDidChange = this.#changed.event;

  constructor(values: Readonly<Record<string, string>>) {
    this.#values = new Map(Object.entries(values));
  }

  keys(): Thenable<string[]> {
    return Promise.resolve([...this.#values.keys()]);
  }
  get(key: string): Thenable<string | undefined> {
    return Promise.resolve(this.#values.get(key));
  }
  store(key: string, value: string): Thenable<void> {
    this.#values.set(key, value);
    this.#changed.fire({ key });
    return Promise.resolve();
  }
  delete(key: string): Thenable<void> {
    this.#values.delete(key);
    this.#changed.fire({ key });
    return Promise.resolve();
  }
}

class OwnMemento implements vscode.Memento {
  readonly #values = new Map<string, unknown>();

  keys(): readonly string[] {
    return [...this.#values.keys()];
  }
  get<T>(key: string, fallback?: T): T {
    return (this.#values.has(key) ? this.#values.get(key) : fallback) as T;
  }
  update(key: string, value: unknown): Thenable<void> {
    this.#values.set(key, value);
    return Promise.resolve();
  }
  setKeysForSync(): void {
    // Nothing is synchronised here.
  }
}
