import { makeId } from "./ids";
import type { ServiceRecord } from "./records";
import { timestamp } from "./timestamps";
import type { Instance } from "./wire";

/**
 * The instances that run a service now: those of its live deploy, others after each restart. A suspended service has
 * none, nor has one without a live deploy, a cron job (it runs only now and then) or a static site (only files).
 */
export function instancesOf({ service, deploys, restartedAt }: ServiceRecord): Instance[] {
  const live = deploys.find(({ status }) => status === "live");
  const isIdle = service.suspended === "suspended" || ["cron_job", "static_site"].includes(service.type);
  if (live === undefined || isIdle) return [];
  const since = Math.max(live.finishedAt ?? live.createdAt, restartedAt ?? 0);
  return Array.from({ length: service.serviceDetails.numInstances ?? 1 }, (_, index) => ({
    id: `${service.id}-${makeId("", `${service.id}/${live.id}/${since}/${index}`).slice(-5)}`,
    createdAt: timestamp(since),
  }));
}
