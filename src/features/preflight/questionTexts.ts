/** The words of the one question before a deploy, besides what was found: see `findingTexts.ts`. */
import { commitsText } from "../../git/gitTexts.js";
import type { Service } from "../../render/shapes.js";
import { typeView } from "../../services/serviceKind.js";
import { plainName, shortSha } from "../../text/plainText.js";
import { choiceText } from "../whatToDeploy/choiceTexts.js";
import type { DeployChoice } from "../whatToDeploy/plan.js";
import type { OwnRemedy } from "./question.js";

/** "Deploy a1b2c3d Cache port lookups (main) to harbor-api?" */
export function questionText(service: Service, choice: DeployChoice): string {
  return `Deploy ${choiceText(service, choice)} to ${plainName(service.name)}?`;
}

/** Where it goes. @param place as `placeText` says it */
export function whereText(service: Service, place: string): string {
  return `${typeView(service.type).label} in ${place}`;
}

/** What becomes of the build cache. */
export const cacheTexts = {
  cleared: "The build cache is cleared first.",
  unlessAutomatic:
    "The build cache is cleared first, unless the automatic deploy is followed instead, which keeps it.",
} as const;

/** How far the commit is from what is live. @param live its full SHA */
export function aheadText(by: number, live: string): string {
  return `${commitsText(by)} ahead of ${shortSha(live)}, which is live.`;
}

/** The button that deploys, by whether something grave was found. */
export const deployButtons = { usual: "Deploy", grave: "Deploy Anyway" } as const;

/** The buttons of what only this question offers. */
export const ownRemedyTitles: Record<OwnRemedy, string> = {
  pushAndDeploy: "Push and Deploy",
  followAutomatic: "Follow the Automatic Deploy",
  followRunning: "Follow That Deploy",
  showShip: "Show What Will Ship",
  fetch: "Fetch",
  pull: "Pull",
  commit: "Commit…",
  switchBranch: "Switch Branch…",
};

/** The button behind which the other ways on are. */
export const moreButton = "More…";

/** The button that opens the question once more, after something else was looked at. */
export const resumeButton = "Deploy…";
