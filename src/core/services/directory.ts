import type { RenderClient } from "../render/client.js";
import { RenderError } from "../render/errors.js";
import type { Environment, Owner, Project, Service } from "../render/shapes.js";

/** Everything the tree and the pickers know of the account at one moment. */
export interface Account {
  readonly state:
    | "signedOut"
    /** Nothing was asked for yet. */
    | "idle"
    /** Pages are arriving; what is here already may be shown. */
    | "loading"
    | "ready"
    /** The last load failed; what an earlier load brought is still here. */
    | "failed";
  /** What went wrong, with state `failed`. */
  readonly error?: unknown;
  readonly owners: readonly Owner[];
  readonly services: readonly Service[];
  readonly projects: readonly Project[];
  readonly environments: readonly Environment[];
}

const nothing = { owners: [], services: [], projects: [], environments: [] };

type Reader = Pick<RenderClient, "owners" | "services" | "projects" | "environments" | "getService">;

/**
 * The account's services with their workspaces, projects and environments, loaded page by page on demand and kept in
 * memory. It asks for nothing by itself.
 */
export class ServiceDirectory {
  readonly #render: Reader;
  readonly #changed: () => void;
  #account: Account = { state: "idle", ...nothing };
  #loading: { readonly done: Promise<void>; readonly stop: AbortController } | undefined;

  /** @param changed called after each change of `account`; it must not throw */
  constructor(render: Reader, changed: () => void) {
    this.#render = render;
    this.#changed = changed;
  }

  get account(): Account {
    return this.#account;
  }

  /** Loads what was never loaded; joins a load that is under way. Never rejects: see `account.state`. */
  async load(includePreviews: boolean): Promise<void> {
    if (this.#loading) return this.#loading.done;
    if (this.#account.state === "ready") return;
    await this.reload(includePreviews);
  }

  /**
   * Loads everything anew; one under way is given up. What is shown stays until the new load has brought more, so that
   * a refresh does not empty the view. Never rejects: see `account.state`.
   */
  reload(includePreviews: boolean): Promise<void> {
    this.#loading?.stop.abort();
    const stop = new AbortController();
    const done = this.#read(includePreviews, stop.signal).finally(() => {
      if (this.#loading?.stop === stop) this.#loading = undefined;
    });
    this.#loading = { done, stop };
    return done;
  }

  /** Forgets everything. `signedOut` says why there is nothing: without a key nothing can be asked for. */
  clear(state: "signedOut" | "idle"): void {
    this.#loading?.stop.abort();
    // A later `load` must not join what was just given up.
    this.#loading = undefined;
    this.#set({ state, ...nothing });
  }

  /** Puts a newer reading of one service in its place. */
  replace(service: Service): void {
    const services = this.#account.services.map(known => (known.id === service.id ? service : known));
    this.#set({ ...this.#account, services });
  }

  /** Ends what is under way. */
  dispose(): void {
    this.#loading?.stop.abort();
  }

  async #read(includePreviews: boolean, signal: AbortSignal): Promise<void> {
    const before = this.#account;
    // By id, as a list that changes while its pages are read may bring a service twice.
    const services = new Map<string, Service>();
    const show = (account: Partial<Account>): void => {
      if (!signal.aborted) this.#set({ ...this.#account, ...account });
    };
    show({ state: "loading" });
    try {
      const places = this.#places(signal, show);
      // A failure of either ends both; the other's rejection must not go unhandled meanwhile.
      places.catch(() => undefined);
      for await (const page of this.#render.services({ includePreviews }, signal)) {
        for (const service of page) services.set(service.id, service);
        if (services.size >= before.services.length) show({ services: [...services.values()] });
      }
      await places;
      show({ state: "ready", services: [...services.values()] });
    } catch (error) {
      if (error instanceof RenderError && error.kind === "noKey") {
        if (!signal.aborted) this.clear("signedOut");
      } else show({ state: "failed", error });
    }
  }

  async #places(signal: AbortSignal, show: (account: Partial<Account>) => void): Promise<void> {
    const owners: Owner[] = [];
    for await (const page of this.#render.owners(signal)) owners.push(...page);
    show({ owners });
    const projects: Project[] = [];
    for await (const page of this.#render.projects(signal)) projects.push(...page);
    const environments: Environment[] = [];
    const ids = projects.map(project => project.id);
    for await (const page of this.#render.environments(ids, signal)) environments.push(...page);
    show({ projects, environments });
  }

  #set(account: Account): void {
    // `error` belongs to `failed` alone.
    const { error, ...rest } = account;
    this.#account = account.state === "failed" ? { ...rest, error } : rest;
    this.#changed();
  }
}
