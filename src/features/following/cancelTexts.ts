/** What a person reads when they cancel a deploy. */
import { viewOf } from "../../services/deployStatus.js";
import { plainName } from "../../text/plainText.js";
import { isUnsent, type FollowedDeploy } from "./followedDeploy.js";
import type { Explanation } from "../../text/explanation.js";

export const cancelButton = "Cancel Deploy";
export const stopWatchingButton = "Stop Watching";

/** The question whether to cancel. */
export function cancelQuestion(serviceName: string): string {
  return `Cancel the deploy of ${plainName(serviceName)}?`;
}

/** What Cancel means of a deploy that is not followed here. */
export const cancelDetail = "It ends at Render, and what is live now keeps running.";

/** What Cancel and Stop Watching mean of a deploy that is followed here; `canCancel` where Render can. */
export function leaveDetail(followed: FollowedDeploy, canCancel: boolean): string {
  if (canCancel)
    return "Canceling ends it at Render, and what is live now keeps running. If you only stop watching, it goes on at Render.";
  if (isUnsent(followed))
    return "Nothing has been sent yet. If you stop watching, yours is not sent; auto-deploy may still deploy the commit.";
  return "Render cannot cancel it at this point. If you stop watching, it goes on at Render.";
}

/** When it is canceled. */
export function canceledText(serviceName: string): Explanation {
  return { text: `The deploy of ${plainName(serviceName)} was canceled.`, remedies: [] };
}

/** When it had ended before that. @param status of the deploy */
export function tooLateText(serviceName: string, status: string): Explanation {
  const state = viewOf(status).label.toLowerCase();
  return {
    text: `The deploy of ${plainName(serviceName)} had ended before it could be canceled: ${state}.`,
    remedies: ["openDashboard"],
  };
}

/** To follow "Could not". */
export function cancelDoing(serviceName: string): string {
  return `cancel the deploy of ${plainName(serviceName)}`;
}

/** When a deploy is to be picked and none that was started here runs. */
export const nothingToCancel: Explanation = {
  text: "No deploy started here is running. Deploys of others are canceled from their row in the Render view.",
  remedies: [],
};

/** Above the list of deploys to cancel, and in its box. */
export const cancelPick = { title: "Render: Cancel Deploy", placeHolder: "Choose the deploy to cancel" };
