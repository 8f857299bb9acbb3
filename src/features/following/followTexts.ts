/** What a person reads while a deploy runs and when it is over. */
import { hasSite } from "../../services/serviceKind.js";
import { durationText } from "../../text/durationText.js";
import type { Notice } from "../../text/explanation.js";
import { explain } from "../../render/errorTexts.js";
import { joined } from "../../text/listText.js";
import { plainName } from "../../text/plainText.js";
import type { Deploy } from "../../render/shapes.js";
import { dashboardPage } from "../../services/dashboardPage.js";
import { sourceText, startedText, underWayText } from "../../services/deployTexts.js";
import {
  deployOf,
  isOverdue,
  isUnsent,
  type DeployOrder,
  type FollowedDeploy,
  type LostReason,
} from "./followedDeploy.js";
import { queuedBehind, runningOf } from "../../services/deployList.js";
import { viewOf } from "../../services/deployStatus.js";
import { leftText } from "../../services/usualTimeTexts.js";
import { expectedOf } from "./expectation.js";
import { automaticMissingText } from "../autoDeploy/automaticTexts.js";

/** The phase a deploy is in now: "Building", "Queued behind a1b2c3d". */
export function phaseText(followed: FollowedDeploy): string {
  switch (followed.stage.kind) {
    case "sending":
      return "Sending";
    case "awaited":
      return isOverdue(followed) ? "Waiting for its turn" : "Waiting for auto-deploy";
    case "lookingUp":
      return "Render's answer was lost, looking whether the deploy began";
    case "queued":
      return queuedText(followed.behind);
    case "following":
      if (followed.stage.deploy.status === "queued") return queuedText(followed.behind);
      return viewOf(followed.stage.deploy.status).label;
    case "ended":
      return viewOf(followed.stage.deploy.status).label;
    case "notStarted":
      return "Not started";
    case "unclear":
      return "Unclear";
    case "lost":
      return "No longer watched";
  }
}

function queuedText(behind: Deploy | undefined): string {
  if (!behind) return "Queued";
  const source = sourceText(behind);
  return source === "" ? "Queued behind another deploy" : `Queued behind ${source}`;
}

/**
 * The line of the progress notification: phase and elapsed time, what is usually left, and why it is late when looking
 * fails.
 *
 * @param deploys the last deploys of the service as far as they are known; without them nothing is usual
 */
export function progressText(followed: FollowedDeploy, now: number, deploys: readonly Deploy[] = []): string {
  const expected = followed.trouble === undefined ? expectedOf(followed, deploys, now) : undefined;
  const left = expected ? leftText(expected.usual, expected.elapsed) : "";
  return withTrouble(
    followed,
    joined([phaseText(followed), durationText(now - followed.askedAt), left], " · "),
  );
}

/**
 * The same for the service: while one of its deploys runs and others wait, that. The one that is followed may be any of
 * them.
 *
 * @param deploys the last deploys of the service as far as they are known, newest first
 */
export function serviceProgressText(
  followed: FollowedDeploy,
  deploys: readonly Deploy[],
  now: number,
): string {
  const running = runningOf(deploys);
  // Render may hold back what it has accepted, without a deploy in the list.
  const queued = queuedBehind(running, deploys) + (followed.stage.kind === "queued" ? 1 : 0);
  if (!running || queued === 0) return progressText(followed, now);
  return withTrouble(followed, underWayText(running, queued));
}

function withTrouble({ trouble }: FollowedDeploy, line: string): string {
  return trouble === undefined ? line : `${line} · Render cannot be read right now, trying again`;
}

/** The notification at the end; undefined while it goes on and for what the person ended themselves. */
export function noticeOf(followed: FollowedDeploy, now: number): Notice | undefined {
  const name = plainName(followed.order.service.name);
  const what = followed.order.what;
  const { stage } = followed;
  const took = durationText(tookMs(followed, now));
  switch (stage.kind) {
    case "sending":
    case "awaited":
    case "lookingUp":
    case "queued":
    case "following":
      return undefined;
    case "notStarted":
      return notStartedNotice(stage.error, followed.order, name);
    case "unclear":
      return {
        severity: "warning",
        text:
          `Render's answer was lost, and it cannot be told whether a deploy of ${name} began. ` +
          "Look at the Dashboard before you try again, so that it is not deployed twice.",
        remedies: ["openDashboard", "showOutput"],
      };
    case "lost":
      return lostNotice(name, stage.reason, isUnsent(followed));
    case "ended":
      return endNotice(followed, stage, name, what, took);
  }
}

/**
 * How long it took, in milliseconds. By Render's times where it tells them, as nobody may have looked for hours after
 * the end; begin and end are by the same clock, as this machine's may be off.
 */
function tookMs({ stage, askedAt, sent }: FollowedDeploy, now: number): number {
  const untilNow = now - askedAt;
  if (stage.kind !== "ended") return untilNow;
  const { createdAt, finishedAt } = stage.deploy;
  const began = sent?.sentAt ?? createdAt;
  if (began === undefined || finishedAt === undefined) return untilNow;
  // What was not sent from here began before it was followed.
  return sent ? Math.min(untilNow, finishedAt - began) : finishedAt - began;
}

function notStartedNotice(error: unknown, { rollbackTo }: DeployOrder, name: string): Notice {
  const { text, remedies } = explain(error, rollbackTo ? `roll ${name} back` : `deploy ${name}`);
  return { severity: "error", text: `${text} Nothing was deployed.`, remedies };
}

type Ended = Extract<FollowedDeploy["stage"], { kind: "ended" }>;

function endNotice(followed: FollowedDeploy, stage: Ended, name: string, what: string, took: string): Notice {
  switch (stage.outcome) {
    case "live":
      return {
        severity: "info",
        text: `${name} is live with ${what}, after ${took}.`,
        remedies: hasSite(followed.order.service) ? ["openSite", "showOutput"] : ["showOutput"],
      };
    case "replaced":
      return {
        severity: "info",
        text: `${name} went live with ${what}, and a later deploy has replaced it since.`,
        remedies: ["showOutput", "openDashboard"],
      };
    case "failed":
      return {
        severity: "error",
        text: sentences(
          `${name} was not deployed: the ${viewOf(stage.deploy.status).phase} failed after ${took} (${what}).`,
          stage.reason?.text ?? "",
          "What was live before keeps running.",
        ),
        remedies: ["showLog", "showOutput", "openDashboard"],
      };
    case "canceled":
      return followed.cancelAsked
        ? {
            severity: "info",
            text: `You canceled the deploy of ${name} (${what}). What was live before keeps running.`,
            remedies: ["showOutput"],
          }
        : {
            severity: "warning",
            text: canceledText(stage, name, what),
            remedies: ["openDashboard", "showOutput"],
          };
  }
}

function sentences(...all: readonly string[]): string {
  return all.filter(sentence => sentence !== "").join(" ");
}

function canceledText({ replacedBy }: Ended, name: string, what: string): string {
  return replacedBy
    ? `The deploy of ${name} was canceled (${what}), as a later deploy took its place: ${startedText(replacedBy)}.`
    : `The deploy of ${name} was canceled on Render, not from here (${what}). What was live before keeps running.`;
}

function lostNotice(name: string, reason: LostReason, wasUnsent: boolean): Notice | undefined {
  const text = lostText(name, reason, wasUnsent);
  if (text === undefined) return undefined;
  const helps = reason.kind === "automaticMissing" ? "deploy" : "showOutput";
  return { severity: "warning", text, remedies: ["openDashboard", helps] };
}

/** Undefined for what needs no words: the person did it, or another window tells it. */
function lostText(name: string, reason: LostReason, wasUnsent: boolean): string | undefined {
  switch (reason.kind) {
    case "stopped":
    case "signedOut":
    case "elsewhere":
    case "joined":
      return undefined;
    case "automaticMissing":
      return automaticMissingText(name);
    case "error":
      return `${explain(reason.error, `go on watching the deploy of ${name}`).text} ${wasUnsent ? "Nothing was sent." : "It may still go on at Render."}`;
    case "timeLimit":
      return `The deploy of ${name} has not ended after six hours and is no longer watched. Look at the Dashboard.`;
    case "skipped":
      return `The deploy of ${name} did not run: Render went on with a later one, ${startedText(reason.later)}. Deploy again if yours is still wanted.`;
    case "neverAppeared":
      return `Render accepted the deploy of ${name}, but it has not appeared. Look at the Dashboard before you try again.`;
  }
}

/** Why it ended without a notification, for the output. */
export function silentEndText(followed: FollowedDeploy): string {
  const { stage } = followed;
  const reason = stage.kind === "lost" ? stage.reason.kind : "stopped";
  if (isUnsent(followed) && (reason === "signedOut" || reason === "stopped"))
    return "The automatic deploy is no longer waited for, and nothing was sent in its place.";
  if (reason === "signedOut")
    return "It is no longer watched, as the API key was removed. It goes on at Render.";
  if (reason === "joined") return "It is watched already, as it was asked for in another way too.";
  if (reason === "elsewhere") return "Another window watches it, and tells how it ends.";
  return "You stopped watching it. What has begun goes on at Render.";
}

/** The Dashboard's page of the deploy, or of the service while no deploy is known (Render docs: Dashboard addresses). */
export function dashboardAddress(followed: FollowedDeploy): string {
  return dashboardPage(followed.order.service, deployOf(followed));
}

/** Above the progress of a deploy. */
export function followTitle({ order }: FollowedDeploy): string {
  return `Deploying ${plainName(order.service.name)}`;
}
