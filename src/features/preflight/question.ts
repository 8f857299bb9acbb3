/** The one question before a deploy: what was found, gravest first, with a button for each way on. */
import type { Relation } from "../../git/relation.js";
import { type Remedy } from "../../text/explanation.js";
import { chosenText } from "../../matching/reasonTexts.js";
import { gravityOf, type Finding } from "./findings.js";
import { liveOf } from "../../services/deployList.js";
import type { PreflightFacts } from "./facts.js";
import { findingText } from "./findingTexts.js";
import { aheadText, cacheTexts, deployButtons, questionText, whereText } from "./questionTexts.js";

/** What a button of the confirmation does besides deploying. */
export type PreflightRemedy = Remedy | OwnRemedy;

/** What only the confirmation offers. */
export type OwnRemedy =
  | "pushAndDeploy"
  | "followAutomatic"
  | "followRunning"
  | "showShip"
  | "fetch"
  | "pull"
  | "commit"
  | "switchBranch";

/** A way on, and the sentence it answers. */
export interface OfferedRemedy {
  readonly remedy: PreflightRemedy;
  /** Empty where it belongs to no finding. */
  readonly why: string;
}

/** The one question before a deploy. */
export interface Question {
  /** "Deploy a1b2c3d Cache port lookups (main) to harbor-api?" */
  readonly text: string;
  /** Where it goes, then what is worth knowing, gravest first, a line each. */
  readonly details: readonly string[];
  /** Whether something grave was found. */
  readonly isGrave: boolean;
  /** The title of the button that deploys. */
  readonly deploy: string;
  /** A way that is better than deploying now, offered before it. */
  readonly instead?: PreflightRemedy;
  /** The other buttons, at most so many that the whole dialog has four. */
  readonly buttons: readonly PreflightRemedy[];
  /** What has no place among the buttons; offered behind one called "More…". */
  readonly more: readonly OfferedRemedy[];
}

/** Buttons of a dialog besides Cancel; more are hard to tell apart at a glance. */
const mostButtons = 4;

/** What is offered for a finding, best first. */
export function remediesOf(finding: Finding): readonly PreflightRemedy[] {
  switch (finding.kind) {
    case "suspended":
      return ["openDashboard"];
    case "notPushed":
      return finding.pushTo ? ["pushAndDeploy"] : ["openSourceControl"];
    case "automatic":
      return ["followAutomatic"];
    case "running":
      return finding.deploy && !finding.followed ? ["followRunning", "openDashboard"] : ["openDashboard"];
    case "goesBack":
    case "diverged":
      return ["showShip"];
    case "noHead":
      return finding.remedies;
    case "uncommitted":
      return ["commit"];
    case "detached":
    case "otherBranch":
      return ["switchBranch"];
    case "behindUpstream":
      return ["pull"];
    case "notCompared":
      return ["fetch"];
    case "liveAlready":
      return ["chooseOther"];
    case "protected":
    case "linkedClone":
    case "skipPhrase":
    case "outsideRootDirectory":
    case "outsideBuildFilter":
    case "gitUnread":
    case "deploysUnread":
      return [];
  }
}

/** The remedies that reach the aim in a better way than deploying at once. */
function isInstead(finding: Finding, remedy: PreflightRemedy): boolean {
  if (remedy === "followRunning") return finding.kind === "running" && finding.sameCommit;
  return remedy === "pushAndDeploy" || remedy === "followAutomatic";
}

/**
 * The question for what was found.
 *
 * @param place where the service stands, as `placeText` says it
 * @param wish whether the build cache is cleared, and why this service was taken, where that needs saying
 */
export function questionOf(
  facts: PreflightFacts,
  findings: readonly Finding[],
  place: string,
  { clearCache, why = [] }: { readonly clearCache: boolean; readonly why?: readonly string[] },
): Question {
  const { service, choice, commit } = facts;
  const offered = offersOf(facts, findings);
  const instead = findings
    .flatMap(finding => remediesOf(finding).map(remedy => ({ finding, remedy })))
    .find(({ finding, remedy }) => isInstead(finding, remedy))?.remedy;
  const others = offered.filter(({ remedy }) => remedy !== instead);
  const room = mostButtons - (instead ? 2 : 1);
  const shown = others.length <= room ? others : others.slice(0, room - 1);
  const isGrave = findings.some(
    ({ kind }) => gravityOf(kind) === "high" && kind !== "protected" && kind !== "noHead",
  );
  return {
    text: questionText(service, choice),
    details: [
      whereText(service, place),
      ...(why.length > 0 ? [chosenText(why)] : []),
      ...(clearCache ? [cacheText(findings)] : []),
      ...relationLine(facts, commit?.relation),
      ...linesOf(facts, findings),
    ],
    isGrave,
    deploy: isGrave ? deployButtons.grave : deployButtons.usual,
    ...(instead && { instead }),
    buttons: shown.map(({ remedy }) => remedy),
    more: others.slice(shown.length),
  };
}

/** An automatic deploy is Render's own, and keeps the cache. */
function cacheText(findings: readonly Finding[]): string {
  const isAutomatic = findings.some(
    finding =>
      finding.kind === "automatic" ||
      (finding.kind === "notPushed" && ["commit", "unknown"].includes(finding.deploysItself)),
  );
  return isAutomatic ? cacheTexts.unlessAutomatic : cacheTexts.cleared;
}

/** Each remedy once, in the order of the findings, then what is always offered. */
function offersOf(facts: PreflightFacts, findings: readonly Finding[]): OfferedRemedy[] {
  const of = (finding: Finding): OfferedRemedy[] =>
    remediesOf(finding).map(remedy => ({ remedy, why: findingText(finding, facts) }));
  const isAhead = facts.commit?.relation?.kind === "ahead";
  const offers: OfferedRemedy[] = [
    ...findings.filter(({ kind }) => gravityOf(kind) === "high").flatMap(of),
    ...(isAhead ? [{ remedy: "showShip", why: "" } as const] : []),
    ...findings.filter(({ kind }) => gravityOf(kind) !== "high").flatMap(of),
    { remedy: "chooseOther", why: "" },
  ];
  return offers.filter(({ remedy }, i) => offers.findIndex(other => other.remedy === remedy) === i);
}

/** How far the commit is from what is live, where no finding says it. */
function relationLine({ deploys }: PreflightFacts, relation: Relation | undefined): string[] {
  const live = liveOf(deploys)?.commit?.id;
  if (relation?.kind !== "ahead" || live === undefined) return [];
  return [aheadText(relation.by, live)];
}

function linesOf(facts: PreflightFacts, findings: readonly Finding[]): string[] {
  const line = (finding: Finding): string =>
    `${gravityOf(finding.kind) === "high" ? "⚠" : "•"} ${findingText(finding, facts)}`;
  const high = findings.filter(({ kind }) => gravityOf(kind) === "high").map(line);
  const rest = findings.filter(({ kind }) => gravityOf(kind) !== "high").map(line);
  return [high, rest].flatMap(lines => (lines.length === 0 ? [] : ["", ...lines]));
}
