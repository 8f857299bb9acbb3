import { isDeepStrictEqual } from "node:util";
import type { Clock } from "../ports.js";
import type { LeftOut, RenderClient } from "../render/client.js";
import { RenderError } from "../render/errors.js";
import type { Environment, Owner, Project, Service } from "../render/shapes.js";
import { GrowingList } from "./growingList.js";
import { readServices } from "./serviceLists.js";

/** Everything the tree and the pickers know of the account at one moment. */
export interface Listing {
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
  /** By workspace, in the order of these; those of one workspace in Render's order. What did not change is the same object. */
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
  readonly #clock: Clock;
  readonly #changed: () => void;
  #listing: Listing = { state: "idle", ...nothing };
  #loading: { readonly done: Promise<void>; readonly stop: AbortController } | undefined;

  /**
   * @param render reads for somebody who waits
   * @param watch reads in the background, at the pace that Render's rate limits leave
   * @param changed called after each change of `account`, and of one that grows now and then; it must not throw
   */
  constructor(render: Reader, watch: Reader, clock: Clock, changed: () => void) {
    this.#render = render;
    this.#watch = watch;
    this.#clock = clock;
    this.#changed = changed;
  }

  get listing(): Listing {
    return this.#listing;
  }

  /** Loads what was never loaded; joins a load that is under way. Never rejects: see `account.state`. */
  async load(includePreviews: boolean): Promise<void> {
    if (this.#loading) return this.#loading.done;
    if (this.#listing.state === "ready") return;
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
    const place = this.#listing.services.findIndex(({ id }) => id === service.id);
    if (place < 0 || isDeepStrictEqual(this.#listing.services[place], service)) return;
    this.#set({ ...this.#listing, services: this.#listing.services.with(place, service) });
  }

  /** Puts a newer reading of one environment in its place. */
  replaceEnvironment(environment: Environment): void {
    const others = this.#listing.environments.filter(({ id }) => id !== environment.id);
    this.#set({ ...this.#listing, environments: [...others, environment] });
  }

  /** Ends what is under way. */
  dispose(): void {
    this.#loading?.stop.abort();
  }

  async #read(includePreviews: boolean, signal: AbortSignal): Promise<void> {
    const before = this.#listing;
    const read = new ReadServices(before);
    const show = (listing: Partial<Listing>): void => {
      if (!signal.aborted) this.#set({ ...this.#listing, ...listing });
    };
    const unread = new Counts();
    const list = new GrowingList(this.#clock, signal, () => {
      show({ services: read.inOrder(this.#listing.owners) });
    });
    let owners: readonly Owner[] | undefined;
    show({ state: "loading" });
    try {
      const places = this.#places(this.#render, signal, unread, more => {
        if (more.owners && unread.now.owners === undefined) owners = more.owners;
        show(more);
      });
      // A failure of either ends both; the other's rejection must not go unhandled meanwhile.
      places.catch(() => undefined);
      const cut = await readServices({
        render: this.#render,
        includePreviews,
        signal,
        leftOut: unread.of("services"),
        owners: () => owners,
        arrived: page => {
          read.add(page);
          if (read.size >= before.services.length) list.grewTo(read.size);
        },
      });
      await places;
      for (const { ownerIds } of cut)
        read.keep(before.services.filter(({ ownerId }) => ownerIds.has(ownerId)));
      const services = read.inOrder(this.#listing.owners);
      if (cut[0]) {
        show({ services });
        throw cut[0].error;
      }
      show({ state: "ready", services, unread: unread.now, readAt: this.#clock.now() });
    } catch (error) {
      list.flush();
      this.#failed(error, signal);
    } finally {
      list.end();
    }
  }

  async #readQuietly(includePreviews: boolean, signal: AbortSignal): Promise<void> {
    const read = new ReadServices(this.#listing);
    let places: Partial<Listing> = {};
    const unread = new Counts();
    try {
      await this.#places(this.#watch, signal, unread, more => (places = { ...places, ...more }));
      for await (const page of this.#watch.services({ includePreviews }, signal, unread.of("services")))
        read.add(page);
      const services = read.inOrder(places.owners ?? []);
      const now = { ...places, services, unread: unread.now, readAt: this.#clock.now() };
      if (!signal.aborted) this.#set({ ...this.#listing, ...now, state: "ready" });
    } catch (error) {
      this.#failed(error, signal);
    }
  }

  #failed(error: unknown, signal: AbortSignal): void {
    if (signal.aborted) return;
    if (error instanceof RenderError && error.kind === "noKey") this.clear("signedOut");
    else this.#set({ ...this.#listing, state: "failed", error });
  }

  async #places(
    render: Reader,
    signal: AbortSignal,
    unread: Counts,
    show: (listing: Partial<Listing>) => void,
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

  #set(listing: Listing): void {
    // `error` belongs to `failed` alone.
    const { error, unread = {}, ...rest } = listing;
    this.#listing = {
      ...rest,
      ...(listing.state === "failed" && { error }),
      ...(Object.keys(unread).length > 0 && { unread }),
    };
    this.#changed();
  }
}

/** The services that a load has read. */
class ReadServices {
  /** By id, as a list that changes while its pages are read may bring a service twice. */
  readonly #read = new Map<string, Service>();
  readonly #before: readonly Service[];
  readonly #known: ReadonlyMap<string, Service>;

  constructor({ services }: Listing) {
    this.#before = services;
    this.#known = new Map(services.map(service => [service.id, service]));
  }

  get size(): number {
    return this.#read.size;
  }

  add(page: readonly Service[]): void {
    for (const service of page) {
      const known = this.#known.get(service.id);
      this.#read.set(service.id, isDeepStrictEqual(known, service) ? (known ?? service) : service);
    }
  }

  /** Keeps what an earlier load brought, where it was not read anew. */
  keep(services: readonly Service[]): void {
    for (const service of services) if (!this.#read.has(service.id)) this.#read.set(service.id, service);
  }

  /** The same whichever pages came first; the same list as before where nothing in it changed. */
  inOrder(owners: readonly Owner[]): readonly Service[] {
    const groups = new Map<string, Service[]>(owners.map(({ id }) => [id, []]));
    for (const service of this.#read.values()) {
      const group = groups.get(service.ownerId);
      if (group) group.push(service);
      else groups.set(service.ownerId, [service]);
    }
    const services = [...groups.values()].flat();
    const isSame =
      services.length === this.#before.length &&
      services.every((service, index) => service === this.#before[index]);
    return isSame ? this.#before : services;
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
