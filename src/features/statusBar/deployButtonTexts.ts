/** What the button in the status bar shows of a deploy that this window started or took care of. */
import { glanceText, type Glance } from "../../matching/glanceTexts.js";
import type { Deploy } from "../../render/shapes.js";
import { viewOf } from "../../services/deployStatus.js";
import { sourceText } from "../../services/deployTexts.js";
import { usualSentence } from "../../services/usualTimeTexts.js";
import { plainText, shortSha } from "../../text/plainText.js";
import type { StatusView } from "../../text/statusView.js";
import { expectedOf } from "../following/expectation.js";
import { deployOf, type FollowedDeploy } from "../following/followedDeploy.js";
import { noticeOf, phaseText, serviceProgressText } from "../following/followTexts.js";

/**
 * While it runs.
 *
 * @param deploys the last deploys of its service as far as they are known, newest first
 * @param now milliseconds since the epoch
 */
export function runningView(followed: FollowedDeploy, deploys: readonly Deploy[], now: number): StatusView {
  const { service, what } = followed.order;
  const name = plainText(service.name, 40);
  const expected = expectedOf(followed, deploys, now);
  const usual = expected ? ` ${usualSentence(expected.usual, expected.elapsed)}` : "";
  return {
    text: `$(sync~spin) ${name}: ${serviceProgressText(followed, deploys, now)}`,
    tooltip: `Deploying ${what} to ${name}.${usual}`,
    // Without the seconds, or a screen reader would speak at each.
    spoken: `Render: ${name}, ${phaseText(followed)}`,
    named: service.id,
    ...logOf(followed),
  };
}

/**
 * When it is over; undefined where nothing is to be said of its end.
 *
 * @param glance how HEAD and what is live relate by now
 * @param now milliseconds since the epoch
 */
export function endView(
  followed: FollowedDeploy,
  glance: Glance | undefined,
  now: number,
): StatusView | undefined {
  const said = noticeOf(followed, now)?.text;
  if (said === undefined) return undefined;
  const { service } = followed.order;
  return {
    ...shortEnd(followed, plainText(service.name, 40), glance),
    tooltip: `${said} Click to deploy again.`,
    spoken: `Render: ${said} Press to deploy again.`,
    named: service.id,
    ...logOf(followed),
  };
}

function logOf(followed: FollowedDeploy): Pick<StatusView, "log"> {
  const deploy = deployOf(followed);
  return deploy ? { log: { serviceId: followed.order.service.id, deployId: deploy.id } } : {};
}

function shortEnd(
  followed: FollowedDeploy,
  name: string,
  glance: Glance | undefined,
): Pick<StatusView, "text" | "background"> {
  const { stage } = followed;
  if (stage.kind !== "ended")
    return {
      text: `$(warning) ${name}: ${phaseText(followed).toLowerCase()}`,
      background:
        stage.kind === "notStarted" ? "statusBarItem.errorBackground" : "statusBarItem.warningBackground",
    };
  const state = viewOf(stage.deploy.status).label.toLowerCase();
  switch (stage.outcome) {
    case "live":
    case "replaced": {
      const commit = stage.deploy.commit ? ` ${shortSha(stage.deploy.commit.id)}` : "";
      const relation = glance && glance.relation.kind !== "same" ? glanceText(glance) : "";
      return { text: `$(pass) ${name}: ${state}${commit}${relation === "" ? "" : ` · ${relation}`}` };
    }
    case "canceled": {
      const later = stage.replacedBy ? ` for ${sourceText(stage.replacedBy) || "a later deploy"}` : "";
      return { text: `$(circle-slash) ${name}: canceled${later}` };
    }
    case "failed":
      return { text: `$(error) ${name}: ${state}`, background: "statusBarItem.errorBackground" };
  }
}
