import * as vscode from "vscode";
import { plainName } from "../text/plainText.js";
import type { User } from "../render/shapes.js";
import { unknownPerson } from "./windowTexts.js";

/** One value that VS Code keeps for the extension, under a typed name. */
class StoredValue<T> {
  constructor(
    private readonly memento: vscode.Memento,
    private readonly name: string,
    private readonly isValid: (value: unknown) => value is T,
  ) {}

  /** Undefined when nothing (or something of another shape) was kept. */
  get(): T | undefined {
    const value = this.memento.get<unknown>(this.name);
    return this.isValid(value) ? value : undefined;
  }

  async set(value: T | undefined): Promise<void> {
    await this.memento.update(this.name, value);
  }
}

/** A service as it is remembered. */
export interface RememberedService {
  readonly id: string;
  readonly name: string;
}

/** A folder, as a URI string, and the service that a person linked it to. */
export interface RememberedLink {
  readonly folder: string;
  readonly service: RememberedService;
}

/** Everything that is remembered between sessions, besides the API key. */
export function storedState(context: vscode.ExtensionContext) {
  const isString = (value: unknown): value is string => typeof value === "string";
  const isBoolean = (value: unknown): value is boolean => typeof value === "boolean";
  return {
    /** The service that this workspace deployed last. */
    lastService: new StoredValue<RememberedService>(
      context.workspaceState,
      "render.lastService",
      hasStrings("id", "name"),
    ),
    /** The services that folders of this workspace are linked to. Kept by VS Code, so nothing in a folder can set one. */
    links: new StoredValue<readonly RememberedLink[]>(context.workspaceState, "render.links", isLinks),
    /** The id of the workspace that a person chose to validate this folder's Blueprint for. */
    blueprintWorkspace: new StoredValue<string>(
      context.workspaceState,
      "render.blueprintWorkspace",
      isString,
    ),
    /** Whether preview instances are listed. */
    showPreviews: new StoredValue<boolean>(context.globalState, "render.showPreviews", isBoolean),
    /** Whose key it is, for the output's "asked for by". */
    user: new StoredValue<User>(context.globalState, "render.user", hasStrings("email", "name")),
  };
}

function isLinks(value: unknown): value is readonly RememberedLink[] {
  const isLink = (link: unknown): boolean =>
    hasStrings("folder")(link) && hasStrings("id", "name")(Reflect.get(link, "service"));
  return Array.isArray(value) && value.every(isLink);
}

export type StoredState = ReturnType<typeof storedState>;

/** Whose key it is, as the output says it. */
export function personOf(state: Pick<StoredState, "user">): string {
  const user = state.user.get();
  return user ? plainName(user.name || user.email) : unknownPerson;
}

function hasStrings<K extends string>(...keys: K[]) {
  return (value: unknown): value is Record<K, string> =>
    typeof value === "object" &&
    value !== null &&
    keys.every(key => typeof Reflect.get(value, key) === "string");
}

/** The context keys that `when` clauses in package.json read. */
export interface ContextKeys {
  "render.servicesState": "signedOut" | "loading" | "empty" | "noMatch" | "failed" | "ready";
  /** Which of the welcome texts for failures fits. */
  "render.failure":
    "none" | "apiKey" | "refused" | "keyring" | "network" | "between" | "rateLimit" | "setting" | "other";
  "render.filtered": boolean;
  "render.showPreviews": boolean;
}

/** Sets a context key; the one place that does. */
export function setContextKey<K extends keyof ContextKeys>(key: K, value: ContextKeys[K]): void {
  void vscode.commands.executeCommand("setContext", key, value);
}
