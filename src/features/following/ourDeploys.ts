import { sameCommit } from "../../git/commitId.js";
import type { Deploy } from "../../render/shapes.js";
import type { DeployBaseline, DeployOrder } from "./followedDeploy.js";
import { mayBeImage } from "../whatToDeploy/imageReference.js";
import { runningOf } from "../../services/deployList.js";

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
export function mayBeOurs(
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
