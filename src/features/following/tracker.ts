import { UnderWay } from "../../underWay.js";
import { sameCommit } from "../../git/commitId.js";
import type { Deploy } from "../../render/shapes.js";
import type { RenderClient } from "../../render/client.js";
import {
  deployOf,
  isOver,
  isOverdue,
  type DeployOrder,
  type DeploySink,
  type FollowedDeploy,
  type LostReason,
} from "./followedDeploy.js";
import { Following } from "./following.js";
import type { FollowingParts } from "./followingParts.js";
import { mayComeFrom } from "./ourDeploys.js";
import { orderKey } from "./orderKey.js";
import { hasEnded } from "../../services/deployStatus.js";

export interface TrackerParts extends Pick<
  FollowingParts,
  "watch" | "clock" | "ledger" | "renderNow" | "why" | "listen"
> {
  readonly render: Pick<
    RenderClient,
    "listDeploys" | "getDeploy" | "triggerDeploy" | "rollBack" | "cancelDeploy"
  >;
  /** A new name that no other deploy has in any window. */
  readonly newKey: () => string;
}

/** How canceling went: see `DeployTracker.cancel`. */
export type CancelResult =
  | { readonly kind: "canceled"; readonly deploy: Deploy }
  /** It had ended before Render could cancel it. */
  | { readonly kind: "tooLate"; readonly deploy: Deploy }
  | { readonly kind: "failed"; readonly error: unknown };

/** Starts deploys and follows each to its end. The only object that polls deploys. */
export class DeployTracker {
  readonly #parts: TrackerParts;
  readonly #sinks: DeploySink[] = [];
  readonly #following = new Map<string, Following>();
  readonly #starting = new UnderWay<FollowedDeploy>();
  /** By service: triggers of one service are sent one after the other, so that each can tell its own deploy. */
  readonly #turns = new Map<string, Promise<void>>();

  constructor(parts: TrackerParts) {
    this.#parts = parts;
  }

  /** Who is told of each change from now on, after those that were named before. */
  tell(sink: DeploySink): void {
    this.#sinks.push(sink);
  }

  /** What is being sent or followed now, oldest first. */
  get running(): FollowedDeploy[] {
    return [...this.#following.values()].map(({ now }) => now);
  }

  /**
   * Sends the order and follows what comes of it in the background. Resolves once it is known whether a deploy was
   * started; never rejects. An equal order that is still being sent is joined: a double click is one deploy.
   */
  start(order: DeployOrder): Promise<FollowedDeploy> {
    const key = orderKey(order);
    const awaited = this.#starting.of(key) ? undefined : this.#awaiting(order);
    return awaited ?? this.#starting.join(key, () => this.#start(order));
  }

  /**
   * Follows a deploy that was started elsewhere, as if it had been asked for here: `order` says what it is, and is
   * sent only if the person asks to try again. One that is followed already is joined.
   */
  followExisting(order: DeployOrder, deploy: Deploy): FollowedDeploy {
    const known = this.#followingOf(deploy.id);
    if (known) return known.now;
    const following = this.#add({
      ...this.#fresh(order),
      stage: { kind: "following", deploy },
      steps: [{ status: deploy.status, since: this.#parts.clock.now() }],
    });
    void following.resume();
    return following.now;
  }

  /** Takes up what an earlier window, or another one that is gone, wrote down. */
  resume(followed: FollowedDeploy): void {
    if (!this.#following.has(followed.key)) void this.#add(followed).resume();
  }

  /** Ends watching one deploy; it goes on at Render. */
  async stopWatching(key: string): Promise<void> {
    await this.#following.get(key)?.leave({ kind: "stopped" });
  }

  /** Nothing is sent any more in place of an automatic deploy that has not come in time. */
  async giveUp(key: string): Promise<void> {
    await this.#following.get(key)?.leave({ kind: "automaticMissing" });
  }

  /** Another window follows it now. */
  handOver(key: string): void {
    void this.#following.get(key)?.leave({ kind: "elsewhere" });
  }

  /** Ends watching everything, for a reason that the person knows. */
  leaveAll(reason: Extract<LostReason, { kind: "signedOut" | "elsewhere" }>): void {
    for (const following of [...this.#following.values()]) void following.leave(reason);
  }

  /**
   * Asks Render to cancel a deploy. Whatever the answer, the deploy is read again before anything is said, as it may
   * have ended first or the answer may have been lost.
   */
  async cancel(serviceId: string, deployId: string, signal: AbortSignal): Promise<CancelResult> {
    const following = this.#followingOf(deployId);
    following?.setCancelAsked(true);
    const result = await this.#cancel(serviceId, deployId, signal);
    if (result.kind === "failed") following?.setCancelAsked(false);
    following?.wake();
    return result;
  }

  /** The window closes: everything ends here. What is written down is taken up by the next one. */
  dispose(): void {
    for (const following of this.#following.values()) following.dispose();
    this.#following.clear();
  }

  async #cancel(serviceId: string, deployId: string, signal: AbortSignal): Promise<CancelResult> {
    let refused: unknown;
    try {
      const deploy = await this.#parts.render.cancelDeploy(serviceId, deployId, signal);
      if (deploy.status === "canceled") return { kind: "canceled", deploy };
    } catch (error) {
      refused = error;
    }
    try {
      const deploy = await this.#parts.render.getDeploy(serviceId, deployId, signal);
      if (deploy.status === "canceled") return { kind: "canceled", deploy };
      if (hasEnded(deploy.status)) return { kind: "tooLate", deploy };
      return refused === undefined ? { kind: "canceled", deploy } : { kind: "failed", error: refused };
    } catch (error) {
      return { kind: "failed", error: refused ?? error };
    }
  }

  async #start(order: DeployOrder): Promise<FollowedDeploy> {
    const following = this.#add(this.#fresh(order));
    await following.start();
    return following.now;
  }

  /** The same automatic deploy is waited for once, and sent in its place once. */
  #awaiting({ service, automatic }: DeployOrder): Promise<FollowedDeploy> | undefined {
    const same = [...this.#following.values()].find(
      ({ now: { order, stage } }) =>
        stage.kind === "awaited" &&
        order.service.id === service.id &&
        automatic !== undefined &&
        sameCommit(order.automatic?.commitId, automatic.commitId),
    );
    if (!same) return undefined;
    const sent = automatic?.isOverdue === true && isOverdue(same.now) ? same.sendOverdue() : undefined;
    return Promise.resolve(sent).then(() => same.now);
  }

  async #inTurn(serviceId: string, send: () => Promise<void>): Promise<void> {
    const before = this.#turns.get(serviceId);
    const turn = (async () => {
      await before;
      await send();
    })();
    this.#turns.set(serviceId, turn);
    await turn;
    if (this.#turns.get(serviceId) === turn) this.#turns.delete(serviceId);
  }

  #fresh(order: DeployOrder): FollowedDeploy {
    return {
      key: this.#parts.newKey(),
      order,
      askedAt: this.#parts.clock.now(),
      stage: { kind: "sending" },
      steps: [],
      answerLost: false,
      cancelAsked: false,
    };
  }

  #add(first: FollowedDeploy): Following {
    const { render, watch, clock, ledger, renderNow, why, listen } = this.#parts;
    const following = new Following(
      {
        render,
        watch,
        clock,
        ledger,
        renderNow,
        why,
        listen,
        inTurn: send => this.#inTurn(first.order.service.id, send),
        isTaken: (deploy, by) => this.#isTaken(deploy, by),
        tell: (now, before) => {
          // Nothing of what is over is kept: a window may stay open for weeks.
          if (isOver(now)) this.#following.delete(now.key);
          for (const sink of this.#sinks) sink.deployChanged(now, before);
        },
      },
      first,
    );
    this.#following.set(first.key, following);
    return following;
  }

  #followingOf(deployId: string): Following | undefined {
    return [...this.#following.values()].find(({ now }) => deployOf(now)?.id === deployId);
  }

  /**
   * Of several triggers that wait, Render goes on with the one sent last (Render docs, "Deploys": overlapping
   * deploys), so an earlier one has no claim on a deploy that may be the later one's.
   */
  #isTaken(deploy: Deploy, by: FollowedDeploy): boolean {
    const running = this.running;
    const place = running.findIndex(({ key }) => key === by.key);
    return running.some((other, index) => {
      if (other.key === by.key || other.order.service.id !== by.order.service.id) return false;
      if (deployOf(other)?.id === deploy.id) return true;
      return index > place && other.stage.kind === "queued" && mayComeFrom(other.order, deploy);
    });
  }
}
