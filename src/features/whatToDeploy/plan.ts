import {
  headFor,
  type Commit,
  type GitReading,
  type HeadReading,
  type NoHead,
  type RepositorySnapshot,
} from "../../git/repository.js";
import { isFullCommitId, parseCommitId } from "../../git/commitId.js";
import type { TriggerBody } from "../../render/client.js";
import type { Service } from "../../render/shapes.js";
import { isCronJob, sourceOf } from "../../services/serviceKind.js";
import { asConfigured } from "./imageReference.js";

/** What a person wants to be deployed. */
export type DeployChoice =
  /** One commit; `repository` is set when it is HEAD of an open repository. */
  | { readonly kind: "commit"; readonly commit: Commit; readonly head?: RepositorySnapshot }
  /** The newest commit of the service's branch, whatever it is when Render looks. */
  | { readonly kind: "newest" }
  /** The configured image, or the same image with another tag or digest. */
  | { readonly kind: "image"; readonly imageUrl?: string }
  /** The last successful build once more, without building. */
  | { readonly kind: "redeploy" };

/** Why a choice cannot be sent. Each has a sentence in `messages.ts`. */
export type PlanRefusal =
  "cronJobCommit" | "notBuiltFromGit" | "notBuiltFromImage" | "otherImage" | "badCommitId";

export type DeployPlan =
  { readonly ok: true; readonly body: TriggerBody } | { readonly ok: false; readonly why: PlanRefusal };

/**
 * The body for `POST /services/{serviceId}/deploys`, or why there is none.
 *
 * Render's rules: no `commitId` for cron jobs; `imageUrl` only for image-backed services and only with another tag or
 * digest, so the rest of it is sent as it is configured; `deployMode` excludes every other field. Where the rules allow a field but it would say nothing, it is left
 * out, so that Render's defaults hold.
 */
export function planDeploy(service: Service, choice: DeployChoice, clearCache: boolean): DeployPlan {
  const cache = clearCache && canClearCache(service, choice) ? ({ clearCache: "clear" } as const) : {};
  switch (choice.kind) {
    case "redeploy":
      return { ok: true, body: { deployMode: "deploy_only" } };
    case "newest":
      return { ok: true, body: cache };
    case "image": {
      if (service.imagePath === undefined) return { ok: false, why: "notBuiltFromImage" };
      if (choice.imageUrl === undefined) return { ok: true, body: {} };
      const imageUrl = asConfigured(choice.imageUrl, service.imagePath);
      return imageUrl === undefined ? { ok: false, why: "otherImage" } : { ok: true, body: { imageUrl } };
    }
    case "commit": {
      if (sourceOf(service) !== "git") return { ok: false, why: "notBuiltFromGit" };
      if (isCronJob(service)) return { ok: false, why: "cronJobCommit" };
      const commitId = parseCommitId(choice.commit.id);
      if (commitId === undefined || !isFullCommitId(commitId)) return { ok: false, why: "badCommitId" };
      return { ok: true, body: { commitId, ...cache } };
    }
  }
}

/** Whether a build happens at all, so that clearing its cache has a meaning. */
export function canClearCache(service: Service, choice: DeployChoice): boolean {
  return sourceOf(service) !== "image" && (choice.kind === "newest" || choice.kind === "commit");
}

/** What one click deploys, and what a person is told when it is not the HEAD they look at. */
export type DefaultChoice =
  | {
      readonly kind: "chosen";
      readonly choice: DeployChoice;
      readonly noHead?: NoHead;
    }
  | { readonly kind: "askRepository"; readonly repositories: readonly RepositorySnapshot[] };

/**
 * HEAD wherever Render takes a commit and a clone of the service's repository is open here; otherwise what Render
 * itself would take, together with the reason. Cron jobs and services without Git have no reason to give: they never
 * take a commit.
 */
export function defaultChoice(service: Service, git: GitReading): DefaultChoice {
  if (sourceOf(service) === "image") return { kind: "chosen", choice: { kind: "image" } };
  if (service.repo === undefined || isCronJob(service)) return { kind: "chosen", choice: { kind: "newest" } };
  const reading = headFor(service.repo, git);
  switch (reading.kind) {
    case "head":
      return { kind: "chosen", choice: headChoice(reading) };
    case "several":
      return { kind: "askRepository", repositories: reading.repositories };
    case "none":
      return { kind: "chosen", choice: { kind: "newest" }, noHead: reading };
  }
}

/** The choice that stands for HEAD of an open repository. */
export function headChoice(reading: Extract<HeadReading, { kind: "head" }>): DeployChoice {
  return { kind: "commit", commit: reading.head, head: reading.repository };
}
