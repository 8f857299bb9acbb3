import { wasBuilt } from "../../services/usualTime.js";
import { deployOf, type FollowedDeploy } from "./followedDeploy.js";

/** How long a phase took, in milliseconds. */
export interface PhaseTime {
  /** That a deploy has while it is in the phase. */
  readonly status: string;
  readonly ms: number;
}

const phases = ["build_in_progress", "pre_deploy_in_progress", "update_in_progress"];

/**
 * How long the phases took that are over, in their order. Of a deploy that had begun before it was looked at, the first one
 * that was seen is worked out from Render's times, and left out where an earlier one may be missing.
 */
export function phaseTimes(followed: FollowedDeploy): PhaseTime[] {
  const seen = followed.steps.flatMap(({ status, since, until }): PhaseTime[] =>
    phases.includes(status) && until !== undefined ? [{ status, ms: Math.max(0, until - since) }] : [],
  );
  const deploy = deployOf(followed);
  const [first, ...others] = seen;
  if (!first || !deploy || followed.sent) return seen;
  const { startedAt, finishedAt } = deploy;
  const isBuilt = wasBuilt(deploy) && followed.order.body.deployMode === undefined;
  if (startedAt === undefined || finishedAt === undefined || (isBuilt && first.status !== phases[0]))
    return others;
  const rest = others.reduce((sum, { ms }) => sum + ms, 0);
  return [{ ...first, ms: Math.max(first.ms, finishedAt - startedAt - rest) }, ...others];
}
