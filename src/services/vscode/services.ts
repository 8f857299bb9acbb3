import * as vscode from "vscode";
import { detailsOf } from "../../render/errorTexts.js";
import type { Clock, Logger } from "../../ports.js";
import type { RenderClient } from "../../render/client.js";
import { isGone, RenderError } from "../../render/errors.js";
import type { Deploy, Service } from "../../render/shapes.js";
import { DeployHistory, type ServiceDeploys } from "../deployHistory.js";
import { ServiceDirectory, type Listing } from "../directory.js";
import { placeOf, type Place } from "../place.js";
import { environmentNotReadLine, notLoadedLine, serviceNotReadLine } from "../serviceTexts.js";
import { inTime } from "../../window/clock.js";
import { Owned } from "../../window/owned.js";
import type { StoredState } from "../../window/state.js";

/** How long a service may take to be read anew before what is known of it is used, in milliseconds. */
const longestReading = 8_000;

/** How old the list of services may grow while it is looked at, in milliseconds. */
const longestAge = 5 * 60_000;

export interface ServicesParts {
  readonly render: RenderClient;
  /** Reads in the background, at the pace that Render's rate limits leave. */
  readonly watch: RenderClient;
  readonly state: Pick<StoredState, "showPreviews">;
  readonly clock: Clock;
  readonly log: Logger;
}

/** The account's services and their deploys, for everything in the window that shows or uses them. */
export class Services implements vscode.Disposable {
  readonly #render: RenderClient;
  readonly #log: Logger;
  readonly #clock: Pick<Clock, "now">;
  readonly #state: Pick<StoredState, "showPreviews">;
  readonly #own = new Owned();
  readonly #changed = this.#own.add(new vscode.EventEmitter<void>());
  readonly #deploysChanged = this.#own.add(new vscode.EventEmitter<string>());
  readonly #directory: ServiceDirectory;
  readonly #history: DeployHistory;
  readonly #written = new WeakSet<Error>();

  /** The account changed: other services, or another state of loading them. */
  readonly onDidChange = this.#changed.event;
  /** The deploys of the service with this id changed. */
  readonly onDidChangeDeploys = this.#deploysChanged.event;

  constructor({ render, watch, state, clock, log }: ServicesParts) {
    this.#render = render;
    this.#state = state;
    this.#clock = clock;
    this.#log = log;
    this.#directory = new ServiceDirectory(render, watch, clock, () => {
      this.#listingChanged();
    });
    this.#history = new DeployHistory(render, watch, id => {
      this.#writeOnce(this.#history.of(id)?.error, id);
      this.#deploysChanged.fire(id);
    });
  }

  get listing(): Listing {
    return this.#directory.listing;
  }

  /** Loads the account unless it is here already. Never rejects: see `account.state`. */
  load(): Promise<void> {
    return this.#directory.load(this.#state.showPreviews.get() ?? false);
  }

  /** Loads the account anew, and the deploys that were read before when they are looked at next. */
  reload(): Promise<void> {
    this.#history.clear();
    return this.#directory.reload(this.#state.showPreviews.get() ?? false);
  }

  /**
   * Brings what is looked at up to date while nobody waits: the deploys of these services, and now and then the list of
   * all. Never rejects.
   */
  async refresh(serviceIds: readonly string[]): Promise<void> {
    const { state, readAt } = this.listing;
    if (state !== "ready" && state !== "failed") return;
    const isOld = readAt !== undefined && this.#clock.now() - readAt > longestAge;
    if (isOld || state === "failed") await this.#directory.refresh(this.#state.showPreviews.get() ?? false);
    if (this.listing.state === "ready") for (const id of serviceIds) await this.#history.refresh(id);
  }

  /** Forgets everything, as another key may see another account. */
  clear(): void {
    this.#history.clear();
    this.#directory.clear("idle");
  }

  place(service: Service): Place {
    return placeOf(service, this.listing);
  }

  /**
   * The service as it is at Render now, and its environment with it, which may be protected by now; as they are known
   * here when they cannot be read in time.
   */
  async readAnew(service: Service): Promise<Service> {
    const [fresh] = await Promise.all([
      this.#readService(service),
      this.#readEnvironment(service.environmentId),
    ]);
    if (fresh.environmentId !== service.environmentId) await this.#readEnvironment(fresh.environmentId);
    return fresh;
  }

  async #readEnvironment(id: string | undefined): Promise<void> {
    if (id === undefined) return;
    try {
      const signal = AbortSignal.timeout(longestReading);
      this.#directory.replaceEnvironment(await this.#render.getEnvironment(id, signal));
    } catch (error) {
      this.#log.warn(environmentNotReadLine(id, detailsOf(error)));
    }
  }

  async #readService(service: Service): Promise<Service> {
    try {
      const fresh = await this.#render.getService(service.id, AbortSignal.timeout(longestReading));
      this.#directory.replace(fresh);
      return fresh;
    } catch (error) {
      if (isGone(error)) throw error;
      this.#log.warn(serviceNotReadLine(service.name, detailsOf(error)));
      return service;
    }
  }

  /** The service with this id as it is at Render now; undefined when Render does not know it. */
  async find(serviceId: string): Promise<Service | undefined> {
    try {
      return await this.#render.getService(serviceId, AbortSignal.timeout(longestReading));
    } catch (error) {
      const known = this.listing.services.find(({ id }) => id === serviceId);
      if (!(error instanceof RenderError)) throw error;
      if (isGone(error)) return undefined;
      if (known) return known;
      throw error;
    }
  }

  /** What is known of a service's deploys, without asking. */
  deploysOf(serviceId: string): ServiceDeploys | undefined {
    return this.#history.of(serviceId);
  }

  /** Reads a service's last deploys. Never rejects: see `ServiceDeploys.error`. */
  loadDeploys(serviceId: string): Promise<void> {
    return this.#history.load(serviceId);
  }

  /** The service's last deploys as they are now; undefined when Render does not tell in time. */
  async readDeploys(serviceId: string): Promise<readonly Deploy[] | undefined> {
    await inTime(this.loadDeploys(serviceId), longestReading);
    const read = this.deploysOf(serviceId);
    return read?.complete === true && read.error === undefined && !read.loading ? read.deploys : undefined;
  }

  /** Takes up what was seen of a deploy elsewhere. */
  noteDeploy(serviceId: string, deploy: Deploy): void {
    this.#history.note(serviceId, deploy);
  }

  /** Reads a service's deploys that were read before anew, as more than one of them may have changed. Never rejects. */
  rereadDeploys(serviceId: string): Promise<void> {
    return this.#history.reload(serviceId);
  }

  dispose(): void {
    this.#directory.dispose();
    this.#history.dispose();
    this.#own.dispose();
  }

  #listingChanged(): void {
    const { state, error } = this.listing;
    if (state === "failed") this.#writeOnce(error);
    this.#changed.fire();
  }

  /** What is shown of an error may point to the output, so it has a line there; not one for each change that follows. */
  #writeOnce(error: unknown, serviceId?: string): void {
    if (!(error instanceof Error) || this.#written.has(error)) return;
    this.#written.add(error);
    this.#log.warn(notLoadedLine(serviceId, detailsOf(error)));
  }
}
