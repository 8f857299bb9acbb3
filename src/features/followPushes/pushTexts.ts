/** What a person reads when a push made no deploy. */
import type { Push } from "../../git/push.js";
import type { Explanation } from "../../text/explanation.js";
import { fewListed } from "../../text/listText.js";
import { plainText, shortSha, plainName } from "../../text/plainText.js";
import type { NoDeployReason, Undeployed } from "./pushWatch.js";

/** Who asked for the deploy that a push started. */
export const askedByPush = "Render's auto-deploy, after your push";

/** Names of services in a message at most; the rest is counted. */
const mostNames = 5;

/** Says of all services at once why a push made no deploy; those of one reason together. */
export function undeployedNotice(push: Push, undeployed: readonly Undeployed[]): Explanation {
  const byReason = new Map<string, string[]>();
  for (const { service, reason } of undeployed) {
    const why = reasonText(reason, shortSha(push.commit.id));
    byReason.set(why, [...(byReason.get(why) ?? []), plainName(service.name)]);
  }
  const sentences = [...byReason].map(([why, names]) => `${fewListed(names, mostNames)}: ${why}`);
  const deploy = "Deploy if you want it all the same.";
  return {
    text: `Your push started no deploy of ${[...sentences, deploy].join(" ")}`,
    remedies: ["deploy", "openDashboard"],
  };
}

function reasonText(reason: NoDeployReason, commit: string): string {
  switch (reason.kind) {
    case "skipPhrase":
      return `the message of ${commit} says ${plainText(reason.phrase, 40)}, so Render ignored it.`;
    case "outsideBuildFilter":
      return reason.files === 1
        ? "the changed file lies outside the build filter, so Render ignored it."
        : `all ${reason.files} changed files lie outside the build filter, so Render ignored them.`;
    case "outsideRootDirectory":
      return reason.files === 1
        ? `the changed file lies outside the root directory ${plainName(reason.rootDir)}, so Render ignored it.`
        : `all ${reason.files} changed files lie outside the root directory ${plainName(reason.rootDir)}, so Render ignored them.`;
    case "ignored":
      return `Render ignored ${commit} and does not say why.`;
    case "checks":
      return `the checks of ${commit} are still pending, failed, or there are none, and Render waits for them.`;
    case "notStarted":
      return `auto-deploy is on, but no automatic deploy of ${commit} began in time.`;
  }
}

/** In the output, when it is not known what a push made of a service. */
export function pushUnreadLine(serviceName: string, details: string): string {
  return `What the push started of ${plainName(serviceName)} could not be read: ${details}`;
}
