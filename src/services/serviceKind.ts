import { plainText } from "../text/plainText.js";
import type { Service } from "../render/shapes.js";
import { typeTexts } from "./serviceTexts.js";

/** Where a service's deploys come from. `other`: a kind that this version does not know. */
export type ServiceSource = "git" | "image" | "other";

/** Render API, "Retrieve service": `imagePath` stands for an image-backed service, `repo` for a Git-backed one. */
export function sourceOf(service: Service): ServiceSource {
  if (service.imagePath !== undefined) return "image";
  return service.repo === undefined ? "other" : "git";
}

interface TypeView {
  readonly label: string;
  /** A codicon name without `$()`. */
  readonly icon: string;
}

const icons = new Map([
  ["web_service", "globe"],
  ["private_service", "lock"],
  ["background_worker", "server-process"],
  ["cron_job", "watch"],
  ["static_site", "browser"],
]);

/** The name and the icon of a service's type, as Render's Dashboard calls it; an unknown type keeps its own name. */
export function typeView(type: string): TypeView {
  const label = typeTexts.get(type) ?? plainText(type.replaceAll("_", " "), 40);
  return { label, icon: icons.get(type) ?? "package" };
}

/**
 * Whether the service runs in instances that can be restarted: cron jobs run by their schedule and cannot be (Render
 * API, "Restart service"), and of the other types only these have instances (Render API, "Retrieve service").
 */
export function hasInstances({ type }: Pick<Service, "type">): boolean {
  return ["web_service", "private_service", "background_worker"].includes(type);
}

export function isCronJob(service: Pick<Service, "type">): boolean {
  return service.type === "cron_job";
}

/**
 * The root directory as `services/api`; empty for the root of the repository, and where it is not known. People enter
 * `./services/api/` too.
 */
export function rootOf({ rootDir = "" }: Pick<Service, "rootDir">): string {
  // Most are entered as they are meant.
  if (/^(?:[^./][^/]*(?:\/[^./][^/]*)*)?$/u.test(rootDir)) return rootDir;
  return rootDir
    .split("/")
    .filter(part => part !== "" && part !== ".")
    .join("/");
}

/** Whether the service has an address that a browser can open; private services give "host:port". */
export function hasSite({ url = "" }: Pick<Service, "url">): boolean {
  return /^https?:\/\//u.test(url);
}

/** Whether Render can cancel deploys of the service (Render API, "Cancel deploy": not those of cron jobs). */
export function takesCancel(service: Pick<Service, "type">): boolean {
  return !isCronJob(service);
}
