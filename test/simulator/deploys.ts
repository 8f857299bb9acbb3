import type { SimulatorClock } from "./clock";
import {
  type DeployPlan,
  type DeployWish,
  failingStep,
  sourceOf,
  stepsOf,
  usualFailure,
  wholePlan,
} from "./deployPlan";
import { pick } from "./ids";
import {
  isRunning,
  type Outcome,
  type PhaseKind,
  type ServiceRecord,
  type DeployRecord,
  type Overlap,
  succeeded,
} from "./records";
import type { Settings } from "./settings";
import type { State } from "./state";
import { timestamp } from "./timestamps";

const inProgress: Record<PhaseKind, string> = {
  build: "build_in_progress",
  pre_deploy: "pre_deploy_in_progress",
  update: "update_in_progress",
};

const failed: Record<PhaseKind, string> = {
  build: "build_failed",
  pre_deploy: "pre_deploy_failed",
  update: "update_failed",
};

/** A deploy that was accepted: there at once (201), or waiting its turn (202). */
export interface Accepted {
  deploy: DeployRecord;
  isQueued: boolean;
}

interface Waiting {
  deploy: DeployRecord;
  wish: DeployWish;
}

/** Lets deploys begin, pass through their steps and end, at most one at a time for each service. */
export class Deploys {
  readonly #plans = new Map<string, DeployPlan[]>();
  readonly #planOf = new Map<string, DeployPlan>();
  readonly #timers = new Map<string, () => void>();
  readonly #waiting = new Map<string, Waiting>();

  constructor(
    private readonly state: State,
    private readonly clock: SimulatorClock,
    private readonly settings: Settings,
  ) {}

  /** Says how the service's next deploy goes; several calls are for the next several deploys. */
  plan(serviceId: string, plan: DeployPlan): void {
    this.#plans.set(serviceId, [...(this.#plans.get(serviceId) ?? []), wholePlan(plan)]);
  }

  /** Starts a deploy, or lets it wait; without `overlap`, as the workspace's overlap setting says. */
  trigger(
    record: ServiceRecord,
    asked: DeployWish,
    overlap: Overlap = this.state.overlapOf(record.service.ownerId),
  ): Accepted {
    const wish = { ...sourceOf(record.service, this.state.newestCommit(record)), ...asked };
    const running = record.deploys.find(isRunning);
    const waits = overlap === "wait";
    const isBusy = running !== undefined || this.#waiting.has(record.service.id);
    const deploy = this.#create(record, wish);
    if (running !== undefined && !waits) this.#end(running, "canceled", deploy.id);
    this.#replaceWaiting(record, deploy);
    if ((isBusy && waits) || this.settings.quirks.alwaysQueued) {
      this.#enqueue(record, { deploy, wish });
      return { deploy, isQueued: true };
    }
    record.deploys.unshift(deploy);
    // Render API: recorded a few milliseconds before `createdAt`.
    this.#begin(record, deploy, wish, this.clock.now() - 1 - pick(deploy.id, 9));
    return { deploy, isQueued: false };
  }

  /** Cancels a deploy; one that waits goes next. */
  cancel(record: ServiceRecord, deploy: DeployRecord): void {
    if (this.#waiting.get(record.service.id)?.deploy === deploy) {
      this.#waiting.delete(record.service.id);
      this.#timers.get(deploy.id)?.();
    }
    this.#end(deploy, "canceled");
    this.#startWaiting(record);
  }

  /** Stops all that is under way, without a trace. */
  stop(): void {
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
    this.#waiting.clear();
  }

  #create(record: ServiceRecord, wish: DeployWish): DeployRecord {
    const now = this.clock.now();
    const { id } = record.service;
    const deploy: DeployRecord = {
      id: this.state.nextId("dep"),
      serviceId: id,
      status: "queued",
      trigger: wish.trigger,
      ...(wish.commit !== undefined && { commit: wish.commit }),
      ...(wish.image !== undefined && { image: wish.image }),
      ...(wish.rollbackTo !== undefined && { rollbackTo: wish.rollbackTo }),
      createdAt: now,
      updatedAt: now,
      phases: [],
      clearCache: wish.clearCache === true,
      first: record.deploys.length === 0,
    };
    const plan = this.#plans.get(id)?.shift() ?? {};
    this.#planOf.set(deploy.id, plan);
    if (plan.plays !== undefined) deploy.plays = plan.plays;
    if (plan.unknownStatus !== undefined) deploy.shownStatus = plan.unknownStatus;
    return deploy;
  }

  #enqueue(record: ServiceRecord, waiting: Waiting): void {
    const { speed, quirks } = this.settings;
    this.#waiting.set(record.service.id, waiting);
    const appear = (): void => {
      record.deploys.unshift(waiting.deploy);
      if (record.deploys.some(isRunning)) return;
      // Nothing to wait for: it is seen as queued for a second all the same.
      this.#after(waiting.deploy, 1000 / speed, () => {
        this.#beginWaiting(record, waiting);
      });
    };
    if (quirks.queuedAfterMs === 0) appear();
    else this.#after(waiting.deploy, quirks.queuedAfterMs / speed, appear);
  }

  #replaceWaiting(record: ServiceRecord, by: DeployRecord): void {
    const skipped = this.#waiting.get(record.service.id)?.deploy;
    if (skipped === undefined) return;
    this.#waiting.delete(record.service.id);
    this.#timers.get(skipped.id)?.();
    if (this.settings.quirks.skippedDeploys === "canceled" && record.deploys.includes(skipped)) {
      this.#end(skipped, "canceled", by.id);
    } else {
      record.deploys = record.deploys.filter(deploy => deploy !== skipped);
    }
  }

  #startWaiting(record: ServiceRecord): void {
    const waiting = this.#waiting.get(record.service.id);
    if (waiting === undefined || record.deploys.some(isRunning)) return;
    // Accepted, but not in the list yet: it begins after it appears.
    if (!record.deploys.includes(waiting.deploy)) return;
    // Render API: recorded 0.2 to 0.4 s after the end of the deploy before.
    this.#after(waiting.deploy, (200 + pick(waiting.deploy.id, 201)) / this.settings.speed, () => {
      this.#beginWaiting(record, waiting);
    });
  }

  #beginWaiting(record: ServiceRecord, { deploy, wish }: Waiting): void {
    this.#waiting.delete(record.service.id);
    this.#begin(record, deploy, wish, this.clock.now());
  }

  #begin(record: ServiceRecord, deploy: DeployRecord, wish: DeployWish, startedAt: number): void {
    const { quirks, speed } = this.settings;
    deploy.startedAt = startedAt;
    const plan = this.#planOf.get(deploy.id) ?? {};
    const steps = stepsOf(record, wish, plan, quirks);
    const walk = (): void => {
      this.#step(record, deploy, steps, failingStep(plan, steps), 0);
    };
    if (!quirks.createdFirst) {
      walk();
      return;
    }
    this.#move(deploy, "created");
    this.#after(deploy, 1000 / speed, walk);
  }

  #step(
    record: ServiceRecord,
    deploy: DeployRecord,
    steps: readonly { kind: PhaseKind; ms: number }[],
    fails: PhaseKind | undefined,
    index: number,
  ): void {
    const step = steps[index];
    if (step === undefined) {
      this.#goLive(record, deploy);
      return;
    }
    const { kind } = step;
    const phase = { kind, startedAt: this.clock.now(), plannedMs: step.ms / this.settings.speed };
    deploy.phases.push(phase);
    this.#move(deploy, inProgress[kind]);
    this.#after(deploy, phase.plannedMs, () => {
      const plan = this.#planOf.get(deploy.id) ?? {};
      if (kind === fails) this.#fail(record, deploy, kind, plan);
      else if (kind === plan.canceledIn) this.cancel(record, deploy);
      else if (kind === plan.supersededIn) this.trigger(record, { trigger: "new_commit" }, "override");
      else {
        this.#endPhase(deploy, "succeeded");
        this.#step(record, deploy, steps, fails, index + 1);
      }
    });
  }

  #fail(record: ServiceRecord, deploy: DeployRecord, kind: PhaseKind, plan: DeployPlan): void {
    deploy.failure = plan.failure ?? usualFailure(kind);
    if (plan.fails === "image_pull") deploy.pullFailed = true;
    if (plan.fails === "build_minutes") deploy.minutesUsedUp = true;
    this.#endPhase(deploy, "failed");
    this.#end(deploy, failed[kind]);
    this.#startWaiting(record);
  }

  #goLive(record: ServiceRecord, deploy: DeployRecord): void {
    for (const other of record.deploys.filter(({ status }) => status === "live"))
      this.#move(other, "deactivated");
    this.#end(deploy, "live");
    // Render API: recorded within 10 ms of the end.
    record.service.updatedAt = timestamp(deploy.updatedAt + pick(deploy.id, 8));
    this.#startWaiting(record);
  }

  #end(deploy: DeployRecord, status: string, supersededBy?: string): void {
    if (isRunning(deploy)) this.#endPhase(deploy, "canceled");
    this.#timers.get(deploy.id)?.();
    this.#timers.delete(deploy.id);
    this.#planOf.delete(deploy.id);
    this.#move(deploy, status);
    deploy.finishedAt = this.clock.now();
    // Render API: mostly 0.1 to 2.3 ms later.
    deploy.updatedAt = deploy.finishedAt + 1;
    if (supersededBy !== undefined) deploy.supersededBy = supersededBy;
    if (succeeded(deploy)) delete deploy.shownStatus;
  }

  #endPhase(deploy: DeployRecord, outcome: Outcome): void {
    const phase = deploy.phases.at(-1);
    if (phase === undefined || phase.endedAt !== undefined) return;
    phase.endedAt = this.clock.now();
    phase.outcome = outcome;
  }

  #move(deploy: DeployRecord, status: string): void {
    deploy.status = status;
    deploy.updatedAt = this.clock.now();
  }

  #after(deploy: DeployRecord, ms: number, act: () => void): void {
    this.#timers.set(
      deploy.id,
      this.clock.after(ms, () => {
        this.#timers.delete(deploy.id);
        act();
      }),
    );
  }
}
