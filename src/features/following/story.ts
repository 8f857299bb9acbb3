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

/** A line of the story of a deploy. */
export interface StoryLine {
  /** `live`: the good end. `log`: the deploy wrote it, so `text` came from outside as it is. */
  readonly kind: "info" | "live" | "warning" | "error" | "log";
  readonly text: string;
}

/** Writes one readable story for each deploy: who asked for what, each phase with its duration, the end, links. */
export class DeployStory implements DeploySink {
  readonly #log: Logger;
  readonly #clock: Pick<Clock, "now">;

  constructor(log: Logger, clock: Pick<Clock, "now">) {
    this.#log = log;
    this.#clock = clock;
  }

  deployChanged(followed: FollowedDeploy, before: FollowedDeploy | undefined): void {
    for (const { kind, text } of storyLines(followed, before, this.#clock.now())) {
      const line = namedLine(followed, kind === "log" ? logLine(text) : text);
      if (kind === "error") this.#log.error(line);
      else if (kind === "warning") this.#log.warn(line);
      else this.#log.info(line);
    }
  }
}

/**
 * What a change of a deploy adds to its story.
 *
 * @param before undefined where the story begins
 * @param at when it changed, in milliseconds since the epoch
 */
export function storyLines(
  followed: FollowedDeploy,
  before: FollowedDeploy | undefined,
  at: number,
): StoryLine[] {
  const lines: StoryLine[] = [];
  const tell = (text: string): void => {
    lines.push({ kind: "info", text });
  };
  const warn = (text: string): void => {
    lines.push({ kind: "warning", text });
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
  return isOver(followed) ? [...lines, ...endLines(followed, at)] : lines;
}

function endLines(followed: FollowedDeploy, at: number): StoryLine[] {
  const { stage } = followed;
  const notice = noticeOf(followed, at);
  const isLive = stage.kind === "ended" && stage.outcome === "live";
  const error = errorOf(followed);
  return [
    {
      kind: isLive ? "live" : (notice?.severity ?? "info"),
      text: notice ? notice.text : silentEndText(followed),
    },
    ...(stage.kind === "ended" ? (stage.reason?.lines ?? []) : []).map(
      text => ({ kind: "log", text }) as const,
    ),
    ...(stage.kind === "ended" ? phaseLines(phaseTimes(followed)) : []).map(
      text => ({ kind: "info", text }) as const,
    ),
    ...(error === undefined ? [] : [{ kind: "error", text: detailsOf(error) } as const]),
    ...linkLines(followed).map(text => ({ kind: "info", text }) as const),
  ];
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
