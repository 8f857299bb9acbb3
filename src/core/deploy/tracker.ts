import type { Clock } from "../ports.js";
import type { RenderClient } from "../render/client.js";
import { RenderError } from "../render/errors.js";
import type { Deploy } from "../render/shapes.js";
import {
  deployOf,
  isOver,
  type DeployOrder,
  type DeploySink,
  type DeployStage,
  type FollowedDeploy,
} from "./followedDeploy.js";
import { runningOf, type DeployBaseline } from "./newDeploys.js";
import { pollPace } from "./pollPace.js";
import { hasEnded, viewOf } from "./status.js";
import { triggerOnce } from "./trigger.js";

/**
 * When watching a deploy is given up, in milliseconds since it was asked for. Render allows a build 120 minutes, a
 * pre-deploy command 30 and the start 15 (Render docs, "Deploys"); as much again may pass behind another deploy.
 */
export const longestWatch = 6 * 60 * 60_000;

/** How long an accepted deploy may stay invisible while nothing else runs, in milliseconds. */
const longestSilence = 5 * 60_000;

type Render = Pick<RenderClient, "listDeploys" | "getDeploy" | "triggerDeploy" | "cancelDeploy">;

export interface TrackerParts {
  readonly render: Render;
  readonly clock: Clock;
  /** How long background reading should wait for the sake of Render's rate limit, in milliseconds, at least `minimum`. */
  readonly pace: (minimum: number) => number;
  readonly sinks: readonly DeploySink[];
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
  readonly #followed = new Map<
    string,
    { now: FollowedDeploy; readonly stop: AbortController; wake: AbortController }
  >();
  readonly #starting = new Map<string, Promise<FollowedDeploy>>();
  #count = 0;

  constructor(parts: TrackerParts) {
    this.#parts = parts;
  }

  /** What is being sent or followed now, oldest first. */
  get running(): FollowedDeploy[] {
    return [...this.#followed.values()].map(({ now }) => now).filter(now => !isOver(now));
  }

  /**
   * Sends the order and follows what comes of it in the background. Resolves once it is known whether a deploy was
   * started; never rejects. An equal order that is still being sent is joined: a double click is one deploy.
   */
  start(order: DeployOrder): Promise<FollowedDeploy> {
    const key = JSON.stringify([order.service.id, order.body]);
    const underWay = this.#starting.get(key);
    if (underWay) return underWay;
    const started = this.#start(order).finally(() => this.#starting.delete(key));
    this.#starting.set(key, started);
    return started;
  }

  /**
   * Follows a deploy that exists already, such as an automatic one, without sending anything. One that is followed
   * already is not followed twice.
   */
  followExisting(order: DeployOrder, deploy: Deploy): void {
    if ([...this.#followed.values()].some(({ now }) => deployOf(now)?.id === deploy.id)) return;
    const { key, stop } = this.#take(order);
    this.#see(key, deploy);
    void this.#follow(key, stop.signal);
  }

  /** Ends watching one deploy; it goes on at Render. */
  stopWatching(key: string): void {
    this.#followed.get(key)?.stop.abort();
    this.#lose(key, { kind: "stopped" });
  }

  /**
   * Asks Render to cancel a deploy. Whatever the answer, the deploy is read again before anything is said, as it may
   * have ended first or the answer may have been lost.
   */
  async cancel(serviceId: string, deployId: string, signal: AbortSignal): Promise<CancelResult> {
    const followed = [...this.#followed.values()].find(({ now }) => deployOf(now)?.id === deployId);
    if (followed) followed.now = { ...followed.now, cancelAsked: true };
    const result = await this.#cancel(serviceId, deployId, signal);
    if (followed && result.kind === "failed") followed.now = { ...followed.now, cancelAsked: false };
    followed?.wake.abort();
    return result;
  }

  /** Ends watching everything. */
  dispose(): void {
    for (const { stop } of this.#followed.values()) stop.abort();
    this.#followed.clear();
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
    const { render, clock } = this.#parts;
    const { key, stop, first } = this.#take(order);
    const lookingUp = (error: RenderError): void => {
      this.#enter(key, { kind: "lookingUp", error });
    };
    const result = await triggerOnce(render, clock, order, lookingUp, stop.signal);
    switch (result.kind) {
      case "started":
        this.#change(key, { answerLost: result.answerLost });
        this.#see(key, result.deploy);
        void this.#follow(key, stop.signal);
        break;
      case "queued": {
        const behind = result.baseline.running;
        this.#change(key, { stage: { kind: "queued" }, ...(behind && { behind }) });
        void this.#awaitDeploy(key, result.baseline, stop.signal);
        break;
      }
      case "notStarted":
      case "unclear":
        this.#enter(key, result);
        break;
    }
    return this.#followed.get(key)?.now ?? first;
  }

  #take(order: DeployOrder): {
    readonly key: string;
    readonly stop: AbortController;
    readonly first: FollowedDeploy;
  } {
    const key = `deploy-${++this.#count}`;
    const stop = new AbortController();
    const first: FollowedDeploy = {
      key,
      order,
      askedAt: this.#parts.clock.now(),
      stage: { kind: "sending" },
      steps: [],
      answerLost: false,
      cancelAsked: false,
    };
    this.#followed.set(key, { now: first, stop, wake: new AbortController() });
    this.#tell(first, undefined);
    return { key, stop, first };
  }

  /** After a 202: looks for our deploy in the list until it appears, then follows it. */
  async #awaitDeploy(key: string, baseline: DeployBaseline, signal: AbortSignal): Promise<void> {
    const { render } = this.#parts;
    let lastSign = this.#parts.clock.now();
    await this.#lookRepeatedly(key, signal, async ({ order, behind: known }) => {
      const deploys = await render.listDeploys(order.service.id, { limit: 20 }, signal);
      const ours = baseline.startedBy(order.body, deploys);
      if (ours) {
        this.#see(key, ours);
        void this.#follow(key, signal);
        return true;
      }
      const behind = runningOf(deploys);
      if (behind) {
        lastSign = this.#parts.clock.now();
        if (behind.id !== known?.id) this.#change(key, { behind });
        return false;
      }
      const later = baseline.since(deploys).at(-1);
      const waited = this.#parts.clock.now() - lastSign;
      if (!later && waited < longestSilence) return false;
      this.#lose(key, later ? { kind: "skipped", later } : { kind: "neverAppeared" });
      return true;
    });
  }

  async #follow(key: string, signal: AbortSignal): Promise<void> {
    const { render } = this.#parts;
    const deploy = this.#deploy(key);
    if (!deploy || (await this.#endIfOver(key, deploy, signal))) return;
    await this.#lookRepeatedly(key, signal, async ({ order }) => {
      const latest = await render.getDeploy(order.service.id, deploy.id, signal);
      this.#see(key, latest);
      return this.#endIfOver(key, latest, signal);
    });
  }

  /** Looks, waits and looks again until `look` says that it is done, the signal is aborted or watching is given up. */
  async #lookRepeatedly(
    key: string,
    signal: AbortSignal,
    look: (followed: FollowedDeploy) => Promise<boolean>,
  ): Promise<void> {
    const { clock } = this.#parts;
    const stopped = (): boolean => signal.aborted;
    let failures = 0;
    for (;;) {
      const followed = this.#followed.get(key);
      if (!followed || isOver(followed.now)) return;
      const elapsed = clock.now() - followed.now.askedAt;
      if (elapsed > longestWatch) {
        this.#lose(key, { kind: "timeLimit" });
        return;
      }
      await this.#wait(followed, pollPace(elapsed, failures), signal);
      if (stopped()) return;
      try {
        if (await look(followed.now)) return;
        failures = 0;
        if (followed.now.trouble !== undefined) this.#change(key, { trouble: undefined });
      } catch (error) {
        if (stopped()) return;
        if (endsWatching(error)) {
          this.#lose(key, { kind: "error", error });
          return;
        }
        failures += 1;
        this.#change(key, { trouble: error });
      }
    }
  }

  /** Waits at the pace the rate limit leaves to all that are followed; `wake` ends the wait early. */
  async #wait(followed: { wake: AbortController }, minimum: number, signal: AbortSignal): Promise<void> {
    followed.wake = new AbortController();
    const wanted = this.#parts.pace(minimum);
    const ms = wanted > minimum ? wanted * Math.max(1, this.running.length) : minimum;
    try {
      await this.#parts.clock.sleep(ms, AbortSignal.any([signal, followed.wake.signal]));
    } catch {
      // Woken, or stopped: the caller looks which.
    }
  }

  async #endIfOver(key: string, deploy: Deploy, signal: AbortSignal): Promise<boolean> {
    const { outcome } = viewOf(deploy.status);
    if (outcome === undefined) return false;
    const followed = this.#followed.get(key)?.now;
    if (!followed) return true;
    const replacedBy =
      outcome === "canceled" && !followed.cancelAsked
        ? await this.#replacementOf(followed, deploy, signal)
        : undefined;
    if (!signal.aborted)
      this.#enter(key, { kind: "ended", deploy, outcome, ...(replacedBy && { replacedBy }) });
    return true;
  }

  /** The deploy that began after a canceled one: where deploys override each other, it is why ours was canceled. */
  async #replacementOf(
    { order }: FollowedDeploy,
    deploy: Deploy,
    signal: AbortSignal,
  ): Promise<Deploy | undefined> {
    try {
      const deploys = await this.#parts.render.listDeploys(order.service.id, { limit: 5 }, signal);
      const later = deploys.filter(({ createdAt }) => (createdAt ?? 0) > (deploy.createdAt ?? Infinity));
      return later.at(-1);
    } catch {
      // The reason is a courtesy; the end itself is known.
      return undefined;
    }
  }

  #deploy(key: string): Deploy | undefined {
    const followed = this.#followed.get(key);
    return followed && deployOf(followed.now);
  }

  /** Takes up a reading of the deploy: its status, and since when it has it. */
  #see(key: string, deploy: Deploy): void {
    const followed = this.#followed.get(key)?.now;
    if (!followed) return;
    const now = this.#parts.clock.now();
    const last = followed.steps.at(-1);
    const steps =
      last?.status === deploy.status
        ? followed.steps
        : [
            ...followed.steps.map(step => (step.until === undefined ? { ...step, until: now } : step)),
            { status: deploy.status, since: now },
          ];
    const known = deployOf(followed);
    if (
      last?.status === deploy.status &&
      known?.updatedAt === deploy.updatedAt &&
      followed.stage.kind === "following"
    )
      return;
    this.#change(key, { steps, stage: { kind: "following", deploy } });
  }

  #lose(key: string, reason: Extract<DeployStage, { kind: "lost" }>["reason"]): void {
    const deploy = this.#deploy(key);
    this.#enter(key, { kind: "lost", reason, ...(deploy && { deploy }) });
  }

  #enter(key: string, stage: DeployStage): void {
    this.#change(key, { stage });
  }

  #change(key: string, change: Partial<FollowedDeploy>): void {
    const followed = this.#followed.get(key);
    if (!followed) return;
    const before = followed.now;
    const now = { ...before, ...change };
    followed.now = now;
    // Nothing of what is over is kept: a window may stay open for weeks.
    if (isOver(now)) this.#followed.delete(key);
    this.#tell(now, before);
  }

  #tell(now: FollowedDeploy, before: FollowedDeploy | undefined): void {
    for (const sink of this.#parts.sinks) sink.deployChanged(now, before);
  }
}

/** Errors that looking again cannot mend: without a person's doing the answer stays the same. */
function endsWatching(error: unknown): boolean {
  if (!(error instanceof RenderError)) return false;
  return ["unauthorized", "forbidden", "notFound", "gone", "noKey", "badRequest"].includes(error.kind);
}
