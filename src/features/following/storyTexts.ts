/** The lines of the story that the output tells of each deploy. Those that begin with blanks go on with the line before. */
import { hasSite } from "../../services/serviceKind.js";
import { placeText } from "../../services/serviceTexts.js";
import { whoAsked, whoStarted } from "../../services/deployTexts.js";
import { viewOf } from "../../services/deployStatus.js";
import type { Successor } from "../../services/toldEnd.js";
import { durationText } from "../../text/durationText.js";
import { plainName, plainText } from "../../text/plainText.js";
import type { Deploy } from "../../render/shapes.js";
import { dashboardAddress, phaseText } from "./followTexts.js";
import type { FollowedDeploy } from "./followedDeploy.js";
import type { PhaseTime } from "./phaseTimes.js";

/** Begins each line, as several deploys may run at once. */
export function namedLine({ order }: FollowedDeploy, line: string): string {
  return `[${plainName(order.service.name)}] ${line}`;
}

/** Who asked for what, and where it goes. */
export function openingLines({ order, stage, sent }: FollowedDeploy): string[] {
  const isNew = stage.kind === "sending" && !sent;
  const request = order.rollbackTo
    ? `rollback to ${plainName(order.rollbackTo.id)}`
    : `request body ${JSON.stringify(order.body)}`;
  return [
    isNew ? `Deploy ${order.what}` : `Watching the deploy of ${order.what}`,
    `  to ${plainName(order.service.name)} (${plainName(order.service.id)}), ${placeText(order.place)}`,
    `  asked for by ${order.askedBy}${isNew ? `; ${request}` : ""}`,
  ];
}

/** Who asked for a deploy that took the place of one that was followed. */
export function askedInstead(later: Successor): string {
  return `${whoAsked(later)}, in place of the deploy before`;
}

/** Once Render has begun it. */
export function acceptedLines(followed: FollowedDeploy, deploy: Deploy): string[] {
  const { commit, image, trigger } = deploy;
  const { automatic, body } = followed.order;
  return [
    ...(followed.answerLost ? ["Render's answer was lost, but the deploy was found: it runs."] : []),
    `Render started ${plainName(deploy.id)}: ${plainText(dashboardAddress(followed))}`,
    ...(automatic && trigger === "new_commit" ? [`  asked for by ${whoStarted(deploy)}`] : []),
    ...(commit && body.commitId === undefined
      ? [`  commit ${plainText(commit.id, 64)} ${plainText(commit.message ?? "", 100)}`.trimEnd()]
      : []),
    ...(image?.ref === undefined ? [] : [`  image ${plainText(image.ref)}`]),
  ];
}

/** What goes on with the deploy that Render makes by itself, and that is waited for. */
export const automaticLines = {
  awaited: "The commit was pushed, so the deploy that Render makes of it by itself is waited for.",
  overdue: "Render has made none in time, so yours is sent when its turn has come.",
  itsTurn: "Its turn has come.",
  missing: "Render has made none in time, so yours is sent.",
} as const;

/** While Render holds it back. */
export function queuedLine(followed: FollowedDeploy): string {
  return `${phaseText(followed)}: Render has accepted it and starts it later.`;
}

/** While it is not known whether it began. */
export function lookingUpLine(followed: FollowedDeploy, details: string): string {
  return `${phaseText(followed)}: ${details}`;
}

/** While Render cannot be read, and when it can be again. */
export function troubleLine(details: string): string {
  return `Looking at the deploy failed and is tried again: ${details}`;
}
export const troubleOverLine = "Render can be read again.";

/** How long a phase took that is over. */
export function tookLine(status: string, ms: number): string {
  return `  ${viewOf(status).label} took ${durationText(ms)}`;
}

/** At the end: how long each phase took, where there was more than one. */
export function phaseLines(times: readonly PhaseTime[]): string[] {
  if (times.length < 2) return [];
  return [
    `  Phases: ${times.map(({ status, ms }) => `${viewOf(status).phase} ${durationText(ms)}`).join(", ")}`,
  ];
}

/** At the end: where it can be seen. */
export function linkLines(followed: FollowedDeploy): string[] {
  const { stage, order } = followed;
  const isLive = stage.kind === "ended" && stage.outcome === "live";
  return [
    ...(isLive && hasSite(order.service) ? [`  Site: ${plainText(order.service.url ?? "")}`] : []),
    `  Dashboard: ${plainText(dashboardAddress(followed))}`,
  ];
}

/** A line of the log that says why it failed. */
export function logLine(line: string): string {
  return `  | ${plainText(line, 300)}`;
}
