import {
  isOver,
  type DeployOrder,
  type FollowedDeploy,
} from "../../../src/features/following/followedDeploy.js";
import { emptyData, newService, noLimits, Simulator } from "../../simulator/simulator.js";
import { anOrder } from "../../support/builders.js";
import { MemoryNotes } from "../../support/memoryNotes";
import { VirtualTime } from "./virtualTime.js";
import { commits, serviceNames, type Step, type WalkPlan } from "./walkPlan.js";
import { WalkWindow } from "./walkWindow.js";

const minute = 60_000;
const repo = "https://github.com/harbor-labs/harbor";

/** What is known of one confirmed trigger when the walk is over. */
export interface Confirmed {
  readonly key: string;
  /** How often Render accepted it. */
  readonly accepted: number;
  readonly refused: number;
  /** The ends that a person was told, in any window. */
  readonly told: readonly FollowedDeploy[];
}

export interface WalkResult {
  readonly confirmed: readonly Confirmed[];
  /** The ends that a person was told of deploys that took the place of theirs, in any window. */
  readonly successors: readonly FollowedDeploy[];
  /** Triggers that reached Render without any confirmed order. */
  readonly stray: number;
  /** Timers, sleeps and calls that were left when everything was closed. */
  readonly left: number;
  /** Everything that was written to the output. */
  readonly log: readonly string[];
  readonly key: string;
}

/** Walks through the plan, then lets everything come to its end. */
export async function walk(plan: WalkPlan): Promise<WalkResult> {
  const world = new World(plan);
  for (const each of plan.steps) await world.take(each);
  return world.end();
}

class World {
  readonly #plan: WalkPlan;
  readonly #time = new VirtualTime();
  readonly #simulator: Simulator;
  readonly #notes = new MemoryNotes();
  readonly #awaited = new MemoryNotes();
  readonly #successors: FollowedDeploy[] = [];
  readonly #confirmed = new Map<string, { accepted: number; refused: number; told: FollowedDeploy[] }>();
  readonly #gone: WalkWindow[] = [];
  readonly #windows: WalkWindow[];
  #opened = 0;
  #stray = 0;

  constructor(plan: WalkPlan) {
    this.#plan = plan;
    const data = emptyData();
    const ownerId = data.workspaces[0]?.owner.id ?? "";
    const services = serviceNames.map(name => newService({ name, ownerId, repo }));
    const tip = { id: this.#commit(0), message: "The newest commit", createdAt: "2026-06-12T07:00:00Z" };
    this.#simulator = Simulator.withoutServer({
      data: { ...data, services, branches: { [`${repo}#main`]: tip } },
      clock: this.#time,
      overlap: plan.overlap,
      quirks: plan.quirks,
      limits: { ...noLimits, deploys: 10 },
    });
    this.#windows = [this.#open(), this.#open()];
  }

  async take(step: Step): Promise<void> {
    switch (step.kind) {
      case "deploy":
        this.#deploy(step);
        break;
      case "cancel":
      case "stopWatching": {
        const { tracker } = this.#window(step.window);
        const followed = tracker.running[step.which % Math.max(1, tracker.running.length)];
        if (followed && step.kind === "stopWatching") void tracker.stopWatching(followed.key);
        if (followed && step.kind === "cancel" && followed.stage.kind === "following")
          void tracker.cancel(
            followed.order.service.id,
            followed.stage.deploy.id,
            new AbortController().signal,
          );
        break;
      }
      case "reload":
        await this.#window(step.window).close();
        await this.#replace(step.window);
        break;
      case "kill":
        this.#window(step.window).kill();
        await this.#replace(step.window);
        break;
      case "hide":
        this.#window(step.window).isSeen = false;
        break;
      case "show":
        this.#window(step.window).isSeen = true;
        await this.#window(step.window).claim();
        break;
      case "break":
        this.#window(step.window).line.break(step.fault, step.method);
        break;
      case "offline":
      case "online":
        this.#window(step.window).line.isDown = step.kind === "offline";
        break;
      case "colleague":
        this.#simulator.knowCommit({ id: this.#commit(step.commit), message: "A colleague's work" });
        this.#simulator.deployElsewhere(this.#serviceId(step.service), step.trigger);
        break;
      case "nextFails":
        this.#simulator.nextDeploy(this.#serviceId(step.service), { fails: step.phase });
        break;
      case "wait":
        await this.#time.pass(step.seconds * 1_000);
        break;
    }
    await this.#time.pass(0);
  }

  /** Faults end, every window can be seen; whatever is still open comes to its end; everything is closed. */
  async end(): Promise<WalkResult> {
    for (const each of this.#windows) {
      each.line.mend();
      each.isSeen = true;
    }
    const isQuiet = (): boolean => this.#windows.every(({ tracker }) => tracker.running.length === 0);
    for (let round = 0; round < 3; round += 1) {
      // Longer than a window may be silent before it counts as gone.
      await this.#time.pass(30_000);
      for (const each of this.#windows) await each.claim();
      await this.#time.pass(8 * 60 * minute, isQuiet);
    }
    for (const each of [...this.#gone, ...this.#windows]) await each.close();
    await this.#time.pass(2 * minute);
    const open = [...this.#gone, ...this.#windows].reduce((sum, { line }) => sum + line.open, 0);
    const pending = this.#time.pending;
    await this.#simulator.close();
    return {
      confirmed: [...this.#confirmed].map(([key, counts]) => ({ key, ...counts })),
      successors: this.#successors,
      stray: this.#stray,
      left: open + pending + this.#windows.reduce((sum, { tracker }) => sum + tracker.running.length, 0),
      log: [...this.#gone, ...this.#windows].flatMap(({ log }) => log.lines),
      key: this.#simulator.key,
    };
  }

  /** What a double click is: the same order twice in the same moment. */
  #deploy({
    window: index,
    service: serviceIndex,
    commit: commitIndex,
    clearCache,
    twice,
  }: Extract<Step, { kind: "deploy" }>): void {
    const commitId = this.#commit(commitIndex);
    const order: DeployOrder = anOrder({
      service: {
        id: this.#serviceId(serviceIndex),
        name: serviceNames[serviceIndex] ?? "",
        type: "web_service",
        dashboardUrl: "https://dashboard.render.com/web/srv-1",
      },
      body: { commitId, ...(clearCache && { clearCache: "clear" as const }) },
      what: commitId.slice(0, 7),
    });
    const { tracker } = this.#window(index);
    for (let click = 0; click < (twice ? 2 : 1); click += 1) void tracker.start(order);
    for (const each of tracker.running) if (isConfirmed(each)) this.#count(each.key);
  }

  #open(): WalkWindow {
    return new WalkWindow({
      name: `window-${++this.#opened}`,
      simulator: this.#simulator,
      time: this.#time,
      notes: this.#notes,
      awaited: this.#awaited,
      random: () => this.#plan.luck,
      triggered: (key, accepted) => {
        if (key === undefined) this.#stray += 1;
        else this.#count(key)[accepted ? "accepted" : "refused"] += 1;
      },
      ended: end => {
        if (isOver(end)) (isConfirmed(end) ? this.#count(end.key).told : this.#successors).push(end);
      },
    });
  }

  async #replace(index: number): Promise<void> {
    const old = this.#windows[index];
    if (old) this.#gone.push(old);
    const fresh = this.#open();
    this.#windows[index] = fresh;
    await fresh.claim();
  }

  #count(key: string): { accepted: number; refused: number; told: FollowedDeploy[] } {
    const known = this.#confirmed.get(key) ?? { accepted: 0, refused: 0, told: [] };
    this.#confirmed.set(key, known);
    return known;
  }

  #window(index: number): WalkWindow {
    const found = this.#windows[index];
    if (!found) throw new Error(`there is no window ${index}`);
    return found;
  }

  #serviceId(index: number): string {
    return this.#simulator.services[index]?.service.id ?? "";
  }

  #commit(index: number): string {
    return commits[index] ?? "";
  }
}

/** Whether a person asked for it here; what took its place is followed without. */
function isConfirmed({ order }: FollowedDeploy): boolean {
  return order.askedBy === anOrder().askedBy;
}
