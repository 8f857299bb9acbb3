/** Every sentence a person reads before a deploy. */
import { ageText, durationText } from "../../text/durationText.js";
import { withoutCredentials, type GitFault } from "../../git/gitFault.js";
import { commitsText, type Relation } from "../../git/relation.js";
import { normalizeRemote } from "../../git/remotes/remoteUrl.js";
import type { Service } from "../../render/shapes.js";
import type { Place } from "../../services/place.js";
import { plainText, shortSha } from "../../text/plainText.js";
import { sourceText, triggerText } from "../servicesView/rows.js";
import { phaseText } from "../following/followTexts.js";
import { needsTyping, type Finding } from "./findings.js";
import type { PreflightFacts, PushTarget, UncommittedChanges } from "./facts.js";
import { viewOf } from "../../services/deployStatus.js";

const name = (text: string): string => plainText(text, 60);

/** The sentence of a finding. */
export function findingText(
  finding: Finding,
  { service, now }: Pick<PreflightFacts, "service" | "now">,
): string {
  switch (finding.kind) {
    case "protected":
      return finding.known
        ? `${finding.environment ?? "Its environment"} is protected: you will be asked to type the service's name.`
        : "Its environment could not be read and may be protected: you will be asked to type the service's name.";
    case "suspended": {
      const by = finding.by.length === 0 ? "" : ` (by ${plainText(finding.by.join(", "), 80)})`;
      return `${name(service.name)} is suspended${by}. Resume it in the Dashboard first; Render may refuse a deploy before that.`;
    }
    case "notPushed": {
      const { pushTo, deploysItself } = finding;
      const sentences = [
        `${shortSha(finding.commit)} is on no branch of ${repoText(service.repo)} that this clone knows of. Render can build it only after a push.`,
        pushTo ? `Push and Deploy pushes it to ${name(`${pushTo.remote}/${pushTo.branch}`)}.` : "",
        deploysItself === "commit"
          ? "Auto-deploy takes up the push, so it is followed and no second deploy is sent."
          : "",
        deploysItself === "unknown"
          ? "Whether auto-deploy takes up the push cannot be told from here: if it does, that deploy is followed, else yours is sent."
          : "",
        deploysItself === "checksPass" ? "Auto-deploy deploys it once more when its checks have passed." : "",
      ];
      return sentences.filter(sentence => sentence !== "").join(" ");
    }
    case "automatic":
      if (finding.deploy) {
        const phase = viewOf(finding.deploy.status).label.toLowerCase();
        return `Auto-deploy is already deploying this commit (${phase}${sinceText(finding.deploy.createdAt, now)}). Follow it instead of starting a second deploy.`;
      }
      return finding.when === "commit"
        ? "This commit was just pushed and auto-deploy is on: Render is about to deploy it. Follow that instead of starting a second deploy."
        : "This commit was just pushed: Render deploys it once its checks pass. Follow that instead of starting a second deploy.";
    case "running":
      return runningText(finding, now);
    case "goesBack":
      return `This goes back by ${commitsText(finding.by)}: ${shortSha(finding.live)}, which is live, is newer.`;
    case "diverged":
      return `This takes back ${commitsText(finding.behind)} of ${shortSha(finding.live)}, which is live and is not part of this history.`;
    case "noHead":
      return finding.text;
    case "linkedClone":
      return `${linkedCloneText(finding.address, service.repo)} You linked them, so this clone is taken for the service's.`;
    case "liveAlready": {
      const since = finding.since === undefined ? "" : ` (${sinceWords(now - finding.since)})`;
      return `This very commit is live already${since}.`;
    }
    case "uncommitted":
      return `${changesText(finding.changes)} will not ship, as only commits are deployed.`;
    case "detached":
      return `HEAD is detached, while the service follows ${name(finding.serviceBranch)}.`;
    case "otherBranch":
      return `You are on ${name(finding.branch)}, while the service follows ${name(finding.serviceBranch)}.`;
    case "behindUpstream":
      return `${name(finding.upstream)} has ${commitsText(finding.by)} that HEAD lacks.`;
    case "outsideRootDirectory": {
      const { files, rootDir } = finding;
      return files === 1
        ? `The changed file lies outside the root directory ${name(rootDir)}: auto-deploy ignores it, this deploy does not.`
        : `All ${files} changed files lie outside the root directory ${name(rootDir)}: auto-deploy ignores them, this deploy does not.`;
    }
    case "skipPhrase":
      return `The commit message says ${finding.phrase}: auto-deploy ignores this commit, this deploy does not.`;
    case "outsideBuildFilter":
      return finding.files === 1
        ? "The changed file lies outside the build filter: auto-deploy ignores it, this deploy does not."
        : `All ${finding.files} changed files lie outside the build filter: auto-deploy ignores them, this deploy does not.`;
    case "notCompared":
      return notComparedText(finding.live, finding.why);
    case "gitUnread":
      return "Whether the commit is pushed could not be read from Git.";
    case "deploysUnread":
      return "The service's deploys could not be read, so nothing is said of what is live or running.";
  }
}

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

function runningText(finding: Extract<Finding, { kind: "running" }>, now: number): string {
  const { deploy, followed, queued = 0 } = finding;
  const facts: string[] = [];
  let what = "";
  if (followed) {
    what = followed.order.what;
    facts.push(phaseText(followed).toLowerCase(), durationText(now - followed.askedAt));
    facts.push(`asked for by ${followed.order.askedBy}`);
  } else if (deploy) {
    what = sourceText(deploy);
    facts.push(viewOf(deploy.status).label.toLowerCase());
    if (deploy.createdAt !== undefined) facts.push(durationText(now - deploy.createdAt));
    const by = triggerText(deploy.trigger);
    if (by !== "") facts.push(`started by: ${by}`);
  }
  const of = what === "" ? "A deploy" : `A deploy of ${what}`;
  const more = queued === 0 ? "" : `, and ${queued} more ${queued === 1 ? "is" : "are"} queued`;
  // Of several that wait, Render goes on with the latest (Render docs, "Deploys": overlapping deploys).
  const waits = queued === 0 ? "waits for it" : "waits for it in place of what is queued";
  return `${of} is already running (${facts.join(", ")})${more}. Where the workspace says Wait, yours ${waits}; where it says Override, Render cancels it for yours. Which one holds cannot be read.`;
}

function linkedCloneText(address: string, repo: string | undefined): string {
  const shown = (url: string): string => plainText(normalizeRemote(url) ?? withoutCredentials(url), 80);
  const built = `the service is built from ${shown(repo ?? "")}`;
  return address === ""
    ? `This clone has no remote, while ${built}.`
    : `The address of this clone is ${shown(address)}, while ${built}.`;
}

function sinceText(createdAt: number | undefined, now: number): string {
  return createdAt === undefined ? "" : `, ${durationText(now - createdAt)}`;
}

function sinceWords(ms: number): string {
  const age = ageText(ms);
  return age === "now" ? "since just now" : `for ${age}`;
}

/** "2 uncommitted changes and 1 untracked file" */
function changesText({ changed, untracked }: UncommittedChanges): string {
  const parts: string[] = [];
  if (changed > 0) parts.push(changed === 1 ? "1 uncommitted change" : `${changed} uncommitted changes`);
  if (untracked > 0) parts.push(untracked === 1 ? "1 untracked file" : `${untracked} untracked files`);
  return parts.join(" and ");
}

function repoText(repo: string | undefined): string {
  return plainText((repo ?? "the repository").replace(/^https?:\/\/[^/]+\//u, ""), 80);
}

/** What is asked of a person who deploys to a protected environment; undefined where nothing is typed. */
export function typingPrompt(
  facts: PreflightFacts,
  findings: readonly Finding[],
): { readonly prompt: string; readonly expected: string } | undefined {
  if (!needsTyping(findings)) return undefined;
  const why =
    facts.protection === "protected"
      ? `${facts.environment ?? "its environment"} is protected`
      : "its environment may be protected";
  return {
    prompt: `Type ${name(facts.service.name)} to deploy to it: ${why}.`,
    expected: facts.service.name,
  };
}

/**
 * What is asked of a person who does something else to a service of a protected environment; undefined elsewhere.
 *
 * @param doing to follow "to": "roll it back"
 */
export function protectedPrompt(
  service: Pick<Service, "name">,
  place: Place,
  doing: string,
): { readonly prompt: string; readonly expected: string } | undefined {
  if (!place.isProtected) return undefined;
  return {
    prompt: `Type ${name(service.name)} to ${doing}: ${place.environment ?? "its environment"} is protected.`,
    expected: service.name,
  };
}

/** Below the box while what was typed is not the name. */
export function typingMismatch(expected: string, what: "service" | "environment" = "service"): string {
  return `That is not the ${what}'s name. Type ${name(expected)}, or press Escape to leave.`;
}

/** Why nothing was pushed, and so nothing deployed. */
export function pushFailedText({ remote, branch }: PushTarget, fault: GitFault): string {
  return `Could not push ${name(branch)} to ${name(remote)}: ${faultText(fault)} Nothing was deployed.`;
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

/** When the push seems done but the commit is not found on the remote's branch. */
export function pushUnseenText(commit: string, { remote, branch }: PushTarget): string {
  return `The push was done, but ${shortSha(commit)} has not appeared on ${name(remote)}/${name(branch)}. Nothing was deployed. Look at Source Control, then try again.`;
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
