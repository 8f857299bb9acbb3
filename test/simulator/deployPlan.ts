import { imageDigest } from "./imageReference";
import { type Play, type PlayedEnding, playedEndings } from "./playedEndings";
import { playedLog } from "./playedLog";
import type { Quirks } from "./quirks";
import { defaultDurations, type PhaseDurations, type PhaseKind, type ServiceRecord } from "./records";
import type { Commit, DeployImage, Failure } from "./wire";

/** How a test or a person at play wants a service's next deploy to go. */
export interface DeployPlan {
  /** The log to play: steps, lines and ending are its own, those of the ending that are named here as well excepted. */
  plays?: Play;
  /**
   * The step that fails. A step the deploy does not have stands for its last one; `image_pull` is for images,
   * `build_minutes` for a build that the workspace has no minutes left for.
   */
  fails?: PhaseKind | "image_pull" | "build_minutes";
  /** What the events give as the reason of the failure. */
  failure?: Failure;
  /** Milliseconds at speed 1 for some of the steps. */
  phases?: Partial<PhaseDurations>;
  /** The step at whose end somebody cancels the deploy. */
  canceledIn?: PhaseKind;
  /** The step at whose end a newer deploy takes the place of this one, whatever the overlap setting. */
  supersededIn?: PhaseKind;
  /** A status to show, while the deploy is under way, instead of the real one. */
  unknownStatus?: string;
}

/** What somebody asked for. */
export interface DeployWish {
  trigger: string;
  commit?: Commit;
  image?: DeployImage;
  clearCache?: boolean;
  rollbackTo?: string;
  /** Uses an earlier build: rolling back and `deploy_only`. */
  skipsBuild?: boolean;
}

/** The plan together with the ending of the log that it plays. */
export function wholePlan(plan: DeployPlan): DeployPlan {
  const ending: PlayedEnding = plan.plays === undefined ? {} : playedEndings[plan.plays];
  return { ...ending, ...plan };
}

/** The steps a deploy goes through, each with its milliseconds at speed 1 (Render API: steps). */
export function stepsOf(
  { service, durations }: ServiceRecord,
  wish: DeployWish,
  plan: DeployPlan,
  quirks: Quirks,
): { kind: PhaseKind; ms: number }[] {
  if (plan.plays !== undefined) {
    return playedLog(plan.plays)
      .filter(({ kind }) => kind !== "build" || wish.skipsBuild !== true)
      .map(({ kind, ms }) => ({ kind, ms: plan.phases?.[kind] ?? ms }));
  }
  const isImage = service.imagePath !== undefined;
  // Render API: the deploy of a cron job's image was recorded as live in the very first answer.
  if (isImage && service.type === "cron_job") return [];
  const kinds: PhaseKind[] = [];
  if (!isImage && wish.skipsBuild !== true) kinds.push("build");
  if ((service.serviceDetails.envSpecificDetails?.preDeployCommand ?? "") !== "") kinds.push("pre_deploy");
  if (!(quirks.staticSkipsUpdate && service.type === "static_site")) kinds.push("update");
  return kinds.map(kind => {
    const usual = durations?.[kind] ?? defaultDurations[kind];
    const cold = kind === "build" && wish.clearCache === true ? 1.5 : 1;
    return { kind, ms: plan.phases?.[kind] ?? usual * cold };
  });
}

/** Which of the steps fails; undefined when all go well. */
export function failingStep(plan: DeployPlan, steps: readonly { kind: PhaseKind }[]): PhaseKind | undefined {
  if (plan.fails === undefined) return undefined;
  const name = plan.fails === "build_minutes" ? "build" : plan.fails;
  const named = steps.find(({ kind }) => kind === name);
  return (named ?? steps.at(-1))?.kind;
}

/** The reason given when the plan names none. */
export function usualFailure(kind: PhaseKind): Failure {
  return kind === "update"
    ? { evicted: false, timedOutSeconds: 900, unhealthy: "the health check did not answer in time" }
    : { evicted: false, nonZeroExit: 1 };
}

/** What a deploy of a service runs when nothing else was asked for: the newest commit or the configured image. */
export function sourceOf(service: ServiceRecord["service"], commit: Commit | undefined): Partial<DeployWish> {
  if (service.imagePath !== undefined) return { image: imageOf(service, service.imagePath) };
  return commit === undefined ? {} : { commit };
}

/** The image of a deploy, as it appears in the API. */
export function imageOf(service: ServiceRecord["service"], ref: string): DeployImage {
  const credential = service.registryCredential?.name;
  return { ref, sha: imageDigest(ref), ...(credential !== undefined && { registryCredential: credential }) };
}
