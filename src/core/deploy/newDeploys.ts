import type { TriggerBody } from "../render/client.js";
import type { Deploy } from "../render/shapes.js";
import { hasEnded } from "./status.js";

/** The deploys that a service had before a trigger was sent: what is not among them and newer came after. */
export class DeployBaseline {
  readonly #ids: ReadonlySet<string>;
  readonly #newest: number;
  /** The deploy that was running, if one was. */
  readonly running: Deploy | undefined;

  constructor(deploys: readonly Deploy[]) {
    this.#ids = new Set(deploys.map(({ id }) => id));
    this.#newest = Math.max(...deploys.map(({ createdAt }) => createdAt ?? 0), 0);
    this.running = runningOf(deploys);
  }

  /** The deploys of a later reading that came after, oldest first. Render's own times are compared, so no clock differs. */
  since(deploys: readonly Deploy[]): Deploy[] {
    return deploys
      .filter(({ id, createdAt }) => !this.#ids.has(id) && (createdAt ?? Infinity) >= this.#newest)
      .sort((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0));
  }

  /**
   * The deploy that a trigger with this body started: a new one, started through the API, of the commit or image that
   * was asked for. Several people may trigger the same at the same moment; then the oldest is taken, as they are alike.
   */
  startedBy(body: TriggerBody, deploys: readonly Deploy[]): Deploy | undefined {
    return this.since(deploys).find(deploy => mayComeFrom(body, deploy));
  }
}

function mayComeFrom(body: TriggerBody, deploy: Deploy): boolean {
  if (deploy.trigger !== undefined && deploy.trigger !== "api") return false;
  if (body.commitId !== undefined) return deploy.commit === undefined || deploy.commit.id === body.commitId;
  if (body.imageUrl !== undefined)
    return deploy.image?.ref === undefined || deploy.image.ref === body.imageUrl;
  return true;
}

/** The deploy that runs now; of several (one running, others queued) the oldest. */
export function runningOf(deploys: readonly Deploy[]): Deploy | undefined {
  const open = deploys.filter(({ status }) => !hasEnded(status));
  return open.find(({ status }) => status !== "queued") ?? open.at(-1);
}
