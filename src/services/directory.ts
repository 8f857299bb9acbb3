import type { LeftOut, RenderClient } from "../render/client.js";
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
  /** When everything here was last read, in milliseconds since the epoch; absent before the first time. */
  readonly readAt?: number;
  /** How many entries could not be used, and so are missing; absent for none. */
  readonly unread?: Unread;
  readonly owners: readonly Owner[];
  readonly services: readonly Service[];
  readonly projects: readonly Project[];
  readonly environments: readonly Environment[];
}

/** Counts of entries, by the list that they belong to. */
export type Unread = Readonly<Partial<Record<"services" | "owners" | "projects" | "environments", number>>>;

const nothing = { owners: [], services: [], projects: [], environments: [] };

type Reader = Pick<RenderClient, "owners" | "services" | "projects" | "environments" | "getService">;

/**
 * The account's services with their workspaces, projects and environments, loaded page by page on demand and kept in
 * memory. It asks for nothing by itself.
 */
export class ServiceDirectory {
  readonly #render: Reader;
  readonly #watch: Reader;
  readonly #now: () => number;
  readonly #changed: () => void;
  #account: Account = { state: "idle", ...nothing };
  #loading: { readonly done: Promise<void>; readonly stop: AbortController } | undefined;

  /**
   * @param render reads for somebody who waits
   * @param watch reads in the background, at the pace that Render's rate limits leave
   * @param now milliseconds since the epoch
   * @param changed called after each change of `account`; it must not throw
   */
  constructor(render: Reader, watch: Reader, now: () => number, changed: () => void) {
    this.#render = render;
    this.#watch = watch;
    this.#now = now;
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
    return this.#begin(stop => this.#read(includePreviews, stop.signal));
  }

  /**
   * Reads everything again while nobody waits: what is shown changes only once all of it is here. When that fails, the
   * state is `failed` and what was known stays. Joins a load that is under way. Never rejects: see `account.state`.
   */
  refresh(includePreviews: boolean): Promise<void> {
    return this.#loading?.done ?? this.#begin(stop => this.#readQuietly(includePreviews, stop.signal));
  }

  #begin(read: (stop: AbortController) => Promise<void>): Promise<void> {
    const stop = new AbortController();
    const done = read(stop).finally(() => {
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

  /** Puts a newer reading of one environment in its place. */
  replaceEnvironment(environment: Environment): void {
    const others = this.#account.environments.filter(({ id }) => id !== environment.id);
    this.#set({ ...this.#account, environments: [...others, environment] });
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
    const unread = new Counts();
    show({ state: "loading" });
    try {
      const places = this.#places(this.#render, signal, unread, show);
      // A failure of either ends both; the other's rejection must not go unhandled meanwhile.
      places.catch(() => undefined);
      for await (const page of this.#render.services({ includePreviews }, signal, unread.of("services"))) {
        for (const service of page) services.set(service.id, service);
        if (services.size >= before.services.length) show({ services: [...services.values()] });
      }
      await places;
      show({ state: "ready", services: [...services.values()], unread: unread.now, readAt: this.#now() });
    } catch (error) {
      this.#failed(error, signal);
    }
  }

  async #readQuietly(includePreviews: boolean, signal: AbortSignal): Promise<void> {
    const services = new Map<string, Service>();
    let places: Partial<Account> = {};
    const unread = new Counts();
    try {
      await this.#places(this.#watch, signal, unread, more => (places = { ...places, ...more }));
      for await (const page of this.#watch.services({ includePreviews }, signal, unread.of("services")))
        for (const service of page) services.set(service.id, service);
      const read = {
        ...places,
        services: [...services.values()],
        unread: unread.now,
        readAt: this.#now(),
      };
      if (!signal.aborted) this.#set({ ...this.#account, ...read, state: "ready" });
    } catch (error) {
      this.#failed(error, signal);
    }
  }

  #failed(error: unknown, signal: AbortSignal): void {
    if (signal.aborted) return;
    if (error instanceof RenderError && error.kind === "noKey") this.clear("signedOut");
    else this.#set({ ...this.#account, state: "failed", error });
  }

  async #places(
    render: Reader,
    signal: AbortSignal,
    unread: Counts,
    show: (account: Partial<Account>) => void,
  ): Promise<void> {
    const owners: Owner[] = [];
    for await (const page of render.owners(signal, unread.of("owners"))) owners.push(...page);
    show({ owners });
    const projects: Project[] = [];
    for await (const page of render.projects(signal, unread.of("projects"))) projects.push(...page);
    const environments: Environment[] = [];
    const ids = projects.map(project => project.id);
    for await (const page of render.environments(ids, signal, unread.of("environments")))
      environments.push(...page);
    show({ projects, environments });
  }

  #set(account: Account): void {
    // `error` belongs to `failed` alone.
    const { error, unread = {}, ...rest } = account;
    this.#account = {
      ...rest,
      ...(account.state === "failed" && { error }),
      ...(Object.keys(unread).length > 0 && { unread }),
    };
    this.#changed();
  }
}

/** Counts what is left out while lists are read. */
class Counts {
  now: Unread = {};

  of(list: keyof Unread): LeftOut {
    return odd => {
      this.now = { ...this.now, [list]: (this.now[list] ?? 0) + odd.length };
    };
  }
}
