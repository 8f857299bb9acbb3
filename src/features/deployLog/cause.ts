import type { Failure, ServiceEvent } from "../../render/eventShapes.js";
import type { Deploy } from "../../render/shapes.js";
import { logCause, type LogCause } from "./logCause.js";
import type { LogLine } from "./logLines.js";

/** The types of events that say why a deploy failed. */
export const tellingTypes = [
  "deploy_ended",
  "build_ended",
  "pre_deploy_ended",
  "image_pull_failed",
  "pipeline_minutes_exhausted",
  "branch_deleted",
];

/** What Render itself says: that is certain. */
export type ToldCause =
  | { readonly kind: "memory"; readonly limit: string }
  | { readonly kind: "imagePull"; readonly image: string }
  | { readonly kind: "minutesUsedUp" }
  | { readonly kind: "branchDeleted"; readonly branch: string }
  | { readonly kind: "timedOut"; readonly seconds: number; readonly reason: string }
  | { readonly kind: "unhealthy"; readonly said: string }
  | { readonly kind: "evicted" }
  | { readonly kind: "earlyExit" }
  | { readonly kind: "exit"; readonly code: number };

/** Why a deploy failed, as far as that can be told. */
export interface Cause {
  readonly told?: ToldCause;
  /** What its log shows: likely, as it is read from text. */
  readonly shown?: LogCause;
  /** The lines of the log that say so, or its last ones; one to three. */
  readonly lines: readonly string[];
}

/** Why a deploy failed, for a person. */
export interface Reason {
  /** What happened and what helps, in a sentence or two. */
  readonly text: string;
  /** The lines of the log that say so; one to three. */
  readonly lines: readonly string[];
}

/** So many lines stand beside a sentence. */
const mostLines = 3;

/** @param lines of its log, oldest first */
export function causeOf(
  deploy: Deploy,
  events: readonly ServiceEvent[],
  lines: readonly LogLine[],
): Cause | undefined {
  const told = toldCause(deploy, events);
  const texts = ownLines(lines).map(({ text }) => text);
  const shown = logCause(texts);
  const last = texts.filter(text => text.trim() !== "" && !text.startsWith("==>")).slice(-mostLines);
  const said = shown?.lines.slice(0, mostLines) ?? last;
  if (!told && !shown && said.length === 0) return undefined;
  return { ...(told && { told }), ...(shown && { shown }), lines: said };
}

/** What Render says when it begins to start the new version, or its pre-deploy command. */
const starts = /^==> (?:Deploying\b|Starting pre-deploy|Running ')/u;

/**
 * The lines without those of instances that wrote before the new version began: they are of the version that was live, which
 * goes on meanwhile, and whose errors are no cause.
 */
export function ownLines(lines: readonly LogLine[]): readonly LogLine[] {
  const start = lines.findIndex(({ text }) => starts.test(text));
  const before = new Set(lines.slice(0, Math.max(0, start)).map(({ instance }) => instance));
  before.delete(undefined);
  return lines.filter(({ instance }) => !before.has(instance));
}

function toldCause({ id, createdAt = 0 }: Deploy, events: readonly ServiceEvent[]): ToldCause | undefined {
  const ended = events.find(event => event.type === "deploy_ended" && event.deployId === id);
  const build = ended?.buildId;
  const failure =
    events.find(event => event.type === "build_ended" && event.buildId === build && build !== undefined)
      ?.failure ??
    events.find(event => event.type === "pre_deploy_ended" && event.deployId === id)?.failure ??
    ended?.failure;
  // These name no deploy: what was before this one is another's.
  const during = events.filter(({ at = 0 }) => at >= createdAt);
  const image = during.find(({ type }) => type === "image_pull_failed");
  const specific = failure && ofFailure(failure);
  // What did not start for want of an image is unhealthy, and times out, because of that.
  if (specific && !followsFromImage(specific, image !== undefined)) return specific;
  if (image) return { kind: "imagePull", image: image.imageUrl ?? "" };
  if (specific) return specific;
  if (during.some(({ type }) => type === "pipeline_minutes_exhausted")) return { kind: "minutesUsedUp" };
  const gone = during.find(({ type }) => type === "branch_deleted");
  return gone && { kind: "branchDeleted", branch: gone.deletedBranch ?? "" };
}

function followsFromImage({ kind }: ToldCause, isImageMissing: boolean): boolean {
  return kind === "exit" || (isImageMissing && (kind === "unhealthy" || kind === "timedOut"));
}

function ofFailure(failure: Failure): ToldCause | undefined {
  const { memoryLimit, timedOutSeconds, timedOutReason, unhealthy, evicted, earlyExit, nonZeroExit } =
    failure;
  if (memoryLimit !== undefined) return { kind: "memory", limit: memoryLimit };
  if (unhealthy !== undefined) return { kind: "unhealthy", said: unhealthy };
  if (timedOutSeconds !== undefined || timedOutReason !== undefined)
    return { kind: "timedOut", seconds: timedOutSeconds ?? 0, reason: timedOutReason ?? "" };
  if (evicted === true) return { kind: "evicted" };
  if (earlyExit === true) return { kind: "earlyExit" };
  return nonZeroExit === undefined ? undefined : { kind: "exit", code: nonZeroExit };
}
