import type { FollowedDeploy } from "./followedDeploy.js";
import { isUnsent } from "./followTexts.js";

/** What Cancel means of a deploy, before it is asked; `canCancel` where Render can. */
export function cancelDetail(followed: FollowedDeploy, canCancel: boolean): string {
  if (canCancel)
    return "Canceling ends it at Render, and what is live now keeps running. If you only stop watching, it goes on at Render.";
  if (isUnsent(followed))
    return "Nothing has been sent yet. If you stop watching, yours is not sent; auto-deploy may still deploy the commit.";
  return "Render cannot cancel it at this point. If you stop watching, it goes on at Render.";
}
