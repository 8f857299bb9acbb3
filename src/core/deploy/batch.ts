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
  /** Sends an order and has it followed, as `DeployTracker.start` does. It must not reject. */
  readonly start: (order: DeployOrder) => Promise<FollowedDeploy>;
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
  #isCanceled = false;

  constructor(parts: BatchParts) {
    this.#parts = parts;
    const { id: batch, orders, mode } = parts;
    this.#orders = orders.map((order, place): DeployOrder => {
      const next = mode === "together" ? [] : orders.slice(place + 1).map(({ service }) => service);
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
      return { order, ...(followed && { followed }) };
    });
    return { members, isCanceled: this.#isCanceled };
  }

  /** Resolves when all that was started is over and nothing more will be. Each order is started at most once. */
  async run(): Promise<BatchState> {
    const { mode } = this.#parts;
    if (mode === "together")
      await Promise.all(this.#orders.map((order, place) => this.#deploy(order, place)));
    else
      for (const [place, order] of this.#orders.entries()) {
        if (this.#isCanceled) break;
        const end = await this.#deploy(order, place);
        if (mode === "stopAtFailure" && !wentLive(end)) break;
      }
    return this.state;
  }

  /** Starts no more; what runs goes on and is told as before. */
  cancel(): void {
    this.#isCanceled = true;
    this.#parts.changed();
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

  /** Resolves with the end of the deploy. */
  async #deploy(order: DeployOrder, place: number): Promise<FollowedDeploy> {
    const started = await this.#parts.start(order);
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
    // Without a key every further one would be refused.
    const { stage } = latest();
    if (stage.kind === "lost" && stage.reason.kind === "signedOut") this.#isCanceled = true;
    return latest();
  }
}

/** Whether it was live, even if a later deploy has replaced it since. */
export function wentLive({ stage }: FollowedDeploy): boolean {
  return stage.kind === "ended" && (stage.outcome === "live" || stage.outcome === "replaced");
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
