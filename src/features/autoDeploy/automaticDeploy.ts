import { sameCommit } from "../../git/commitId.js";
import type { Deploy } from "../../render/shapes.js";

/** How far this machine's reading of Git and Render's times may be apart, in milliseconds. */
const clockSlack = 60_000;

/**
 * The earliest time, by Render's clock, at which a deploy of a push can have been created, in milliseconds since the epoch.
 *
 * @param pushedAfter and `now` by this machine's clock
 * @param renderNow by Render's clock; undefined while no reply has told it
 */
export function earliestOf(pushedAfter: number, now: number, renderNow: number | undefined): number {
  return pushedAfter + ((renderNow ?? now) - now) - clockSlack;
}

/** A deploy that Render makes by itself, as a commit was pushed. */
export interface AutomaticDeploy {
  readonly commitId: string;
  readonly when: "commit" | "checksPass";
  /** It cannot have been created before this, by Render's clock, in milliseconds since the epoch. */
  readonly since: number;
  /** Whether the order was confirmed, so that it is sent where Render makes none. */
  readonly isConfirmed: boolean;
  /** It has not appeared in its time: the order is sent at once, unless it has appeared by now. */
  readonly isOverdue?: boolean;
}

/** The deploy that Render made of the commit since then, or else one that was started in another way. */
export function deployOfPush(
  { commitId, since }: Pick<AutomaticDeploy, "commitId" | "since">,
  deploys: readonly Deploy[],
): Deploy | undefined {
  const made = deploys.filter(
    ({ commit, createdAt = Infinity }) =>
      createdAt >= since && commit !== undefined && sameCommit(commit.id, commitId),
  );
  return made.find(({ trigger }) => trigger === "new_commit") ?? made[0];
}

/**
 * The newest deploy that Render made by itself of another commit after the push: of a later one. Without the slack, or that of
 * a push a moment earlier would count.
 */
export function deployOfLaterPush(
  { commitId, since }: Pick<AutomaticDeploy, "commitId" | "since">,
  deploys: readonly Deploy[],
): Deploy | undefined {
  return deploys.find(
    ({ trigger, commit, createdAt = -Infinity }) =>
      trigger === "new_commit" &&
      createdAt >= since + clockSlack &&
      commit !== undefined &&
      !sameCommit(commit.id, commitId),
  );
}
