import { ApiError } from "./apiError";
import { type DeployWish, imageOf } from "./deployPlan";
import { parseImage } from "./imageReference";
import type { Quirks } from "./quirks";
import { type ServiceRecord, succeeded } from "./records";
import type { State } from "./state";
import { wholeSeconds } from "./timestamps";
import type { Commit } from "./wire";

/** @throws ApiError unless the body is a JSON object */
export function objectBody(body: unknown): Record<string, unknown> {
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return { ...body };
  throw new ApiError(400, "the body must be a JSON object");
}

/**
 * What the body of a deploy trigger asks for (Render API: trigger a deploy).
 *
 * @param now milliseconds since the Unix epoch
 * @throws ApiError when a rule is broken
 */
export function readDeployRequest(
  record: ServiceRecord,
  body: unknown,
  state: State,
  quirks: Quirks,
  now: number,
): DeployWish {
  if (body === undefined && quirks.missingBody !== "accept")
    throw new ApiError(quirks.missingBody, "body required");
  const { service } = record;
  const fields = objectBody(body ?? {});
  const clearCache = choice(fields, "clearCache", ["clear", "do_not_clear"]);
  const deployMode = choice(fields, "deployMode", ["build_and_deploy", "deploy_only"]);
  const commitId = text(fields, "commitId");
  const imageUrl = text(fields, "imageUrl");
  // Render API: the newer client calls it `buildId`.
  const buildId = text(fields, "buildId") ?? text(fields, "artifactId");

  const excludes = deployMode === "deploy_only" || quirks.deployModeExclusive === "always";
  if (deployMode !== undefined && excludes && (commitId ?? imageUrl ?? clearCache) !== undefined) {
    throw new ApiError(400, "deployMode cannot be combined with commitId, imageUrl or clearCache");
  }
  if (buildId !== undefined) {
    throw new ApiError(
      400,
      (commitId ?? imageUrl ?? deployMode) === undefined
        ? "the service has no build source"
        : "buildId cannot be combined with commitId, imageUrl or deployMode",
    );
  }
  if (service.suspended === "suspended" && quirks.suspendedDeploy !== "accept") {
    throw new ApiError(quirks.suspendedDeploy, "the service is suspended");
  }
  if (quirks.protectedDeploy !== "accept" && state.isProtected(service)) {
    throw new ApiError(quirks.protectedDeploy, "the environment is protected");
  }

  const wish: DeployWish = { trigger: "api", clearCache: clearCache === "clear" };
  if (deployMode === "deploy_only") {
    if (!canSkipBuild(record) && quirks.deployOnlyWithoutBuild !== "accept") {
      throw new ApiError(quirks.deployOnlyWithoutBuild, "there is no build to deploy");
    }
    wish.skipsBuild = true;
    const built = record.deploys.find(succeeded)?.commit;
    if (built !== undefined) wish.commit = built;
  }
  if (commitId !== undefined) {
    const commit = pinned(record, commitId, state, quirks, now);
    if (commit !== undefined) wish.commit = commit;
  }
  if (imageUrl !== undefined) {
    const ref = chosenImage(record, imageUrl, quirks);
    if (ref !== undefined) wish.image = imageOf(service, ref);
  }
  return wish;
}

function canSkipBuild({ service, deploys }: ServiceRecord): boolean {
  const builds =
    service.imagePath === undefined && service.type !== "static_site" && service.type !== "cron_job";
  return builds && deploys.some(succeeded);
}

function pinned(
  { service }: ServiceRecord,
  commitId: string,
  state: State,
  quirks: Quirks,
  now: number,
): Commit | undefined {
  if (service.type === "cron_job") throw new ApiError(400, "commitId is not supported for cron jobs");
  if (service.imagePath !== undefined) {
    if (quirks.pinnedCommitOnImage === "ignore") return undefined;
    throw new ApiError(quirks.pinnedCommitOnImage, "commitId is not supported for image-backed services");
  }
  const isSha256 = /^[0-9a-f]{64}$/.test(commitId);
  if (isSha256 && quirks.sha256Commit !== "accept")
    throw new ApiError(quirks.sha256Commit, `invalid commitId: ${commitId}`);
  if (isSha256 || /^[0-9a-f]{40}$/.test(commitId)) {
    const known = state.commit(commitId);
    if (known !== undefined) return known;
    if (quirks.unknownCommit !== "accept")
      throw new ApiError(quirks.unknownCommit, `no such commit: ${commitId}`);
    return { id: commitId, message: `Commit ${commitId.slice(0, 7)}`, createdAt: wholeSeconds(now) };
  }
  const short = /^[0-9a-f]{7,39}$/.test(commitId) && quirks.acceptsShortSha;
  const found = short ? state.commitStarting(commitId) : undefined;
  if (found === undefined) throw new ApiError(400, `invalid commitId: ${commitId}`);
  return found;
}

function chosenImage({ service }: ServiceRecord, imageUrl: string, quirks: Quirks): string | undefined {
  if (service.imagePath === undefined) {
    if (quirks.imageUrlOnGit === "ignore") return undefined;
    throw new ApiError(quirks.imageUrlOnGit, "imageUrl is for image-backed services");
  }
  const asked = parseImage(imageUrl);
  if (asked === undefined) throw new ApiError(400, `invalid imageUrl: ${imageUrl}`);
  if (asked.name !== parseImage(service.imagePath)?.name) {
    throw new ApiError(400, "host, repository and image name must match the service's image");
  }
  return asked.name + asked.version;
}

function text(fields: Record<string, unknown>, key: string): string | undefined {
  const value = fields[key];
  if (value === undefined || typeof value === "string") return value;
  throw new ApiError(400, `invalid ${key}`);
}

function choice(
  fields: Record<string, unknown>,
  key: string,
  allowed: readonly string[],
): string | undefined {
  const value = text(fields, key);
  if (value !== undefined && !allowed.includes(value)) throw new ApiError(400, `invalid ${key}: ${value}`);
  return value;
}
