import type { DeployStatus } from "./deployStatus.js";

/** A status as a label ("Building"), and its phase as a noun within a sentence ("build"). */
export const statusTexts: Record<DeployStatus, { readonly label: string; readonly phase: string }> = {
  created: { label: "Starting", phase: "start" },
  queued: { label: "Queued", phase: "queue" },
  build_in_progress: { label: "Building", phase: "build" },
  pre_deploy_in_progress: { label: "Running pre-deploy command", phase: "pre-deploy command" },
  update_in_progress: { label: "Deploying", phase: "start of the new version" },
  live: { label: "Live", phase: "live" },
  deactivated: { label: "Replaced", phase: "live" },
  build_failed: { label: "Build failed", phase: "build" },
  pre_deploy_failed: { label: "Pre-deploy command failed", phase: "pre-deploy command" },
  update_failed: { label: "Deploy failed", phase: "start of the new version" },
  canceled: { label: "Canceled", phase: "deploy" },
};
