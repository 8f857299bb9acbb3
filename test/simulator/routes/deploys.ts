import type { FastifyInstance } from "fastify";
import { ApiError } from "../apiError";
import { type Context, filtersOf } from "../context";
import { objectBody, readDeployRequest } from "../deployRequest";
import type { DeployWish } from "../deployPlan";
import { among } from "../filters";
import { page } from "../paging";
import { type DeployRecord, isRunning, type ServiceRecord, succeeded } from "../records";
import { deployReply, shownStatus } from "../replies";

const statuses = [
  "created",
  "queued",
  "build_in_progress",
  "update_in_progress",
  "live",
  "deactivated",
  "build_failed",
  "update_failed",
  "canceled",
  "pre_deploy_in_progress",
  "pre_deploy_failed",
];

interface OfService {
  Params: { id: string };
}

interface OfDeploy {
  Params: { id: string; deployId: string };
}

/** Deploys: list, read, trigger, cancel, roll back. */
export function addDeployRoutes(app: FastifyInstance, context: Context): void {
  const find = (id: string): ServiceRecord => context.state.service(id, context.settings.quirks);
  const found = (record: ServiceRecord): DeployRecord[] => {
    const { quirks, speed } = context.settings;
    const since = context.clock.now() - quirks.newDeployHiddenMs / speed;
    return record.deploys.filter(({ createdAt }) => createdAt <= since);
  };
  const show = (deploy: DeployRecord): unknown => deployReply(deploy, context.settings.quirks);

  app.get<OfService>("/v1/services/:id/deploys", request => {
    const filters = filtersOf(request, context);
    const record = find(request.params.id);
    const asked = filters.repeated("status", statuses);
    const isCreatedThen = filters.range("created");
    const isUpdatedThen = filters.range("updated");
    const isFinishedThen = filters.range("finished");
    return page(filters.query, context.settings.quirks, found(record), {
      name: "deploy",
      id: deploy => deploy.id,
      at: deploy => deploy.createdAt,
      matches: deploy =>
        among(asked, shownStatus(deploy, context.settings.quirks)) &&
        isCreatedThen(deploy.createdAt) &&
        isUpdatedThen(deploy.updatedAt) &&
        isFinishedThen(deploy.finishedAt),
      show,
    });
  });

  app.get<OfDeploy>("/v1/services/:id/deploys/:deployId", request => {
    const record = find(request.params.id);
    return show(context.state.deploy({ ...record, deploys: found(record) }, request.params.deployId));
  });

  app.post<OfService>("/v1/services/:id/deploys", (request, reply) => {
    const record = find(request.params.id);
    const { state, settings, clock } = context;
    const wish = readDeployRequest(record, request.body, state, settings.quirks, clock.now());
    const { deploy, isQueued } = context.deploys.trigger(record, wish);
    return isQueued ? reply.code(202).send() : reply.code(201).send(show(deploy));
  });

  app.post<OfDeploy>("/v1/services/:id/deploys/:deployId/cancel", request => {
    const record = find(request.params.id);
    const deploy = context.state.deploy(record, request.params.deployId);
    const { cancelCron, cancelQueued, cancelEnded } = context.settings.quirks;
    if (record.service.type === "cron_job") throw new ApiError(cancelCron, "not supported for cron jobs");
    if (deploy.status === "queued" && cancelQueued !== "accept") {
      throw new ApiError(cancelQueued, "the deploy has not begun");
    }
    if (deploy.status !== "queued" && !isRunning(deploy))
      throw new ApiError(cancelEnded, "the deploy has ended");
    context.deploys.cancel(record, deploy);
    return show(deploy);
  });

  app.post<OfService>("/v1/services/:id/rollback", (request, reply) => {
    const record = find(request.params.id);
    const { deploy } = context.deploys.trigger(
      record,
      rollbackWish(record, objectBody(request.body), context),
    );
    return reply.code(201).send(show(deploy));
  });
}

function rollbackWish(record: ServiceRecord, body: Record<string, unknown>, context: Context): DeployWish {
  const { quirks } = context.settings;
  const { deployId } = body;
  if (typeof deployId !== "string") throw new ApiError(400, "deployId is required");
  if (record.service.type === "cron_job" && quirks.rollbackCron !== "accept") {
    throw new ApiError(quirks.rollbackCron, "not supported for cron jobs");
  }
  if (record.service.suspended === "suspended" && quirks.suspendedDeploy !== "accept") {
    throw new ApiError(quirks.rollbackRefused, "the service is suspended");
  }
  const retained = record.deploys.filter(succeeded).slice(0, quirks.retainedBuilds);
  const target = retained.find(({ id }) => id === deployId);
  if (target === undefined) throw new ApiError(quirks.rollbackRefused, `cannot roll back to ${deployId}`);
  if (target.status === "live" && quirks.rollbackToLive !== "accept") {
    throw new ApiError(quirks.rollbackToLive, "the deploy is live");
  }
  return {
    trigger: "rollback",
    rollbackTo: target.id,
    skipsBuild: true,
    ...(target.commit !== undefined && { commit: target.commit }),
    ...(target.image !== undefined && { image: target.image }),
  };
}
