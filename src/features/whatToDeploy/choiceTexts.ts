import type { Service } from "../../render/shapes.js";
import type { Explanation } from "../../text/explanation.js";
import { subjectOf, shortSha, plainText, plainName } from "../../text/plainText.js";
import type { DeployChoice, PlanRefusal } from "./plan.js";

const refusals: Record<PlanRefusal, string> = {
  cronJobCommit:
    "Render does not take a commit for cron jobs. Deploy the newest commit of its branch instead.",
  notBuiltFromGit:
    "This service is not built from Git, so it has no commit to deploy. Choose an image or the last build.",
  notBuiltFromImage: "This service is built from Git, so it has no image to choose. Choose a commit instead.",
  otherImage:
    "Only the tag or the digest can change: host, repository and image name must stay as configured on Render.",
  badCommitId:
    "That is not a commit: a full SHA has 40 hexadecimal digits, or 64. Pick one from the history or paste the whole SHA.",
};

/** Why a choice is not sent. */
export function refusalText(why: PlanRefusal): string {
  return refusals[why];
}

/** When it cannot be told which commit of a file is meant. */
export const noFileCommits: Explanation = {
  text: "No commit of this file could be read. Choose what to deploy in another way.",
  remedies: ["chooseOther"],
};

/** What a choice deploys, to follow "Deploy": "a1b2c3d Cache port lookups (main)". */
export function choiceText(service: Service, choice: DeployChoice): string {
  switch (choice.kind) {
    case "commit": {
      const subject = subjectOf(choice.commit.message);
      const branch = choice.head?.branch;
      return [shortSha(choice.commit.id), subject, branch === undefined ? "" : `(${plainName(branch)})`]
        .filter(part => part !== "")
        .join(" ");
    }
    case "newest":
      return service.branch === undefined
        ? "the newest commit"
        : `the newest commit of ${plainName(service.branch)}`;
    case "image":
      return `the image ${plainText(choice.imageUrl ?? service.imagePath ?? "", 120)}`;
    case "redeploy":
      return "the last successful build, without building again";
  }
}
