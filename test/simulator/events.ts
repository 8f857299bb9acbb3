import { makeId } from "./ids";
import type { DeployRecord, Outcome, PhaseRecord, ServiceRecord } from "./records";
import { timestamp } from "./timestamps";
import type { Service, ServiceEvent } from "./wire";

/** The number Render gives beside an outcome. Only 2 for success is known; the others stand for it. */
const numbers: Record<Outcome, number> = { succeeded: 2, failed: 3, canceled: 4 };

interface User {
  id: string;
  email: string;
}

/** All events of a service, oldest first: those of its deploys, worked out from what the deploys did, and the others. */
export function eventsOf(record: ServiceRecord, user: User): ServiceEvent[] {
  const { service, deploys, happenings } = record;
  return [
    ...deploys.toReversed().flatMap(deploy => rememberedEvents(service, deploy, user)),
    ...happenings,
  ].toSorted((a, b) => Date.parse(a.timestamp) - Date.parse(b.timestamp));
}

/** What a finished deploy did does not change, and there are hundreds of them. */
const remembered = new WeakMap<DeployRecord, ServiceEvent[]>();

function rememberedEvents(service: Service, deploy: DeployRecord, user: User): ServiceEvent[] {
  const events = remembered.get(deploy) ?? eventsOfDeploy(service, deploy, user);
  if (deploy.finishedAt !== undefined) remembered.set(deploy, events);
  return events;
}

function eventsOfDeploy(service: Service, deploy: DeployRecord, user: User): ServiceEvent[] {
  const events: ServiceEvent[] = [];
  const add = (type: string, at: number, details: ServiceEvent["details"]): void => {
    const id = makeId("evt", `${deploy.id}/${type}`);
    events.push({ id, timestamp: timestamp(at), serviceId: service.id, type, details });
  };
  const { startedAt, finishedAt } = deploy;
  if (startedAt !== undefined)
    add("deploy_started", startedAt, { deployId: deploy.id, trigger: triggerOf(deploy, user) });
  for (const phase of deploy.phases) addPhase(deploy, phase, user, add);
  if (deploy.pullFailed === true && finishedAt !== undefined) {
    const imageURL = deploy.image?.ref ?? "";
    add("image_pull_failed", finishedAt, { message: `cannot pull ${imageURL}: not found`, imageURL });
  }
  if (deploy.minutesUsedUp === true && finishedAt !== undefined) {
    const details = { buildId: buildId(deploy), trigger: triggerOf(deploy, user) };
    add("pipeline_minutes_exhausted", finishedAt, details);
  }
  if (finishedAt !== undefined) {
    const outcome = outcomeOf(deploy);
    add("deploy_ended", finishedAt, {
      deployId: deploy.id,
      deployStatus: outcome,
      status: numbers[outcome],
      reason: reasonOf(deploy),
    });
  }
  return events;
}

function addPhase(
  deploy: DeployRecord,
  phase: PhaseRecord,
  user: User,
  add: (type: string, at: number, details: ServiceEvent["details"]) => void,
): void {
  const isBuild = phase.kind === "build";
  if (phase.kind === "update") return;
  const id = isBuild
    ? { buildId: buildId(deploy) }
    : { deployId: deploy.id, deployCommandExecutionId: makeId("dce", deploy.id) };
  const name = isBuild ? "build" : "pre_deploy";
  add(`${name}_started`, phase.startedAt, isBuild ? { ...id, trigger: triggerOf(deploy, user) } : id);
  if (phase.endedAt === undefined || phase.outcome === undefined) return;
  add(`${name}_ended`, phase.endedAt, {
    ...id,
    [isBuild ? "buildStatus" : "preDeployStatus"]: phase.outcome,
    status: numbers[phase.outcome],
    reason:
      phase.outcome === "failed" ? { failure: deploy.failure ?? { evicted: false } } : superseded(deploy),
  });
}

function outcomeOf(deploy: DeployRecord): Outcome {
  if (deploy.status === "canceled") return "canceled";
  return deploy.status.endsWith("_failed") ? "failed" : "succeeded";
}

function reasonOf(deploy: DeployRecord): Record<string, unknown> {
  switch (deploy.status) {
    case "build_failed":
      return { buildFailed: { id: buildId(deploy) } };
    case "pre_deploy_failed":
    case "update_failed":
      return { failure: deploy.failure ?? { evicted: false } };
    default:
      return superseded(deploy);
  }
}

function superseded({ supersededBy }: DeployRecord): Record<string, unknown> {
  return supersededBy === undefined ? {} : { newDeploy: { id: supersededBy } };
}

function buildId(deploy: DeployRecord): string {
  return makeId("bld", deploy.id);
}

function triggerOf(deploy: DeployRecord, user: User): Record<string, unknown> {
  const { trigger } = deploy;
  // As recorded: nobody is said to have asked for a service's very first deploy.
  const isAsked = !deploy.first && (trigger === "manual" || trigger === "api");
  const byPerson = isAsked || trigger === "rollback";
  return {
    firstBuild: deploy.first,
    envUpdated: trigger === "service_updated",
    manual: isAsked,
    deployedByRender: trigger === "deployed_by_render",
    clearCache: deploy.clearCache,
    rollback: trigger === "rollback",
    ...(byPerson && { user }),
    ...(trigger === "new_commit" && deploy.commit !== undefined && { newCommit: deploy.commit.id }),
    ...(deploy.rollbackTo !== undefined && { rollbackTargetDeployId: deploy.rollbackTo }),
  };
}
