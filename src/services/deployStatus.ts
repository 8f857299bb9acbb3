import { plainText } from "../text/plainText.js";

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

type DeployStatus = (typeof deployStatuses)[number];

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

const views = {
  created: { ...running, label: "Starting", phase: "start" },
  queued: { label: "Queued", phase: "queue", icon: "clock", cancelable: true },
  build_in_progress: { ...running, label: "Building", phase: "build" },
  pre_deploy_in_progress: { ...running, label: "Running pre-deploy command", phase: "pre-deploy command" },
  update_in_progress: { ...running, label: "Deploying", phase: "start of the new version" },
  live: { outcome: "live", label: "Live", phase: "live", icon: "pass", cancelable: false },
  deactivated: { outcome: "replaced", label: "Replaced", phase: "live", icon: "history", cancelable: false },
  build_failed: { ...failed, label: "Build failed", phase: "build" },
  pre_deploy_failed: { ...failed, label: "Pre-deploy command failed", phase: "pre-deploy command" },
  update_failed: { ...failed, label: "Deploy failed", phase: "start of the new version" },
  canceled: {
    outcome: "canceled",
    label: "Canceled",
    phase: "deploy",
    icon: "circle-slash",
    cancelable: false,
  },
} as const satisfies Record<DeployStatus, StatusView>;

/** The view of a status. One this version does not know is shown by its own name and counts as still running. */
export function viewOf(status: string): StatusView {
  if (Object.hasOwn(views, status)) return views[status as DeployStatus];
  const name = plainText(status.replaceAll("_", " "), 40);
  return { label: name, phase: name, icon: "question", cancelable: true };
}

/** Whether nothing more is to be waited for. `live` may still become `deactivated` later. */
export function hasEnded(status: string): boolean {
  return viewOf(status).outcome !== undefined;
}
