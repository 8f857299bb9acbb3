import type { Service } from "../../render/shapes.js";
import type { Explanation } from "../../text/explanation.js";
import { joined } from "../../text/listText.js";
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
      return joined(
        [shortSha(choice.commit.id), subject, branch === undefined ? "" : `(${plainName(branch)})`],
        " ",
      );
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

/** Above each list and box on the way to a choice. */
export function choiceTitle(service: Service, step: keyof typeof steps): string {
  return `Deploy ${plainName(service.name)}: ${steps[step]}`;
}

const steps = {
  what: "What to deploy",
  cache: "Build cache",
  repository: "Which repository's HEAD",
  history: "Which commit",
  typeCommit: "A commit by its SHA",
  typeImage: "Another tag or digest",
} as const;

/** The rows of the first list that no choice stands behind yet. */
export const choiceRows = {
  configuredImage: "The configured image",
  typeImage: "Another tag or digest…",
  history: "A commit from the history…",
  typeCommit: "A commit by its SHA…",
} as const;

/** The row of HEAD. */
export function headRow(service: Service, choice: DeployChoice): string {
  return `HEAD: ${choiceText(service, choice)}`;
}

/** The row of another choice: "The newest commit of main". */
export function choiceRow(service: Service, choice: DeployChoice): string {
  const text = choiceText(service, choice);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What becomes of the build cache. */
export const cacheRows = {
  keep: { label: "Keep the build cache", description: "faster" },
  clear: { label: "Clear the build cache", description: "for a build that fails or is stale" },
} as const;

/** Below the box that a commit is typed into. */
export const commitPrompt =
  "The commit's SHA; a short one is completed from the repository that is open here.";

/** Below the box that a tag or a digest is typed into. @param configured the image as it is configured on Render */
export function imagePrompt(configured: string): string {
  return `A tag or a digest of ${plainText(configured.replace(/(?:@.*|:[^/:]*)$/u, ""), 100)}`;
}

/** When what was typed there is none. */
export const noImage =
  "That is no tag, digest or image. Type for example 1.5 or sha256:… with its 64 digits.";
