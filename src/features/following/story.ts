import { hasSite } from "../../services/serviceKind.js";
import { durationText } from "../../text/durationText.js";
import { detailsOf } from "../../render/errorTexts.js";
import { plainText, plainName } from "../../text/plainText.js";
import type { Clock, Logger } from "../../ports.js";
import { placeText } from "../../services/place.js";
import { dashboardAddress, noticeOf, phaseText, silentEndText } from "./followTexts.js";
import { startedBy } from "../../services/deployTexts.js";
import { deployOf, isOver, isOverdue, type DeploySink, type FollowedDeploy } from "./followedDeploy.js";
import { viewOf } from "../../services/deployStatus.js";

/** Writes one readable story for each deploy: who asked for what, each phase with its duration, the end, links. */
export class DeployStory implements DeploySink {
  readonly #log: Logger;
  readonly #clock: Pick<Clock, "now">;

  constructor(log: Logger, clock: Pick<Clock, "now">) {
    this.#log = log;
    this.#clock = clock;
  }

  deployChanged(followed: FollowedDeploy, before: FollowedDeploy | undefined): void {
    const tell = (text: string): void => {
      this.#log.info(`${nameOf(followed)} ${text}`);
    };
    if (!before) this.#opening(followed, tell);
    if (!before && followed.stage.kind !== "sending") this.#accepted(followed, tell);
    if (before && !deployOf(before) && deployOf(followed)) this.#accepted(followed, tell);
    if (before && before.steps !== followed.steps) this.#phase(followed, before, tell);
    if (before?.stage.kind !== "awaited" && followed.stage.kind === "awaited")
      tell("The commit was pushed, so the deploy that Render makes of it by itself is waited for.");
    if (before && !isOverdue(before) && isOverdue(followed))
      tell("Render has made none in time, so yours is sent when its turn has come.");
    if (before?.stage.kind === "awaited" && followed.stage.kind === "sending")
      tell(isOverdue(before) ? "Its turn has come." : "Render has made none in time, so yours is sent.");
    if (
      followed.stage.kind === "queued" &&
      (before?.stage.kind !== "queued" || before.behind?.id !== followed.behind?.id)
    )
      tell(`${phaseText(followed)}: Render has accepted it and starts it later.`);
    if (before?.stage.kind !== "lookingUp" && followed.stage.kind === "lookingUp")
      this.#log.warn(`${nameOf(followed)} ${phaseText(followed)}: ${detailsOf(followed.stage.error)}`);
    if (followed.trouble !== undefined && followed.trouble !== before?.trouble)
      this.#log.warn(
        `${nameOf(followed)} Looking at the deploy failed and is tried again: ${detailsOf(followed.trouble)}`,
      );
    if (followed.trouble === undefined && before?.trouble !== undefined) tell("Render can be read again.");
    if (isOver(followed)) this.#end(followed, tell);
  }

  #opening({ order, stage, sent }: FollowedDeploy, tell: (text: string) => void): void {
    const isNew = stage.kind === "sending" && !sent;
    tell(isNew ? `Deploy ${order.what}` : `Watching the deploy of ${order.what}`);
    tell(`  to ${plainName(order.service.name)} (${plainName(order.service.id)}), ${placeText(order.place)}`);
    const request = order.rollbackTo
      ? `rollback to ${plainName(order.rollbackTo.id)}`
      : `request body ${JSON.stringify(order.body)}`;
    tell(`  asked for by ${order.askedBy}${isNew ? `; ${request}` : ""}`);
  }

  #accepted(followed: FollowedDeploy, tell: (text: string) => void): void {
    const deploy = deployOf(followed);
    if (!deploy) return;
    if (followed.answerLost) tell("Render's answer was lost, but the deploy was found: it runs.");
    tell(`Render started ${plainName(deploy.id)}: ${plainText(dashboardAddress(followed))}`);
    const { commit, trigger } = deploy;
    if (followed.order.automatic && trigger === "new_commit") tell(`  asked for by ${startedBy(deploy)}`);
    if (commit && followed.order.body.commitId === undefined)
      tell(`  commit ${plainText(commit.id, 64)} ${plainText(commit.message ?? "", 100)}`.trimEnd());
    if (deploy.image?.ref !== undefined) tell(`  image ${plainText(deploy.image.ref)}`);
  }

  #phase(followed: FollowedDeploy, before: FollowedDeploy, tell: (text: string) => void): void {
    const finished = followed.steps[before.steps.length - 1];
    if (finished?.until !== undefined)
      tell(`  ${viewOf(finished.status).label} took ${durationText(finished.until - finished.since)}`);
    const ended = viewOf(followed.steps.at(-1)?.status ?? "").outcome !== undefined;
    if (followed.steps.length > before.steps.length && !ended) tell(phaseText(followed));
  }

  #end(followed: FollowedDeploy, tell: (text: string) => void): void {
    const notice = noticeOf(followed, this.#clock.now());
    if (notice?.severity === "error") this.#log.error(`${nameOf(followed)} ${notice.text}`);
    else if (notice?.severity === "warning") this.#log.warn(`${nameOf(followed)} ${notice.text}`);
    else if (notice) tell(notice.text);
    else tell(silentEndText(followed));
    const error = errorOf(followed);
    if (error !== undefined) this.#log.error(`${nameOf(followed)} ${detailsOf(error)}`);
    if (
      followed.stage.kind === "ended" &&
      followed.stage.outcome === "live" &&
      hasSite(followed.order.service)
    )
      tell(`  Site: ${plainText(followed.order.service.url ?? "")}`);
    tell(`  Dashboard: ${plainText(dashboardAddress(followed))}`);
  }
}

function errorOf({ stage }: FollowedDeploy): unknown {
  if (stage.kind === "notStarted" || stage.kind === "unclear") return stage.error;
  return stage.kind === "lost" && stage.reason.kind === "error" ? stage.reason.error : undefined;
}

/** Begins each line, as several deploys may run at once. */
function nameOf({ order }: FollowedDeploy): string {
  return `[${plainName(order.service.name)}]`;
}
