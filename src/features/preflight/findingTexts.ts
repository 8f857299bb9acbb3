/** Every sentence a person reads before a deploy. */
import { counted, joined, listed } from "../../text/listText.js";
import { plainName, plainText, shortSha } from "../../text/plainText.js";
import type { Typing } from "../../text/typingTexts.js";
import { ageText, durationText } from "../../text/durationText.js";
import { withoutCredentials } from "../../git/gitFault.js";
import { normalizeRemote } from "../../git/remotes/remoteUrl.js";
import { sourceText, triggerText } from "../../services/deployTexts.js";
import { phaseText } from "../following/followTexts.js";
import { needsTyping, type Finding } from "./findings.js";
import type { PreflightFacts } from "./facts.js";
import type { UncommittedChanges } from "../../git/commitFacts.js";
import { viewOf } from "../../services/deployStatus.js";
import { commitsText, notComparedText } from "../../git/gitTexts.js";

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
      return `${plainName(service.name)} is suspended${by}. Resume it in the Dashboard first; Render may refuse a deploy before that.`;
    }
    case "notPushed": {
      const { pushTo, deploysItself } = finding;
      const sentences = [
        `${shortSha(finding.commit)} is on no branch of ${repoText(service.repo)} that this clone knows of. Render can build it only after a push.`,
        pushTo ? `Push and Deploy pushes it to ${plainName(`${pushTo.remote}/${pushTo.branch}`)}.` : "",
        deploysItself === "commit"
          ? "Auto-deploy takes up the push, so it is followed and no second deploy is sent."
          : "",
        deploysItself === "unknown"
          ? "Whether auto-deploy takes up the push cannot be told from here: if it does, that deploy is followed, else yours is sent."
          : "",
        deploysItself === "checksPass" ? "Auto-deploy deploys it once more when its checks have passed." : "",
      ];
      return joined(sentences, " ");
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
      return `HEAD is detached, while the service follows ${plainName(finding.serviceBranch)}.`;
    case "otherBranch":
      return `You are on ${plainName(finding.branch)}, while the service follows ${plainName(finding.serviceBranch)}.`;
    case "behindUpstream":
      return `${plainName(finding.upstream)} has ${commitsText(finding.by)} that HEAD lacks.`;
    case "outsideRootDirectory": {
      const { files, rootDir } = finding;
      return files === 1
        ? `The changed file lies outside the root directory ${plainName(rootDir)}: auto-deploy ignores it, this deploy does not.`
        : `All ${files} changed files lie outside the root directory ${plainName(rootDir)}: auto-deploy ignores them, this deploy does not.`;
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
  return listed([
    ...(changed > 0 ? [counted(changed, "uncommitted change")] : []),
    ...(untracked > 0 ? [counted(untracked, "untracked file")] : []),
  ]);
}

function repoText(repo: string | undefined): string {
  return plainText((repo ?? "the repository").replace(/^https?:\/\/[^/]+\//u, ""), 80);
}

/** What is asked of a person who deploys to a protected environment; undefined where nothing is typed. */
export function typingPrompt(facts: PreflightFacts, findings: readonly Finding[]): Typing | undefined {
  if (!needsTyping(findings)) return undefined;
  const why =
    facts.protection === "protected"
      ? `${facts.environment ?? "its environment"} is protected`
      : "its environment may be protected";
  return {
    prompt: `Type ${plainName(facts.service.name)} to deploy to it: ${why}.`,
    expected: facts.service.name,
  };
}
