import { sameCommit } from "../../git/commitId.js";
import type { Relation } from "../../git/relation.js";
import type { Remedy } from "../../text/explanation.js";
import type { Deploy, Service } from "../../render/shapes.js";
import { foretell, whyPassedOver, type PushedChange } from "../autoDeploy/autoDeployRule.js";
import { type AutomaticDeploy } from "../autoDeploy/automaticDeploy.js";
import { automaticWithin } from "../autoDeploy/automaticWait.js";
import { deployOf, type FollowedDeploy } from "../following/followedDeploy.js";
import { liveOf, queuedBehind, runningOf } from "../../services/deployList.js";
import type { PreflightFacts } from "./facts.js";
import type { CommitFacts, PushTarget, UncommittedChanges } from "../../git/commitFacts.js";
import { hasEnded } from "../../services/deployStatus.js";

/** What a person should know before they deploy. Each has a sentence in `preflightTexts.ts`. */
export type Finding =
  | { readonly kind: "protected"; readonly known: boolean; readonly environment?: string }
  | { readonly kind: "suspended"; readonly by: readonly string[] }
  | {
      readonly kind: "notPushed";
      readonly commit: string;
      readonly pushTo?: PushTarget;
      /**
       * Whether auto-deploy takes it up after the push: with `commit` at once, so that no second deploy is sent; with
       * `checksPass` at some later time; `unknown` where it may do so at once.
       */
      readonly deploysItself: "commit" | "checksPass" | "no" | "unknown";
    }
  | { readonly kind: "automatic"; readonly when: "commit" | "checksPass"; readonly deploy?: Deploy }
  | {
      readonly kind: "running";
      readonly deploy?: Deploy;
      readonly followed?: FollowedDeploy;
      /** It deploys the very commit that is asked for. */
      readonly sameCommit: boolean;
      /** How many wait for it, where any do. */
      readonly queued?: number;
    }
  | { readonly kind: "goesBack"; readonly by: number; readonly live: string }
  | { readonly kind: "diverged"; readonly behind: number; readonly live: string }
  | { readonly kind: "noHead"; readonly text: string; readonly remedies: readonly Remedy[] }
  /** Only a person's link says that the clone is of the service's repository; `address` is its remote's, or empty. */
  | { readonly kind: "linkedClone"; readonly address: string }
  | { readonly kind: "liveAlready"; readonly since?: number }
  | { readonly kind: "uncommitted"; readonly changes: UncommittedChanges }
  | { readonly kind: "detached"; readonly serviceBranch: string }
  | { readonly kind: "otherBranch"; readonly branch: string; readonly serviceBranch: string }
  | { readonly kind: "behindUpstream"; readonly upstream: string; readonly by: number }
  | { readonly kind: "skipPhrase"; readonly phrase: string }
  | { readonly kind: "outsideRootDirectory"; readonly rootDir: string; readonly files: number }
  | { readonly kind: "outsideBuildFilter"; readonly files: number }
  | {
      readonly kind: "notCompared";
      readonly live: string;
      readonly why: Extract<Relation, { kind: "unknown" }>["why"];
    }
  | { readonly kind: "gitUnread" }
  | { readonly kind: "deploysUnread" };

export type FindingKind = Finding["kind"];

/**
 * `high`: it may do harm or fail, so it is said whatever the setting. `notice`: it may not be what the person expects.
 * `note`: good to know.
 */
export type Gravity = "high" | "notice" | "note";

/** Gravest first: the order in which findings are shown. */
export const findingKinds = [
  "protected",
  "suspended",
  "notPushed",
  "automatic",
  "running",
  "goesBack",
  "diverged",
  "noHead",
  "linkedClone",
  "liveAlready",
  "uncommitted",
  "detached",
  "otherBranch",
  "behindUpstream",
  "skipPhrase",
  "outsideRootDirectory",
  "outsideBuildFilter",
  "notCompared",
  "gitUnread",
  "deploysUnread",
] as const satisfies readonly FindingKind[];

const gravities: Record<FindingKind, Gravity> = {
  protected: "high",
  suspended: "high",
  notPushed: "high",
  automatic: "high",
  running: "high",
  goesBack: "high",
  diverged: "high",
  noHead: "high",
  linkedClone: "notice",
  liveAlready: "notice",
  uncommitted: "notice",
  detached: "notice",
  otherBranch: "notice",
  behindUpstream: "notice",
  skipPhrase: "note",
  outsideRootDirectory: "note",
  outsideBuildFilter: "note",
  notCompared: "note",
  gitUnread: "note",
  deploysUnread: "note",
};

export function gravityOf(kind: FindingKind): Gravity {
  return gravities[kind];
}

/** How far the clock of who made a commit may be ahead, in milliseconds. */
const longestAhead = 60_000;

/** Everything worth saying, gravest first. Never a reason not to deploy: the person decides. */
export function findingsOf(facts: PreflightFacts): Finding[] {
  const found = [
    ...ofService(facts),
    ...ofDeploys(facts),
    ...(facts.commit ? ofCommit(facts, facts.commit) : []),
    ...(facts.head ? ofPlace(facts, facts.head) : []),
  ];
  if (facts.noHead) found.push({ kind: "noHead", ...facts.noHead });
  return found.sort((a, b) => findingKinds.indexOf(a.kind) - findingKinds.indexOf(b.kind));
}

/** Whether the person types the service's name before anything is sent. No setting changes it. */
export function needsTyping(findings: readonly Finding[]): boolean {
  return findings.some(({ kind }) => kind === "protected");
}

function ofService({ service, protection, environment }: PreflightFacts): Finding[] {
  const found: Finding[] = [];
  if (protection !== "open")
    found.push({
      kind: "protected",
      known: protection === "protected",
      ...(environment !== undefined && { environment }),
    });
  if (service.suspended) found.push({ kind: "suspended", by: service.suspenders });
  return found;
}

function ofDeploys(facts: PreflightFacts): Finding[] {
  const { deploys, followed, choice } = facts;
  const found: Finding[] = deploys ? [] : [{ kind: "deploysUnread" }];
  const automatic = automaticOf(facts);
  if (automatic) found.push(automatic);
  const running = runningOf(deploys ?? []);
  const isSaid = automatic?.deploy !== undefined && automatic.deploy.id === running?.id;
  // The one that is followed here may be waiting for another.
  const queued = queuedBehind(running, deploys ?? []);
  const isFollowed = followed !== undefined && (!running || deployOf(followed)?.id === running.id);
  if ((running ?? followed) && !isSaid)
    found.push({
      kind: "running",
      sameCommit: choice.kind === "commit" && sameCommit(running?.commit?.id, choice.commit.id),
      ...(queued > 0 && { queued }),
      ...(running && { deploy: running }),
      ...(isFollowed && { followed }),
    });
  return found;
}

/** The deploy that Render makes, or is about to make, of this commit by itself. */
function automaticOf(facts: PreflightFacts): Extract<Finding, { kind: "automatic" }> | undefined {
  const { service, choice, deploys = [], commit, now } = facts;
  if (choice.kind !== "commit" || service.autoDeploy === "off") return undefined;
  const autoDeploy = service.autoDeploy === "checksPass" ? "checksPass" : "commit";
  const ofCommitItself = deploys.filter(
    deploy => deploy.trigger === "new_commit" && sameCommit(deploy.commit?.id, choice.commit.id),
  );
  const deploy = ofCommitItself.find(({ status }) => !hasEnded(status));
  if (deploy) return { kind: "automatic", when: autoDeploy, deploy };
  // A push that was not seen came after the commit was made at least.
  const since = commit?.pushedAt ?? commit?.commit.createdAt;
  const age = since === undefined ? Infinity : now - since;
  const isFresh = age > -longestAhead && age < automaticWithin[autoDeploy];
  // Of a push of several commits, Render deploys the newest.
  const branch = commit?.tipOf?.find(each => each === service.branch);
  if (!commit || !isFresh || branch === undefined || ofCommitItself.length > 0) return undefined;
  const foretold = foretell(service, pushOf(commit, branch));
  return foretold.kind === "deploys" ? { kind: "automatic", when: foretold.when } : undefined;
}

/** What auto-deploy is told by a push of the commit to the branch. */
function pushOf({ commit, pushedPaths }: CommitFacts, branch: string): PushedChange {
  return { branch, message: commit.message, files: pushedPaths };
}

function ofCommit(facts: PreflightFacts, commit: CommitFacts): Finding[] {
  return [...ofPlace(facts, commit), ...ofRelation(facts, commit), ...ofAutoDeploy(facts, commit)];
}

/** Where the commit is: on which branch, pushed or not, and what lies beside it. */
function ofPlace({ service }: PreflightFacts, facts: CommitFacts): Finding[] {
  const { commit, isHead, linkedTo, branch, upstream, changes, heldBy, pushTo } = facts;
  const found: Finding[] = linkedTo === undefined ? [] : [{ kind: "linkedClone", address: linkedTo }];
  if (heldBy === undefined) found.push({ kind: "gitUnread" });
  else if (heldBy.length === 0)
    found.push({
      kind: "notPushed",
      commit: commit.id,
      deploysItself: afterPush(service, facts),
      ...(pushTo && { pushTo }),
    });
  if (changes && changes.changed + changes.untracked > 0) found.push({ kind: "uncommitted", changes });
  const { branch: serviceBranch } = service;
  if (isHead && serviceBranch !== undefined) {
    if (branch === undefined) found.push({ kind: "detached", serviceBranch });
    else if (branch !== serviceBranch) found.push({ kind: "otherBranch", branch, serviceBranch });
  }
  if (upstream && upstream.behind > 0)
    found.push({ kind: "behindUpstream", upstream: upstream.name, by: upstream.behind });
  return found;
}

/** What auto-deploy does after the push that is offered. */
function afterPush(
  service: Service,
  facts: CommitFacts,
): Extract<Finding, { kind: "notPushed" }>["deploysItself"] {
  if (!facts.pushTo) return "no";
  const foretold = foretell(service, pushOf(facts, facts.pushTo.branch));
  if (foretold.kind === "deploys") return foretold.when;
  // Of a suspended service nobody expects a deploy, and with checks nothing would come at once.
  return foretold.kind === "unknown" && foretold.when === "commit" && !service.suspended ? "unknown" : "no";
}

/** What the deploy does to what is live. */
function ofRelation({ deploys }: PreflightFacts, { relation }: CommitFacts): Finding[] {
  const live = liveOf(deploys);
  const id = live?.commit?.id;
  if (!relation || !live || id === undefined) return [];
  const since = live.finishedAt ?? live.updatedAt;
  switch (relation.kind) {
    case "same":
      return [{ kind: "liveAlready", ...(since !== undefined && { since }) }];
    case "ahead":
      return [];
    case "behind":
      return [{ kind: "goesBack", by: relation.by, live: id }];
    case "diverged":
      return [{ kind: "diverged", behind: relation.behind, live: id }];
    case "unknown":
      return [{ kind: "notCompared", live: id, why: relation.why }];
  }
}

/** Why auto-deploy passes over the commit, by what its push brings, or else by what differs from what is live. */
function ofAutoDeploy({ service }: PreflightFacts, facts: CommitFacts): Finding[] {
  const { commit, pushedPaths, changedPaths } = facts;
  const branch = service.branch ?? "";
  const push = { branch, message: commit.message, files: pushedPaths ?? changedPaths };
  return whyPassedOver(service, push).flatMap(why =>
    why.kind === "off" || why.kind === "otherBranch" ? [] : [why],
  );
}

/** What Render does with a push that was confirmed together with a deploy; undefined where it makes no deploy at once. */
export function automaticAfterPush(
  { commit: commitId, deploysItself }: Extract<Finding, { kind: "notPushed" }>,
  since: number,
): AutomaticDeploy | undefined {
  const mayCome = deploysItself === "commit" || deploysItself === "unknown";
  return mayCome ? { commitId, when: "commit", since, isConfirmed: true } : undefined;
}
