import { ApiError } from "./apiError";
import { parseImage } from "./imageReference";
import type { Quirks } from "./quirks";
import type { Service } from "./wire";

const triggers = ["commit", "checksPass", "off"];

/**
 * Applies the body of `PATCH /services/{serviceId}`. Fields the simulator does not model are accepted and ignored.
 *
 * @throws ApiError for a value that is not accepted; the service is unchanged then
 */
export function changeService(service: Service, body: Record<string, unknown>, quirks: Quirks): void {
  const changes: Partial<Service> = { ...autoDeploy(body, quirks) };
  for (const key of ["name", "rootDir", "branch", "repo"] as const) {
    const value = body[key];
    if (value === undefined) continue;
    if (typeof value !== "string") throw new ApiError(400, `invalid ${key}`);
    const needsGit = key === "branch" || key === "repo";
    if (needsGit && service.imagePath !== undefined)
      throw new ApiError(400, `${key} is for Git-backed services`);
    changes[key] = value;
  }
  const { image } = body;
  if (image !== undefined) changes.imagePath = imagePath(service, image);
  Object.assign(service, changes);
}

function autoDeploy(body: Record<string, unknown>, quirks: Quirks): Partial<Service> {
  const { autoDeploy: flag, autoDeployTrigger: trigger } = body;
  if (flag !== undefined && flag !== "yes" && flag !== "no") throw new ApiError(400, "invalid autoDeploy");
  if (trigger !== undefined && (typeof trigger !== "string" || !triggers.includes(trigger))) {
    throw new ApiError(400, "invalid autoDeployTrigger");
  }
  const triggerWins =
    trigger !== undefined && (flag === undefined || quirks.autoDeployWinner === "autoDeployTrigger");
  if (triggerWins) return { autoDeployTrigger: trigger, autoDeploy: trigger === "off" ? "no" : "yes" };
  if (flag === undefined) return {};
  return { autoDeploy: flag, autoDeployTrigger: flag === "yes" ? "commit" : "off" };
}

function imagePath(service: Service, image: unknown): string {
  if (service.imagePath === undefined) throw new ApiError(400, "image is for image-backed services");
  const isObject = typeof image === "object" && image !== null;
  const path = isObject && "imagePath" in image && typeof image.imagePath === "string" ? image.imagePath : "";
  const parsed = parseImage(path);
  if (parsed === undefined) throw new ApiError(400, "invalid image");
  return parsed.name + parsed.version;
}
