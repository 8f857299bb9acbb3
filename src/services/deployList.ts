import type { Deploy } from "../render/shapes.js";
import { hasEnded } from "./deployStatus.js";

/** The deploy that serves now. */
export function liveOf(deploys: readonly Deploy[] | undefined): Deploy | undefined {
  return deploys?.find(({ status }) => status === "live");
}

/**
 * The deploy that runs now, as a service runs at most one (Render docs, "Deploys": overlapping deploys); where all wait,
 * the oldest.
 *
 * @param deploys newest first
 */
export function runningOf(deploys: readonly Deploy[]): Deploy | undefined {
  const open = deploys.filter(({ status }) => !hasEnded(status));
  const begun = open.filter(({ status }) => status !== "queued");
  return begun.find(({ status }) => status !== "created") ?? begun[0] ?? open.at(-1);
}

/** How many deploys wait for the one that runs now. */
export function queuedBehind(running: Deploy | undefined, deploys: readonly Deploy[]): number {
  return deploys.filter(({ id, status }) => status === "queued" && id !== running?.id).length;
}
