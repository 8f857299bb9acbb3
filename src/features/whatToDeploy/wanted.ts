import { parseCommitId } from "../../git/commitId.js";
import type { Commit } from "../../git/repository.js";
import type { Service } from "../../render/shapes.js";
import { isCronJob, sourceOf } from "../../services/serviceKind.js";
import { completeImage } from "./imageReference.js";
import type { DeployChoice } from "./plan.js";

/** What is to be deployed, as it can be written down for a service that is not known yet. */
export interface Wanted {
  /** "HEAD", "newest" (of the service's branch) or a SHA, which may be abbreviated. */
  readonly commit?: string;
  /** A tag, a digest or the whole image with one of them. */
  readonly image?: string;
  readonly clearCache: boolean;
  /** The last successful build once more. Excludes the others. */
  readonly redeploy: boolean;
}

/** Whether what HEAD is, or what a short SHA stands for, decides. */
export function readsGit({ commit, image, redeploy }: Wanted): boolean {
  return !redeploy && image === undefined && commit !== "newest";
}

/**
 * The choice that stands for it; undefined for what one click deploys. What the service does not take is chosen all the same:
 * `planDeploy` refuses it and says why.
 *
 * @param find the commit of an open clone that a SHA stands for
 */
export async function choiceFor(
  { commit, image, redeploy }: Wanted,
  service: Service,
  find: (commitId: string) => Promise<Commit | undefined>,
): Promise<DeployChoice | undefined> {
  if (redeploy) return { kind: "redeploy" };
  if (image !== undefined)
    return { kind: "image", imageUrl: completeImage(image, service.imagePath ?? "") ?? image };
  if (commit === undefined) return undefined;
  const isBuiltFromGit = sourceOf(service) === "git";
  if (commit === "newest" && isBuiltFromGit) return { kind: "newest" };
  if (commit === "HEAD" && isBuiltFromGit && !isCronJob(service)) return undefined;
  const id = parseCommitId(commit);
  const found = id !== undefined && isBuiltFromGit ? await find(id) : undefined;
  return { kind: "commit", commit: found ?? { id: commit } };
}
