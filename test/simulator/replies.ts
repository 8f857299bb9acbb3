import { without } from "../support/without";
import type { Quirks } from "./quirks";
import { type DeployRecord, isRunning } from "./records";
import { timestamp } from "./timestamps";
import type { Environment, Service } from "./wire";

/** A deploy as it is sent. */
export function deployReply(deploy: DeployRecord, quirks: Quirks): Record<string, unknown> {
  const { commit, image, finishedAt, startedAt } = deploy;
  return finish("deploy", quirks, {
    id: deploy.id,
    ...(commit !== undefined && { commit }),
    ...(commit === undefined && image !== undefined && quirks.commitNull && { commit: null }),
    ...(image !== undefined && { image }),
    status: shownStatus(deploy, quirks),
    trigger: quirks.unknownTrigger ?? deploy.trigger,
    ...(startedAt !== undefined && { startedAt: timestamp(startedAt) }),
    createdAt: timestamp(deploy.createdAt),
    updatedAt: timestamp(deploy.updatedAt),
    ...(finishedAt !== undefined && { finishedAt: timestamp(finishedAt) }),
    ...(finishedAt === undefined && quirks.finishedAtNull && { finishedAt: null }),
  });
}

/** The status a reader sees. */
export function shownStatus(deploy: DeployRecord, quirks: Quirks): string {
  if (!isRunning(deploy)) return deploy.status;
  return deploy.shownStatus ?? quirks.unknownStatus ?? deploy.status;
}

/** A service as it is sent. */
export function serviceReply(service: Service, quirks: Quirks): Record<string, unknown> {
  const { autoDeployTrigger, ...rest } = service;
  const trigger = autoDeployTrigger ?? (service.autoDeploy === "yes" ? "commit" : "off");
  return finish("service", quirks, {
    ...(quirks.serviceBodiesOf2023 ? asIn2023(rest) : rest),
    ...(!quirks.autoDeployTriggerAbsent && { autoDeployTrigger: trigger }),
  });
}

function asIn2023(service: Omit<Service, "autoDeployTrigger">): Record<string, unknown> {
  const { buildFilter = null, serviceDetails: details } = service;
  const parent = service.type === "cron_job" ? {} : { parentServer: details.parentServer ?? null };
  const serviceDetails = { ...without(details, "runtime"), ...parent };
  return { ...without(service, "dashboardUrl"), buildFilter, serviceDetails };
}

/** An environment as it is sent, with the services that are in it. */
export function environmentReply(
  environment: Environment,
  services: readonly Service[],
  quirks: Quirks,
): Record<string, unknown> {
  const { networkIsolationEnabled, databasesIds, redisIds, envGroupIds, ...rest } = environment;
  const ids = services.filter(service => service.environmentId === environment.id).map(({ id }) => id);
  const list = (values: string[]): string[] | null =>
    values.length === 0 && quirks.nullArrays ? null : values;
  return finish("environment", quirks, {
    ...rest,
    databasesIds: list(databasesIds),
    redisIds: list(redisIds),
    serviceIds: list(ids),
    envGroupIds: list(envGroupIds),
    ...(!quirks.networkIsolationMissing && { networkIsolationEnabled }),
  });
}

/** Leaves out and adds what the quirks say. `kind` is the object's name in {@link Quirks.missingOptionalFields}. */
export function finish(kind: string, quirks: Quirks, object: object): Record<string, unknown> {
  const fields = Object.entries(object).filter(
    ([key]) => !quirks.missingOptionalFields.includes(`${kind}.${key}`),
  );
  const extra = quirks.extraFields ? { futureField: { since: 2027, values: [1, null, "two"] } } : {};
  return { ...Object.fromEntries(fields), ...extra };
}
