import { detailsOf } from "../../render/errorTexts.js";
import type { Clock, Logger } from "../../ports.js";
import { noticeOf, phaseText, silentEndText } from "./followTexts.js";
import { deployOf, isOver, isOverdue, type DeploySink, type FollowedDeploy } from "./followedDeploy.js";
import { phaseTimes } from "./phaseTimes.js";
import {
  acceptedLines,
  automaticLines,
  linkLines,
  logLine,
  lookingUpLine,
  namedLine,
  openingLines,
  phaseLines,
  queuedLine,
  tookLine,
  troubleLine,
  troubleOverLine,
} from "./storyTexts.js";
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
    const tell = (line: string): void => {
      this.#log.info(namedLine(followed, line));
    };
    const warn = (line: string): void => {
      this.#log.warn(namedLine(followed, line));
    };
    if (!before) openingLines(followed).forEach(tell);
    const deploy = deployOf(followed);
    const isAccepted = before ? !deployOf(before) : followed.stage.kind !== "sending";
    if (deploy && isAccepted) acceptedLines(followed, deploy).forEach(tell);
    if (before && before.steps !== followed.steps) tellPhase(followed, before, tell);
    if (before?.stage.kind !== "awaited" && followed.stage.kind === "awaited") tell(automaticLines.awaited);
    if (before && !isOverdue(before) && isOverdue(followed)) tell(automaticLines.overdue);
    if (before?.stage.kind === "awaited" && followed.stage.kind === "sending")
      tell(isOverdue(before) ? automaticLines.itsTurn : automaticLines.missing);
    if (
      followed.stage.kind === "queued" &&
      (before?.stage.kind !== "queued" || before.behind?.id !== followed.behind?.id)
    )
      tell(queuedLine(followed));
    if (before?.stage.kind !== "lookingUp" && followed.stage.kind === "lookingUp")
      warn(lookingUpLine(followed, detailsOf(followed.stage.error)));
    if (followed.trouble !== undefined && followed.trouble !== before?.trouble)
      warn(troubleLine(detailsOf(followed.trouble)));
    if (followed.trouble === undefined && before?.trouble !== undefined) tell(troubleOverLine);
    if (isOver(followed)) this.#end(followed, tell);
  }

  #end(followed: FollowedDeploy, tell: (line: string) => void): void {
    const notice = noticeOf(followed, this.#clock.now());
    if (notice?.severity === "error") this.#log.error(namedLine(followed, notice.text));
    else if (notice?.severity === "warning") this.#log.warn(namedLine(followed, notice.text));
    else tell(notice ? notice.text : silentEndText(followed));
    if (followed.stage.kind === "ended") {
      followed.stage.reason?.lines.map(logLine).forEach(tell);
      phaseLines(phaseTimes(followed)).forEach(tell);
    }
    const error = errorOf(followed);
    if (error !== undefined) this.#log.error(namedLine(followed, detailsOf(error)));
    linkLines(followed).forEach(tell);
  }
}

function tellPhase(followed: FollowedDeploy, before: FollowedDeploy, tell: (line: string) => void): void {
  const finished = followed.steps[before.steps.length - 1];
  if (finished?.until !== undefined) tell(tookLine(finished.status, finished.until - finished.since));
  const ended = viewOf(followed.steps.at(-1)?.status ?? "").outcome !== undefined;
  if (followed.steps.length > before.steps.length && !ended) tell(phaseText(followed));
}

function errorOf({ stage }: FollowedDeploy): unknown {
  if (stage.kind === "notStarted" || stage.kind === "unclear") return stage.error;
  return stage.kind === "lost" && stage.reason.kind === "error" ? stage.reason.error : undefined;
}
