import type { Deploy } from "../render/shapes.js";

/** How long the last deploys of a service took that went live, from their first step on; milliseconds, none negative. */
export interface UsualTime {
  readonly median: number;
  /** Between these lie most of them. */
  readonly shortest: number;
  readonly longest: number;
}

/**
 * What is left of a deploy by what is usual. `soon`: it may be live any moment. `late`: it takes longer than the others did.
 */
export type TimeLeft =
  { readonly kind: "left"; readonly ms: number } | { readonly kind: "soon" } | { readonly kind: "late" };

/** From fewer, nothing is usual. */
const fewest = 3;

/** From so many on, one at either end may be an odd one: a cold cache, a registry that was slow. */
const manyEnough = 5;

/** Times that differ by less than this are alike, in milliseconds, however short they are. */
const alike = 30_000;

/** So much longer than the longest counts as equally long: a deploy is not late by a second. */
const tolerance = 1.1;

/**
 * How long a deploy takes by those of its service that were made in the same way; undefined where these are too few or too
 * unlike to say anything.
 *
 * @param isBuilt whether it is built; not so where an earlier build or an image is deployed
 * @param deploys the last ones of the service
 */
export function usualTime(isBuilt: boolean, deploys: readonly Deploy[]): UsualTime | undefined {
  const all = deploys.flatMap(deploy =>
    wasLive(deploy) && wasBuilt(deploy) === isBuilt ? tookMs(deploy) : [],
  );
  if (all.length < fewest) return undefined;
  const sorted = all.toSorted((a, b) => a - b);
  const most = sorted.length < manyEnough ? sorted : sorted.slice(1, -1);
  const [shortest = 0, longest = 0] = [most[0], most.at(-1)];
  if (longest > 2 * shortest && longest - shortest > alike) return undefined;
  return { median: medianOf(most), shortest, longest };
}

/** Whether a deploy has a build, as far as Render tells: images and rollbacks have none (Render docs, "Rollbacks"). */
export function wasBuilt({ commit, trigger }: Deploy): boolean {
  return commit !== undefined && trigger !== "rollback";
}

/** @param elapsed since its first step began, in milliseconds */
export function timeLeft({ median, longest }: UsualTime, elapsed: number): TimeLeft {
  if (elapsed < median) return { kind: "left", ms: median - Math.max(0, elapsed) };
  return { kind: elapsed <= longest * tolerance ? "soon" : "late" };
}

function wasLive({ status }: Deploy): boolean {
  return status === "live" || status === "deactivated";
}

/** Not from `createdAt` on: it may have waited behind another one. */
function tookMs({ startedAt, finishedAt }: Deploy): number[] {
  return startedAt === undefined || finishedAt === undefined ? [] : [Math.max(0, finishedAt - startedAt)];
}

/** @param sorted at least one */
function medianOf(sorted: readonly number[]): number {
  const [low = 0, high = low] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return (low + high) / 2;
}
