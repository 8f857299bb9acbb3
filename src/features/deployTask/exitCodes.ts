import { deployOf, isUnsent, type FollowedDeploy, type LostReason } from "../following/followedDeploy.js";

/** With which code a task ends, so that what depends on it knows. The README has them for people. */
export const exitCodes = {
  /** It is live; for a task that does not wait: Render has accepted it. */
  live: 0,
  failed: 1,
  canceled: 2,
  /** A later deploy took its place, before it was live or after. */
  superseded: 3,
  /** Nothing was sent: the person left, it was refused, or the task says something that cannot be. */
  notSent: 4,
  /** It may go on at Render, but its end was not seen. */
  unknown: 5,
} as const;

/**
 * With which code a task ends whose deploy stands like this; undefined while it goes on.
 *
 * @param wait for the end, rather than until Render has accepted it
 */
export function exitCodeOf(followed: FollowedDeploy, wait: boolean): number | undefined {
  const { stage } = followed;
  switch (stage.kind) {
    case "sending":
    case "awaited":
    case "lookingUp":
      return undefined;
    case "queued":
    case "following":
      return wait ? undefined : exitCodes.live;
    case "ended":
      if (stage.outcome === "replaced" || stage.replacedBy) return exitCodes.superseded;
      return exitCodes[stage.outcome];
    case "notStarted":
      return exitCodes.notSent;
    case "unclear":
      return exitCodes.unknown;
    case "lost":
      return lostCode(followed, stage.reason);
  }
}

function lostCode(followed: FollowedDeploy, { kind }: LostReason): number {
  if (kind === "skipped") return exitCodes.superseded;
  return isUnsent(followed) && kind !== "elsewhere" && kind !== "joined"
    ? exitCodes.notSent
    : exitCodes.unknown;
}

/** Whether it goes on as another deploy that is followed here: see `LostReason`. */
export function isJoined({ stage }: FollowedDeploy): boolean {
  return stage.kind === "lost" && stage.reason.kind === "joined";
}

/** Of those that run, the one that a deploy goes on as which was asked for in two ways. */
export function joinedBy(
  { order: { service, automatic } }: FollowedDeploy,
  running: readonly FollowedDeploy[],
): FollowedDeploy | undefined {
  return running.find(
    other =>
      other.order.service.id === service.id &&
      automatic !== undefined &&
      deployOf(other)?.commit?.id === automatic.commitId,
  );
}
