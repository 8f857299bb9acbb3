import { plainText } from "../text/plainText.js";
import { statusTexts } from "./statusTexts.js";

/**
 * The statuses of a deploy and what each means for the person who waits for it.
 * Names: Render API, "Retrieve deploy", field `status`.
 */

/** The statuses Render documents. New ones appear over time (`queued` did), so values stay plain strings elsewhere. */
export const deployStatuses = [
  "created",
  "queued",
  "build_in_progress",
  "pre_deploy_in_progress",
  "update_in_progress",
  "live",
  "deactivated",
  "build_failed",
  "pre_deploy_failed",
  "update_failed",
  "canceled",
] as const;

/** One of them. */
export type DeployStatus = (typeof deployStatuses)[number];

/** How a deploy ended. `replaced`: it was live, and a later deploy took its place. */
export type DeployOutcome = "live" | "replaced" | "failed" | "canceled";

export interface StatusView {
  /** Undefined while the deploy goes on, and for statuses this version does not know. */
  readonly outcome?: DeployOutcome;
  /** As a label: "Building". */
  readonly label: string;
  /** The phase as a noun within a sentence: "build". */
  readonly phase: string;
  /** A codicon name without `$()`. */
  readonly icon: string;
  /** Whether Render lets it be canceled. Documented only as "in progress", so an unknown status counts as such. */
  readonly cancelable: boolean;
}

const running = { icon: "sync", cancelable: true } as const;
const failed = { outcome: "failed", icon: "error", cancelable: false } as const;

const views: Record<DeployStatus, Omit<StatusView, "label" | "phase">> = {
  created: running,
  queued: { icon: "clock", cancelable: true },
  build_in_progress: running,
  pre_deploy_in_progress: running,
  update_in_progress: running,
  live: { outcome: "live", icon: "pass", cancelable: false },
  deactivated: { outcome: "replaced", icon: "history", cancelable: false },
  build_failed: failed,
  pre_deploy_failed: failed,
  update_failed: failed,
  canceled: { outcome: "canceled", icon: "circle-slash", cancelable: false },
};

/** The view of a status. One this version does not know is shown by its own name and counts as still running. */
export function viewOf(status: string): StatusView {
  if (isKnown(status)) return { ...views[status], ...statusTexts[status] };
  const name = plainText(status.replaceAll("_", " "), 40);
  return { label: name, phase: name, icon: "question", cancelable: true };
}

function isKnown(status: string): status is DeployStatus {
  return Object.hasOwn(views, status);
}

/** Whether nothing more is to be waited for. `live` may still become `deactivated` later. */
export function hasEnded(status: string): boolean {
  return viewOf(status).outcome !== undefined;
}
