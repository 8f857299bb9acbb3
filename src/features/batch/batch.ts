/** Several deploys that a person confirmed with one question. */
import {
  isOver,
  isOverdue,
  type DeployOrder,
  type DeploySink,
  type FollowedDeploy,
} from "../following/followedDeploy.js";

/**
 * `stopAtFailure` and `goOn`: each is started when the one before it is over. `together`: all are started at once.
 * `stopAtFailure` starts nothing after one that did not go live.
 */
export type BatchMode = "stopAtFailure" | "goOn" | "together";

/** One service of a batch. */
export interface BatchMember {
  readonly order: DeployOrder;
  /** Absent until it is started, or until it is waited for where Render begins it by itself. */
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
  /** Ends one that waits for its turn, as it is not to be sent any more. */
  readonly giveUp: (key: string) => Promise<void>;
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
  readonly #waiting = new Map<string, (now: FollowedDeploy) => void>();
  readonly #orders: readonly DeployOrder[];
  #isCanceled = false;

  constructor(parts: BatchParts) {
    this.#parts = parts;
    const { id: batch, orders, mode } = parts;
    this.#orders = orders.map((order, place): DeployOrder => {
      const later = mode === "together" ? [] : orders.slice(place + 1);
      const next = later.filter(({ automatic }) => !automatic).map(({ service }) => service);
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

  /**
   * Resolves when all that was started is over and nothing more will be. Each order is sent at most once. What Render begins
   * by itself keeps to no order, but what comes after it waits for its end; what Render does not begin in time is sent in its
   * turn, and given up where the batch ends before that.
   */
  async run(): Promise<BatchState> {
    const { mode } = this.#parts;
    const awaited = new Map(
      this.#orders.flatMap((order, place) =>
        order.automatic ? [[order, this.#deploy(order, place)] as const] : [],
      ),
    );
    const deploy = async (order: DeployOrder, place: number): Promise<FollowedDeploy> => {
      const end = await awaited.get(order);
      if (end && (!isOverdue(end) || this.#isCanceled)) return end;
      return this.#deploy(order, place, { isSent: true });
    };
    if (mode === "together") await Promise.all(this.#orders.map(deploy));
    else
      for (const [place, order] of this.#orders.entries()) {
        if (this.#isCanceled) break;
        const end = await deploy(order, place);
        if (mode === "stopAtFailure" && !wentLive(end)) break;
      }
    await Promise.all(awaited.values());
    const left = this.state.members.flatMap(({ followed }) =>
      followed && isOverdue(followed) ? [followed.key] : [],
    );
    await Promise.all(left.map(key => this.#parts.giveUp(key)));
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
    this.#waiting.get(now.key)?.(now);
    this.#parts.changed();
  }

  /** @param options `isSent`: what Render should have begun by itself is no longer waited for */
  async #deploy(order: DeployOrder, place: number, options = { isSent: false }): Promise<FollowedDeploy> {
    const { isSent } = options;
    const started = await this.#parts.start(
      isSent && order.automatic ? { ...order, automatic: { ...order.automatic, isOverdue: true } } : order,
    );
    return this.#until(isSent ? isOver : each => isOver(each) || isOverdue(each), started, place);
  }

  async #until(
    isReached: (followed: FollowedDeploy) => boolean,
    started: FollowedDeploy,
    place: number,
  ): Promise<FollowedDeploy> {
    const { key } = started;
    // An equal order that somebody sent at the same moment is joined: then it is that deploy that counts.
    this.#keys.set(place, key);
    if (!this.#told.has(key)) this.#told.set(key, started);
    this.#parts.changed();
    const latest = (): FollowedDeploy => this.#told.get(key) ?? started;
    if (!isReached(latest()))
      await new Promise<void>(resolve => {
        this.#waiting.set(key, now => {
          if (isReached(now)) resolve();
        });
      });
    this.#waiting.delete(key);
    const { stage } = latest();
    const why = stage.kind === "lost" ? stage.reason.kind : undefined;
    // Without a key every further one would be refused.
    if (why === "signedOut") this.cancel();
    // The window that took it over has told what is not started.
    if (why === "elsewhere") this.#isCanceled = true;
    return latest();
  }
}

/** Whether it was live, even if a later deploy has replaced it since. */
export function wentLive({ stage }: FollowedDeploy): boolean {
  return stage.kind === "ended" && (stage.outcome === "live" || stage.outcome === "replaced");
}

/** Whether nothing has been sent for it, and Render has not begun it by itself. */
export function isWaiting({ followed }: BatchMember): boolean {
  return !followed || isOverdue(followed) || isMissing(followed);
}

/** Whether Render has not made the automatic deploy that was waited for. */
function isMissing({ stage }: FollowedDeploy): boolean {
  return stage.kind === "lost" && stage.reason.kind === "automaticMissing";
}

/**
 * The members that can be deployed again without the risk of doing it twice: those that surely did not go live and do
 * not go on at Render.
 */
export function retriable({ members }: BatchState): BatchMember[] {
  return members.filter(
    ({ followed }) =>
      !followed ||
      isMissing(followed) ||
      followed.stage.kind === "notStarted" ||
      (followed.stage.kind === "ended" && !wentLive(followed)),
  );
}
