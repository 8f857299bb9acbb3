import { tookLine } from "../following/storyTexts.js";
import { phaseText } from "../following/followTexts.js";
import type { FollowedDeploy } from "../following/followedDeploy.js";
import { storyLines, type StoryLine } from "../following/story.js";

/** What a terminal tells of a deploy that may have begun long before: its story so far, and where it stands. */
export function storySoFar(followed: FollowedDeploy, at: number): StoryLine[] {
  const tell = (text: string): StoryLine => ({ kind: "info", text });
  const told = storyLines(followed, undefined, at);
  if (followed.stage.kind !== "following" && followed.stage.kind !== "sending") return told;
  const took = followed.steps.flatMap(({ status, since, until }) =>
    until === undefined ? [] : [tell(tookLine(status, until - since))],
  );
  return [...told, ...took, tell(phaseText(followed))];
}
