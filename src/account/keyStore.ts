import type { Logger } from "../ports.js";
import { KeyStoreError } from "../render/errors.js";

/** Where the key is kept between sessions; VS Code's SecretStorage fits. Each call may fail. */
export interface SecretPort {
  get(name: string): PromiseLike<string | undefined>;
  store(name: string, value: string): PromiseLike<void>;
  delete(name: string): PromiseLike<void>;
}

export interface KeyStoreParts {
  readonly secrets: SecretPort;
  /** The origin of the API. May throw, where the address of the API cannot be used. */
  readonly origin: () => string;
  /** Told when the key of this session was set or forgotten; the storage tells of its own changes. */
  readonly changed: () => void;
  readonly log: Pick<Logger, "warn">;
}

/**
 * The API key: in the secret storage, or for this session only in memory, where a person chose that because the storage
 * failed. Its name holds the origin of the API, so a key made for one host is never sent to another, whatever
 * `render.apiUrl` says later. All methods reject with what `origin` throws, or with a `KeyStoreError`.
 */
export class KeyStore {
  readonly #parts: KeyStoreParts;
  readonly #session = new Map<string, string>();

  constructor(parts: KeyStoreParts) {
    this.#parts = parts;
  }

  /** The key in force for the API's present origin. */
  async read(): Promise<string | undefined> {
    const name = this.#name();
    return this.#session.get(name) ?? this.#do("read", secrets => secrets.get(name));
  }

  /** Whether there is a key, for what nobody waits for. Rejects with what `origin` throws. */
  async state(): Promise<"present" | "absent" | "unreadable"> {
    try {
      return (await this.read()) === undefined ? "absent" : "present";
    } catch (error) {
      if (!(error instanceof KeyStoreError)) throw error;
      this.#parts.log.warn(error.message);
      return "unreadable";
    }
  }

  /** Keeps it in the secret storage, in place of one of this session. */
  async store(key: string): Promise<void> {
    const name = this.#name();
    await this.#do("store", secrets => secrets.store(name, key));
    this.#forget(name);
  }

  /** Keeps it in memory, until the window closes. */
  keepForSession(key: string): void {
    this.#session.set(this.#name(), key);
    this.#parts.changed();
  }

  /** Forgets the one of this session at any rate, and then the one in the secret storage. */
  async remove(): Promise<void> {
    const name = this.#name();
    this.#forget(name);
    await this.#do("remove", secrets => secrets.delete(name));
  }

  /** Whether what the secret storage holds under this name is a key. */
  static isKeyName(name: string): boolean {
    return name.startsWith(prefix);
  }

  #name(): string {
    return prefix + this.#parts.origin();
  }

  #forget(name: string): void {
    if (this.#session.delete(name)) this.#parts.changed();
  }

  async #do<T>(action: KeyStoreError["action"], work: (secrets: SecretPort) => PromiseLike<T>): Promise<T> {
    try {
      return await work(this.#parts.secrets);
    } catch (error) {
      throw new KeyStoreError(action, error);
    }
  }
}

const prefix = "render.apiKey:";
