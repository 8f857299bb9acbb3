import type { FastifyInstance } from "fastify";
import { ApiError } from "../apiError";
import { type Context, filtersOf } from "../context";
import { objectBody } from "../deployRequest";
import { among } from "../filters";
import { instancesOf } from "../instances";
import { page } from "../paging";
import { isRunning, type ServiceRecord } from "../records";
import { finish, serviceReply } from "../replies";
import { changeService } from "../serviceChange";
import { timestamp } from "../timestamps";

const types = ["static_site", "web_service", "private_service", "background_worker", "cron_job"];
const regions = ["frankfurt", "oregon", "ohio", "singapore", "virginia"];
const runtimes = ["docker", "elixir", "go", "node", "python", "ruby", "rust", "image"];

interface OfService {
  Params: { id: string };
}

/** Services and their instances: list, read, change, suspend, resume, restart. */
export function addServiceRoutes(app: FastifyInstance, context: Context): void {
  const find = (id: string): ServiceRecord => context.state.service(id, context.settings.quirks);

  app.get("/v1/services", request => {
    const filters = filtersOf(request, context);
    const names = filters.commaJoined("name");
    const asked = {
      types: filters.oneOf("type", types),
      runtimes: filters.oneOf("env", runtimes),
      regions: filters.oneOf("region", regions),
      suspended: filters.oneOf("suspended", ["suspended", "not_suspended"]),
      owners: filters.commaJoined("ownerId"),
      environments: filters.commaJoined("environmentId"),
    };
    const isCreatedThen = filters.range("created");
    const isUpdatedThen = filters.range("updated");
    const withPreviews = filters.flag("includePreviews", true);
    const visible = context.state.services.filter(({ service }) => context.state.isVisible(service));
    return page(filters.query, context.settings.quirks, visible, {
      name: "service",
      id: ({ service }) => service.id,
      at: ({ service }) => Date.parse(service.createdAt),
      matches: ({ service }) =>
        filters.hasName(service.name, names) &&
        among(asked.types, service.type) &&
        among(asked.runtimes, service.serviceDetails.runtime) &&
        among(asked.regions, service.serviceDetails.region) &&
        among(asked.suspended, service.suspended) &&
        among(asked.owners, service.ownerId) &&
        among(asked.environments, service.environmentId) &&
        (withPreviews || service.serviceDetails.parentServer === undefined) &&
        isCreatedThen(Date.parse(service.createdAt)) &&
        isUpdatedThen(Date.parse(service.updatedAt)),
      show: ({ service }) => serviceReply(service, context.settings.quirks),
    });
  });

  app.get<OfService>("/v1/services/:id", request =>
    serviceReply(find(request.params.id).service, context.settings.quirks),
  );

  app.get<OfService>("/v1/services/:id/instances", request =>
    instancesOf(find(request.params.id)).map(instance =>
      finish("instance", context.settings.quirks, instance),
    ),
  );

  app.patch<OfService>("/v1/services/:id", request => {
    const record = find(request.params.id);
    changeService(record.service, objectBody(request.body), context.settings.quirks);
    record.service.updatedAt = timestamp(context.clock.now());
    if (context.settings.quirks.patchDeploys) context.deploys.trigger(record, { trigger: "service_updated" });
    return serviceReply(record.service, context.settings.quirks);
  });

  app.post<OfService>("/v1/services/:id/suspend", (request, reply) => {
    const record = find(request.params.id);
    const { service } = record;
    if (service.suspended === "not_suspended") {
      note(record, "service_suspended", {});
      note(record, "suspender_added", { actor: "user", suspendedByUser: person() });
    }
    service.suspended = "suspended";
    if (!service.suspenders.includes("user")) service.suspenders.push("user");
    service.updatedAt = timestamp(context.clock.now());
    const running = record.deploys.find(isRunning);
    if (context.settings.quirks.suspendCancelsDeploy && running !== undefined) {
      context.deploys.cancel(record, running);
    }
    return reply.code(202).send();
  });

  app.post<OfService>("/v1/services/:id/resume", (request, reply) => {
    const record = find(request.params.id);
    const { service } = record;
    const { resumeForeignSuspender, resumeDeploys } = context.settings.quirks;
    const isForeign = service.suspenders.some(suspender => suspender !== "user");
    if (isForeign && resumeForeignSuspender !== "accept") {
      throw new ApiError(resumeForeignSuspender, "the service was not suspended by a user");
    }
    const wasSuspended = service.suspended === "suspended";
    service.suspended = "not_suspended";
    service.suspenders = [];
    service.updatedAt = timestamp(context.clock.now());
    if (wasSuspended) {
      record.restartedAt = context.clock.now();
      note(record, "service_resumed", {});
      note(record, "suspender_removed", { actor: "user", resumedByUser: person() });
      if (resumeDeploys) context.deploys.trigger(record, { trigger: "service_resumed", skipsBuild: true });
    }
    return reply.code(202).send();
  });

  app.post<OfService>("/v1/services/:id/restart", (request, reply) => {
    const record = find(request.params.id);
    if (record.service.type === "cron_job") throw new ApiError(400, "cron jobs cannot be restarted");
    note(record, "server_restarted", { triggeredByUser: person().id });
    if (context.settings.quirks.restartIsDeploy) {
      context.deploys.trigger(record, { trigger: "manual", skipsBuild: true });
    } else record.restartedAt = context.clock.now();
    return reply.code(200).send();
  });

  const note = (record: ServiceRecord, type: string, details: Record<string, unknown>): void => {
    context.state.happened(record, type, timestamp(context.clock.now()), details);
  };
  const person = (): { id: string; email: string } => context.state.person;
}
