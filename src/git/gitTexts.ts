/** What a person reads of commits, and while Git does something. */
import { plainName, plainText, shortSha } from "../text/plainText.js";
import type { PushTarget } from "./commitFacts.js";
import type { GitFault } from "./gitFault.js";
import { mostCounted, type Relation } from "./relation.js";

/** Beside the progress while a person waits for Git. */
export const readingGit = "Waiting for VS Code to read the Git repository. Nothing is deployed meanwhile.";

/** Why what is live cannot be compared, and what helps. */
export function notComparedText(live: string, why: Extract<Relation, { kind: "unknown" }>["why"]): string {
  switch (why) {
    case "targetNotHere":
      return `The commit to deploy is not in this clone, so it could not be compared with ${shortSha(live)}, which is live. Fetch to get it.`;
    case "notHere":
      return `${shortSha(live)}, which is live, is not in this clone, so it could not be compared. Fetch to get it.`;
    case "noCommonHistory":
      return `${shortSha(live)}, which is live, shares no history with this commit in this clone, so they could not be compared. Fetch to complete it.`;
    case "unreadable":
      return `${shortSha(live)}, which is live, could not be compared: Git gave no answer in time.`;
  }
}

/** What went wrong, and what can be done about it. */
function faultText(fault: GitFault): string {
  switch (fault.kind) {
    case "behind":
      return "it has commits that this branch lacks. Pull, then try again.";
    case "signIn":
      return "the remote did not accept your sign-in. Check it in Source Control, then try again.";
    case "conflicts":
      return "there are conflicts to resolve. Look at Source Control, then try again.";
    case "localChanges":
      return "files that are not committed stand in the way. Commit or stash them, then try again.";
    case "other":
      return `Git says “${plainText(fault.reason, 240)}”. Look at Source Control, then try again.`;
  }
}

/** Why nothing was pushed, and so nothing deployed. */
export function pushFailedText({ remote, branch }: PushTarget, fault: GitFault): string {
  return `Could not push ${plainName(branch)} to ${plainName(remote)}: ${faultText(fault)} Nothing was deployed.`;
}

/** When the push seems done but the commit is not found on the remote's branch. */
export function pushUnseenText(commit: string, { remote, branch }: PushTarget): string {
  return `The push was done, but ${shortSha(commit)} has not appeared on ${plainName(remote)}/${plainName(branch)}. Nothing was deployed. Look at Source Control, then try again.`;
}

/** In the output, above all that Git wrote. */
export const gitFailedLine = "Git did not do what was asked. All that it, the remote and hooks wrote:";

/** Why nothing was fetched. */
export function fetchFailedText(fault: GitFault): string {
  return `Could not fetch: ${faultText(fault)}`;
}

/** When everything was fetched, and a commit is not here all the same. */
export function notFetchedText(commit: string): string {
  return `${shortSha(commit)} is on no remote of this clone, so it may come from another repository or a branch that is gone.`;
}

/** Why nothing was pulled. */
export function pullFailedText(fault: GitFault): string {
  return `Could not pull: ${faultText(fault)} Nothing was deployed.`;
}

/** "3", or "1000+" where counting ended. */
export function countText(count: number): string {
  return count >= mostCounted ? `${mostCounted}+` : String(count);
}

/** "1 commit", "3 commits", "1000+ commits". */
export function commitsText(count: number): string {
  return count === 1 ? "1 commit" : `${countText(count)} commits`;
}

/** Beside the progress of what Git does. */
export const fetchingText = "Fetching…";
export const pullingText = "Pulling…";
export function pushingText(branch: string): string {
  return `Pushing ${plainName(branch)}…`;
}
