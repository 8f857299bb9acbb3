import { parseCommitId } from "../../git/commitId.js";
import type { DeployOrder } from "./followedDeploy.js";
import { imageName } from "../whatToDeploy/imageReference.js";

/** A text that two orders share if they ask for the same of the same service, in whatever words they name it. */
export function orderKey({
  service,
  body,
  rollbackTo,
}: Pick<DeployOrder, "service" | "body" | "rollbackTo">): string {
  const { commitId, imageUrl, clearCache, deployMode } = body;
  const commit = commitId && (parseCommitId(commitId) ?? commitId);
  const image = imageUrl && imageName(imageUrl);
  return JSON.stringify([service.id, commit, image, clearCache, deployMode, rollbackTo?.id]);
}
