/** The one question before several services are deployed. */
import { commitsText } from "../git/relation.js";
import { choiceText } from "../messages.js";
import { plainText, shortSha } from "../plainText.js";
import { placeText, type Place } from "../services/place.js";
import type { BatchMode } from "./batch.js";
import { servicesText } from "./batchTexts.js";
import { gravityOf, needsTyping, type Finding, type FindingKind, type PreflightFacts } from "./preflight.js";

/** A service that was picked, with everything that is known before it is deployed. */
export interface Candidate {
  readonly facts: PreflightFacts;
  readonly findings: readonly Finding[];
  readonly place: Place;
}

export interface BatchQuestion {
  /** "Deploy 3 services, one after the other?" */
  readonly text: string;
  readonly details: readonly string[];
  readonly isGrave: boolean;
  /** Deploys `chosen`; absent where nothing is left to deploy. */
  readonly deploy?: string;
  /** Deploys what was left out too; absent where nothing was. */
  readonly deployAll?: string;
}

/** What is asked of a person for each protected environment: the name to type. */
export interface Typing {
  readonly prompt: string;
  readonly expected: string;
  readonly what: "service" | "environment";
}

/** For these a deploy is not what the person wants: Render may refuse it, makes it already, or it changes nothing. */
const leavesOut: ReadonlySet<FindingKind> = new Set(["suspended", "automatic", "liveAlready"]);

/** Whether it is left out unless the person says otherwise. */
export function isLeftOut({ findings }: Candidate): boolean {
  return findings.some(({ kind }) => leavesOut.has(kind));
}

const modeWords: Record<BatchMode, string> = {
  stopAtFailure: "one after the other, stopping at the first failure",
  goOn: "one after the other, going on after a failure",
  together: "all together",
};

/**
 * @param gone names of services that Render no longer knows
 */
export function batchQuestion(
  candidates: readonly Candidate[],
  mode: BatchMode,
  gone: readonly string[],
): BatchQuestion {
  const chosen = candidates.filter(each => !isLeftOut(each));
  const leftOut = candidates.filter(isLeftOut);
  const shown = chosen.length > 0 ? chosen : leftOut;
  const isGrave = shown.some(({ findings }) =>
    findings.some(({ kind }) => gravityOf(kind) === "high" && kind !== "protected" && kind !== "noHead"),
  );
  const lines = [
    ...chosen.flatMap(linesOf),
    ...(leftOut.length > 0 ? ["", "Left out:", ...leftOut.flatMap(linesOf)] : []),
    ...gone.map(name => `${plainText(name, 60)}: Render no longer knows it. Refresh the services.`),
  ];
  const all = candidates.length;
  return {
    text: questionText(chosen.length, all, mode),
    details: lines[0] === "" ? lines.slice(1) : lines,
    isGrave,
    ...(chosen.length > 0 && {
      deploy: chosen.length === 1 ? "Deploy 1 Service" : `Deploy ${chosen.length} Services`,
    }),
    ...(leftOut.length > 0 && { deployAll: all === 1 ? "Deploy Anyway" : `Deploy All ${all} Anyway` }),
  };
}

function questionText(chosen: number, all: number, mode: BatchMode): string {
  if (chosen > 1) return `Deploy ${servicesText(chosen)}, ${modeWords[mode]}?`;
  if (chosen === 1) return "Deploy 1 service?";
  return all === 0
    ? "Render no longer knows these services, so nothing can be deployed."
    : "None of these services needs a deploy, or can have one now. Deploy all the same?";
}

/** The service and where it stands, what is deployed, and what is worth knowing. */
function linesOf({ facts, findings, place }: Candidate): string[] {
  const words = (gravity: "high" | "notice"): string[] =>
    findings.flatMap(finding => (gravityOf(finding.kind) === gravity ? shortText(finding) : []));
  const [high, notice] = [words("high"), words("notice")];
  return [
    `${plainText(facts.service.name, 60)} · ${placeText(place)}: ${choiceText(facts.service, facts.choice)}`,
    ...(high.length > 0 ? [`    ⚠ ${high.join(" · ")}`] : []),
    ...(notice.length > 0 ? [`    • ${notice.join(" · ")}`] : []),
  ];
}

/** A finding in a few words; empty for what another line says already, or what is only good to know. */
function shortText(finding: Finding): string[] {
  switch (finding.kind) {
    case "protected":
      return finding.known ? [] : ["may be protected"];
    case "suspended":
      return ["suspended"];
    case "notPushed":
      return ["not pushed, so Render cannot build it"];
    case "automatic":
      return [
        finding.deploy ? "auto-deploy is deploying it already" : "auto-deploy is about to deploy it anyway",
      ];
    case "running":
      return ["a deploy is running"];
    case "goesBack":
      return [`goes back by ${commitsText(finding.by)}`];
    case "diverged":
      return [`takes back ${commitsText(finding.behind)} of ${shortSha(finding.live)}, which is live`];
    case "noHead":
      return ["not HEAD"];
    case "liveAlready":
      return ["live already"];
    case "uncommitted":
      return ["uncommitted changes will not ship"];
    case "detached":
      return ["HEAD is detached"];
    case "otherBranch":
      return [`HEAD is on ${plainText(finding.branch, 60)}`];
    case "behindUpstream":
      return [`HEAD is ${commitsText(finding.by)} behind ${plainText(finding.upstream, 60)}`];
    case "skipPhrase":
    case "outsideBuildFilter":
    case "notCompared":
    case "gitUnread":
    case "deploysUnread":
      return [];
  }
}

/** A protected environment is typed once for all its services; a service whose environment is unknown, by its own name. */
export function typingsOf(candidates: readonly Candidate[]): Typing[] {
  const typings = candidates
    .filter(({ findings }) => needsTyping(findings))
    .map(({ facts }): Typing => {
      const { environment, service, protection } = facts;
      if (environment !== undefined && protection === "protected")
        return {
          prompt: `Type ${environment} to deploy to it: it is protected.`,
          expected: environment,
          what: "environment",
        };
      const name = plainText(service.name, 60);
      return {
        prompt: `Type ${name} to deploy to it: its environment may be protected.`,
        expected: service.name,
        what: "service",
      };
    });
  return typings.filter(
    (typing, index) => typings.findIndex(other => other.prompt === typing.prompt) === index,
  );
}
