/** Several deploys that a person confirmed with one question. */
import { isOver, type DeployOrder, type DeploySink, type FollowedDeploy } from "./followedDeploy.js";

/**
 * `stopAtFailure` and `goOn`: each is started when the one before it is over. `together`: all are started at once.
 * `stopAtFailure` starts nothing after one that did not go live.
 */
export type BatchMode = "stopAtFailure" | "goOn" | "together";

/** One service of a batch. */
export interface BatchMember {
  readonly order: DeployOrder;
  /** Absent until it is started. */
  readonly followed?: FollowedDeploy;
  /** Render begins it by itself, as it was pushed, and its deploy has not appeared yet, or not in time. */
  readonly automatic?: "awaited" | "missing";
}

/** A batch at one moment; the members in the order in which they were confirmed. */
export interface BatchState {
  readonly members: readonly BatchMember[];
  /** The person said that no more of it is to be started. */
  readonly isCanceled: boolean;
}

export interface BatchParts {
  /** Marks the orders: see `DeployOrder.batch`. */
  readonly id: string;
  /** At most one for each service. */
  readonly orders: readonly DeployOrder[];
  readonly mode: BatchMode;
  /** The ids of the services that auto-deploy deploys, as their commit was pushed: nothing is sent for them. */
  readonly automatic: Pick<ReadonlySet<string>, "has">;
  /** Sends an order and has it followed, as `DeployTracker.start` does. It must not reject. */
  readonly start: (order: DeployOrder) => Promise<FollowedDeploy>;
  /** Finds the deploy that Render makes and has it followed; undefined where none comes, or once aborted. It must not reject. */
  readonly findAutomatic: (order: DeployOrder, signal: AbortSignal) => Promise<FollowedDeploy | undefined>;
  /** Told after each change. It must not throw. */
  readonly changed: () => void;
}

/** Starts several deploys in order or together. Told of every change of any deploy, it finds its own among them. */
export class DeployBatch implements DeploySink {
  readonly #parts: BatchParts;
  /** The latest of every deploy that changed since the batch began: one may be over before its start is known. */
  readonly #told = new Map<string, FollowedDeploy>();
  /** By the order's place: the key of its deploy. */
  readonly #keys = new Map<number, string>();
  readonly #waiting = new Map<string, () => void>();
  readonly #orders: readonly DeployOrder[];
  /** Where Render's automatic deploy did not come. */
  readonly #missing = new Set<number>();
  /** Aborted when nobody watches any more. */
  readonly #left = new AbortController();
  #isCanceled = false;

  constructor(parts: BatchParts) {
    this.#parts = parts;
    const { id: batch, orders, mode, automatic } = parts;
    this.#orders = orders.map((order, place): DeployOrder => {
      const later = mode === "together" ? [] : orders.slice(place + 1).map(({ service }) => service);
      const next = later.filter(({ id }) => !automatic.has(id));
      return {
        ...order,
        batch,
        ...(next.length > 0 && { next: next.map(({ id, name }) => ({ id, name })) }),
      };
    });
  }

  get state(): BatchState {
    const members = this.#orders.map((order, place): BatchMember => {
      const followed = this.#told.get(this.#keys.get(place) ?? "");
      if (followed) return { order, followed };
      if (!this.#isAutomatic(order)) return { order };
      return { order, automatic: this.#missing.has(place) ? "missing" : "awaited" };
    });
    return { members, isCanceled: this.#isCanceled };
  }

  /**
   * Resolves when all that was started is over and nothing more will be. Each order is started at most once; what Render
   * begins by itself keeps to no order, but what comes after it waits for its end.
   */
  async run(): Promise<BatchState> {
    const { mode } = this.#parts;
    const automatic = new Map(
      this.#orders
        .filter(order => this.#isAutomatic(order))
        .map(order => [order, this.#awaitAutomatic(order, this.#orders.indexOf(order))]),
    );
    const deploy = (order: DeployOrder, place: number): Promise<FollowedDeploy | undefined> =>
      automatic.get(order) ?? this.#deploy(order, place);
    if (mode === "together") await Promise.all(this.#orders.map(deploy));
    else
      for (const [place, order] of this.#orders.entries()) {
        if (this.#isCanceled) break;
        const end = await deploy(order, place);
        if (mode === "stopAtFailure" && !(end && wentLive(end))) break;
      }
    await Promise.all(automatic.values());
    return this.state;
  }

  /** Starts no more; what runs goes on and is told as before. */
  cancel(): void {
    this.#isCanceled = true;
    this.#parts.changed();
  }

  /** Starts no more and looks for nothing more. */
  leave(): void {
    this.#left.abort();
    this.cancel();
  }

  deployChanged(now: FollowedDeploy): void {
    this.#told.set(now.key, now);
    const place = this.#orders.findIndex(
      ({ batch, service }) => batch === now.order.batch && service.id === now.order.service.id,
    );
    if (place >= 0) this.#keys.set(place, now.key);
    if (![...this.#keys.values()].includes(now.key)) return;
    if (isOver(now)) this.#waiting.get(now.key)?.();
    this.#parts.changed();
  }

  #isAutomatic({ service }: DeployOrder): boolean {
    return this.#parts.automatic.has(service.id);
  }

  async #deploy(order: DeployOrder, place: number): Promise<FollowedDeploy> {
    return this.#endOf(await this.#parts.start(order), place);
  }

  async #awaitAutomatic(order: DeployOrder, place: number): Promise<FollowedDeploy | undefined> {
    const found = await this.#parts.findAutomatic(order, this.#left.signal);
    if (found) return this.#endOf(found, place);
    if (!this.#left.signal.aborted) this.#missing.add(place);
    this.#parts.changed();
    return undefined;
  }

  async #endOf(started: FollowedDeploy, place: number): Promise<FollowedDeploy> {
    const { key } = started;
    // An equal order that somebody sent at the same moment is joined: then it is that deploy that counts.
    this.#keys.set(place, key);
    if (!this.#told.has(key)) this.#told.set(key, started);
    this.#parts.changed();
    const latest = (): FollowedDeploy => this.#told.get(key) ?? started;
    if (!isOver(latest()))
      await new Promise<void>(resolve => {
        this.#waiting.set(key, resolve);
      });
    this.#waiting.delete(key);
    const { stage } = latest();
    const why = stage.kind === "lost" ? stage.reason.kind : undefined;
    // Without a key every further one would be refused.
    if (why === "signedOut") this.leave();
    // The window that took it over has told what is not started.
    if (why === "elsewhere") this.#isCanceled = true;
    return latest();
  }
}

/** Whether it was live, even if a later deploy has replaced it since. */
export function wentLive({ stage }: FollowedDeploy): boolean {
  return stage.kind === "ended" && (stage.outcome === "live" || stage.outcome === "replaced");
}

/** Whether nothing has been sent for it, and Render does not begin it by itself. */
export function isWaiting({ followed, automatic }: BatchMember): boolean {
  return !followed && !automatic;
}

/**
 * The members that can be deployed again without the risk of doing it twice: those that surely did not go live and do
 * not go on at Render.
 */
export function retriable({ members }: BatchState): BatchMember[] {
  return members.filter(
    ({ followed }) =>
      !followed ||
      followed.stage.kind === "notStarted" ||
      (followed.stage.kind === "ended" && !wentLive(followed)),
  );
}
