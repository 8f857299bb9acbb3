import { imageOf } from "./deployPlan";
import { makeId, pick } from "./ids";
import {
  defaultDurations,
  type DeployRecord,
  type PhaseKind,
  type PhaseRecord,
  type ServiceRecord,
} from "./records";
import type { Commit } from "./wire";

/** How a deploy of the past ended; `live` also stands for those replaced since. */
type PastStatus = "live" | "build_failed" | "pre_deploy_failed" | "update_failed" | "canceled";

/** What is special about a service's past. */
export interface Past {
  /** How many deploys there were. */
  count: number;
  /** How the newest ones ended, newest first; `live` otherwise. */
  newest?: PastStatus[];
  /** How many of the newest commits have not been deployed. */
  behind?: number;
  /** The triggers to choose from; the default fits the service's source. */
  triggers?: string[];
}

const hour = 3_600_000;
const gitTriggers = [
  "new_commit",
  "new_commit",
  "new_commit",
  "manual",
  "api",
  "service_updated",
  "deploy_hook",
];
const imageTriggers = ["manual", "api", "deploy_hook", "service_updated"];
const rareEndings: PastStatus[] = ["build_failed", "update_failed", "canceled"];

/**
 * A believable past for a service, newest deploy first.
 *
 * @param commits of its repository, newest first; empty for an image
 * @param now milliseconds since the Unix epoch; the newest deploy was some hours before
 */
export function historyOf(
  record: ServiceRecord,
  past: Past,
  commits: readonly Commit[],
  now: number,
): DeployRecord[] {
  const { service } = record;
  const deploys: DeployRecord[] = [];
  let end = now - (1 + pick(service.id, 5)) * hour;
  let hasLive = false;
  for (let index = 0; index < past.count; index++) {
    const seed = `${service.id}/past/${index}`;
    const ending =
      past.newest?.[index] ?? (index === 0 ? "live" : usualEnding(seed, service.imagePath !== undefined));
    const isGood = ending === "live";
    const triggers = past.triggers ?? (service.imagePath === undefined ? gitTriggers : imageTriggers);
    const trigger = triggers[pick(`${seed}/trigger`, triggers.length)] ?? "manual";
    const deploy: DeployRecord = {
      id: makeId("dep", seed),
      serviceId: service.id,
      status: isGood && hasLive ? "deactivated" : ending,
      trigger: index === past.count - 1 ? "manual" : trigger,
      ...sourceOfPast(record, commits, index + (past.behind ?? 0)),
      createdAt: 0,
      updatedAt: 0,
      phases: [],
      clearCache: pick(`${seed}/cache`, 12) === 0,
      first: index === past.count - 1,
    };
    const finishedAt = addPhases(record, deploy, ending, end);
    // A deploy stopped being live when the next good one, which is newer and already in the list, went live.
    const successor = deploys.findLast(({ status }) => status === "live" || status === "deactivated");
    deploy.updatedAt =
      1 + (deploy.status === "deactivated" ? (successor?.finishedAt ?? finishedAt) : finishedAt);
    if (!isGood && ending !== "canceled") deploy.failure = { evicted: false, nonZeroExit: 1 };
    deploys.push(deploy);
    hasLive ||= isGood;
    end = deploy.createdAt - (2 + pick(`${seed}/gap`, 30)) * hour;
  }
  rollBackOnce(service.id, deploys);
  return deploys;
}

function usualEnding(seed: string, isImage: boolean): PastStatus {
  if (pick(`${seed}/end`, 9) !== 0) return "live";
  const ending = rareEndings[pick(`${seed}/how`, rareEndings.length)] ?? "canceled";
  return isImage && ending === "build_failed" ? "update_failed" : ending;
}

function sourceOfPast(
  { service }: ServiceRecord,
  commits: readonly Commit[],
  index: number,
): Partial<DeployRecord> {
  if (service.imagePath !== undefined) {
    const older = service.imagePath.replace(
      /:1\.(\d+)$/,
      (_, minor: string) => `:1.${Math.max(0, Number(minor) - index)}`,
    );
    return { image: imageOf(service, older) };
  }
  const commit = commits[Math.min(index, commits.length - 1)];
  return commit === undefined ? {} : { commit };
}

/** Fills in the steps and dates of a deploy that ended at `end` and returns when it ended. */
function addPhases(record: ServiceRecord, deploy: DeployRecord, ending: PastStatus, end: number): number {
  const kinds: PhaseKind[] = record.service.imagePath === undefined ? ["build"] : [];
  const { preDeployCommand } = record.service.serviceDetails.envSpecificDetails ?? {};
  if (preDeployCommand !== undefined) kinds.push("pre_deploy");
  kinds.push("update");
  const failing =
    ending === "live" ? undefined : ending === "canceled" ? kinds[0] : ending.replace("_failed", "");
  const done = failing === undefined ? kinds : kinds.slice(0, kinds.findIndex(kind => kind === failing) + 1);
  const lengths = done.map(kind => {
    const usual = record.durations?.[kind] ?? defaultDurations[kind];
    return Math.round(usual * (0.8 + pick(`${deploy.id}/${kind}`, 400) / 1000));
  });
  let at = end - lengths.reduce((sum, ms) => sum + ms, 0);
  setStart(deploy, at);
  deploy.phases = done.map((kind, index): PhaseRecord => {
    const startedAt = at;
    const plannedMs = lengths[index] ?? 0;
    at += plannedMs;
    const bad = ending === "canceled" ? "canceled" : "failed";
    return { kind, startedAt, plannedMs, endedAt: at, outcome: kind === failing ? bad : "succeeded" };
  });
  deploy.finishedAt = at;
  return at;
}

/**
 * When a deploy was asked for whose first step began at `start`. Render API: recorded from 0.4 s after its own
 * beginning, most of them by some milliseconds, to 46.6 s before it, those that waited.
 */
function setStart(deploy: DeployRecord, start: number): void {
  const waited = pick(`${deploy.id}/waited`, 8) === 0;
  const early = pick(`${deploy.id}/early`, 16) === 0 ? 400 : 9;
  deploy.createdAt = waited ? start - 200 - pick(`${deploy.id}/wait`, 46_400) : start;
  deploy.startedAt = waited ? start : start - pick(`${deploy.id}/ms`, early + 1);
}

/** Turns one deploy into the rollback that somebody made after a bad one. */
function rollBackOnce(seed: string, deploys: DeployRecord[]): void {
  const index = deploys.findIndex(
    (deploy, at) => at > 0 && deploys[at + 1]?.status === "update_failed" && deploy.finishedAt !== undefined,
  );
  const back = deploys[index];
  const target = deploys.slice(index + 2).find(({ status }) => status === "deactivated");
  if (index < 0 || back?.status !== "deactivated" || target === undefined || pick(`${seed}/back`, 2) === 0)
    return;
  back.trigger = "rollback";
  back.rollbackTo = target.id;
  back.phases = back.phases.filter(({ kind }) => kind !== "build");
  setStart(back, back.phases[0]?.startedAt ?? back.createdAt);
  if (target.commit !== undefined) back.commit = target.commit;
  if (target.image !== undefined) back.image = target.image;
}
