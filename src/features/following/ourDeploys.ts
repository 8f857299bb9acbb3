import { sameCommit } from "../../git/commitId.js";
import type { Deploy } from "../../render/shapes.js";
import type { DeployOrder } from "./followedDeploy.js";
import { mayBeImage } from "../whatToDeploy/imageReference.js";
import { hasEnded } from "../../services/deployStatus.js";

/** The deploys that a service had before a trigger was sent: what is not among them and not older came after. */
export interface DeployBaseline {
  readonly ids: readonly string[];
  /** The `createdAt` of the newest, in milliseconds since the epoch; 0 when there was none. */
  readonly newest: number;
  /** The deploy that was running, if one was. */
  readonly running?: Deploy;
}

/** When a trigger can have reached Render, by Render's clock, in milliseconds since the epoch. */
export interface SendWindow {
  readonly from: number;
  readonly until: number;
}

export function baselineOf(deploys: readonly Deploy[]): DeployBaseline {
  const running = runningOf(deploys);
  return {
    ids: deploys.map(({ id }) => id),
    newest: Math.max(...deploys.map(({ createdAt }) => createdAt ?? 0), 0),
    ...(running && { running }),
  };
}

/** The deploys of a later reading that came after, oldest first. Render's own times are compared, so no clock differs. */
export function deploysSince(baseline: DeployBaseline, deploys: readonly Deploy[]): Deploy[] {
  const known = new Set(baseline.ids);
  return deploys
    .filter(({ id, createdAt }) => !known.has(id) && (createdAt ?? Infinity) >= baseline.newest)
    .sort((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0));
}

/**
 * The deploys that an order may have started, oldest first: new ones, started in the same way, of the commit or image
 * that was asked for, and within the window where one is given.
 */
export function startedBy(
  order: Pick<DeployOrder, "body" | "rollbackTo">,
  baseline: DeployBaseline,
  deploys: readonly Deploy[],
  window?: SendWindow,
): Deploy[] {
  return deploysSince(baseline, deploys).filter(
    deploy => mayComeFrom(order, deploy) && isWithin(window, deploy),
  );
}

/** Whether the deploy looks like what the order asked for. Fields that Render left out do not speak against it. */
export function mayComeFrom(order: Pick<DeployOrder, "body" | "rollbackTo">, deploy: Deploy): boolean {
  const { body, rollbackTo } = order;
  if (deploy.trigger !== undefined && deploy.trigger !== (rollbackTo ? "rollback" : "api")) return false;
  const commitId = rollbackTo ? rollbackTo.commit?.id : body.commitId;
  if (commitId !== undefined) return deploy.commit === undefined || sameCommit(deploy.commit.id, commitId);
  // A rollback pulls the tag again, which may stand for another digest by now (Render docs, "Rollbacks").
  const image = rollbackTo ? rollbackTo.image?.ref : body.imageUrl;
  return image === undefined || deploy.image === undefined || mayBeImage(image, deploy.image);
}

function isWithin(window: SendWindow | undefined, { createdAt }: Deploy): boolean {
  if (window === undefined || createdAt === undefined) return true;
  return createdAt >= window.from && createdAt <= window.until;
}

/**
 * The deploy that runs now, as a service runs at most one (Render docs, "Deploys": overlapping deploys); where all wait,
 * the oldest.
 *
 * @param deploys newest first
 */
export function runningOf(deploys: readonly Deploy[]): Deploy | undefined {
  const open = deploys.filter(({ status }) => !hasEnded(status));
  const begun = open.filter(({ status }) => status !== "queued");
  return begun.find(({ status }) => status !== "created") ?? begun[0] ?? open.at(-1);
}

/** How many deploys wait for the one that runs now. */
export function queuedBehind(running: Deploy | undefined, deploys: readonly Deploy[]): number {
  return deploys.filter(({ id, status }) => status === "queued" && id !== running?.id).length;
}
