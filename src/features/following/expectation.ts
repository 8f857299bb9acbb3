import type { Deploy } from "../../render/shapes.js";
import { usualTime, wasBuilt, type UsualTime } from "../../services/usualTime.js";
import type { FollowedDeploy } from "./followedDeploy.js";

/** How long a deploy is likely to take, and for how long it runs already, in milliseconds. */
export interface Expectation {
  readonly usual: UsualTime;
  readonly elapsed: number;
}

/**
 * What is to be expected of a deploy that runs; undefined while it waits, and where its service's last deploys say nothing
 * of one that is made like it.
 *
 * @param deploys the last deploys of its service as far as they are known
 * @param now milliseconds since the epoch, by this machine's clock, as the steps of what is followed are
 */
export function expectedOf(
  { stage, order, steps, sent }: FollowedDeploy,
  deploys: readonly Deploy[],
  now: number,
): Expectation | undefined {
  if (stage.kind !== "following" || isWaiting(stage.deploy.status)) return undefined;
  const { clearCache, deployMode } = order.body;
  // With its cache cleared it takes longer than the others, which do not say whether theirs was.
  if (clearCache !== undefined) return undefined;
  const begun = steps.find(({ status }) => !isWaiting(status));
  const usual = usualTime(deployMode === undefined && wasBuilt(stage.deploy), deploys);
  // One that was started elsewhere ran before it was seen here.
  const since = Math.min(begun?.since ?? now, (sent ? undefined : stage.deploy.startedAt) ?? Infinity);
  return begun && usual && { usual, elapsed: Math.max(0, now - since) };
}

function isWaiting(status: string): boolean {
  return status === "queued" || status === "created";
}
