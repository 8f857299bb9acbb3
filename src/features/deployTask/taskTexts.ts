/** What a person reads of tasks that deploy, and in their terminals. */
import type { Explanation } from "../../text/explanation.js";
import { plainName } from "../../text/plainText.js";
import type { Place } from "../../services/place.js";
import { placeText } from "../../services/serviceTexts.js";
import type { FollowedDeploy } from "../following/followedDeploy.js";

/** What VS Code writes before the names of the tasks. */
export const taskSource = "render";

/** The name of the task that deploys a service. */
export function taskName(serviceName: string): string {
  return `Deploy ${plainName(serviceName)}`;
}

/** The name of the one that only watches a deploy. */
export function watchName({ order }: FollowedDeploy): string {
  return `Watch ${plainName(order.service.name)}`;
}

/** Below the name of a task: where it deploys to. */
export function taskDetail(place: Place): string {
  return placeText(place);
}

/** When the person left. */
export const notSent = "Nothing was sent, as the question was left.";

/** When something else ended it before anything was sent. */
export function nothingSent(why: string): string {
  return `${why} Nothing was sent.`;
}

/** When the name of a service stands for none, or for more than one. */
export function noServiceText(named: string): string {
  return `This API key sees no service with the name or the ID "${plainName(named)}". Set "service" to a name in the Render view, or to the ID that "Copy ID" gives there.`;
}
export function severalServicesText(named: string, count: number): string {
  return `${count} services are called "${plainName(named)}". Set "service" to the ID of the one that is meant: "Copy ID" in the Render view gives it.`;
}

/** To follow "Could not". */
export const taskDoing = "run the task";

/** After a task that does not wait. */
export const acceptedText =
  "Render has accepted the deploy. It goes on, and its end is told in a notification.";

/** Where a deploy goes on as one that was asked for before. */
export const joinedText = "It was asked for in another way too, and goes on as one.";

/** What ending the task means while the deploy runs. */
export const endedDetail =
  "Its terminal has ended. Canceling ends the deploy at Render too, and what is live now keeps running. Otherwise it goes on, and its end is told in a notification.";
export const interruptedDetail =
  "Canceling ends the deploy at Render, and what is live now keeps running. Otherwise it goes on.";
export const goOnButton = "Keep Deploying";

/** When Ctrl+C comes before Render has something to cancel. */
export const notCancelable = "Render cannot cancel it at this point. It goes on.";

/** The time of a line: "14:02:11". @param at in milliseconds since the epoch */
export function timeText(at: number): string {
  return new Date(at).toTimeString().slice(0, 8);
}

/** Above the list of deploys to watch, and in its box. */
export const watchPick = { title: "Render: Watch in Terminal", placeHolder: "Choose the deploy to watch" };

/** When there is none. */
export const nothingToWatch: Explanation = {
  text: "No deploy started here is running. Deploys of others are watched from their row in the Render view.",
  remedies: [],
};

/** When it ended while the list was open. */
export const watchedEnded: Explanation = {
  text: "That deploy has ended meanwhile. The output tells how.",
  remedies: ["showOutput"],
};

/** In Restricted Mode VS Code runs no tasks. */
export const watchUntrusted: Explanation = {
  text: "This workspace is in Restricted Mode, in which VS Code runs no tasks. The deploy is followed all the same: its notification tells how it ends.",
  remedies: ["manageTrust"],
};
