/** What the question before several deploys says of the services, line by line. */
import { commitsText } from "../../git/gitTexts.js";
import { choiceText } from "../whatToDeploy/choiceTexts.js";
import { fewListed } from "../../text/listText.js";
import { plainText, shortSha, plainName } from "../../text/plainText.js";
import { placeText, servicesText } from "../../services/serviceTexts.js";
import type { Candidate } from "./candidate.js";
import { findingKinds, gravityOf, type Finding } from "../preflight/findings.js";

/** More services than this are not told one by one: the question must fit into a window. */
const mostSingly = 6;

/** How many services a line names, and how many lines there are of one kind, before the rest is only counted. */
const mostNamed = 5;

/** Of each service where it stands, what is deployed and what is worth knowing; of many, all that together. */
export function batchLines(chosen: readonly Candidate[], leftOut: readonly Candidate[]): string[] {
  const isSingly = chosen.length + leftOut.length <= mostSingly;
  const kept = isSingly ? chosen.flatMap(singleLines) : summary(chosen);
  const left = isSingly ? leftOut.flatMap(singleLines) : findingLines(leftOut, { named: false });
  if (leftOut.length === 0) return kept;
  const heading = isSingly ? "Left out:" : `Left out (${placesText(leftOut)}):`;
  return [...kept, ...(kept.length > 0 ? [""] : []), heading, ...left];
}

function singleLines({ facts, findings, place }: Candidate): string[] {
  const words = (gravity: "high" | "notice"): string[] =>
    findings.flatMap(finding => (gravityOf(finding.kind) === gravity ? shortText(finding) : []));
  const [high, notice] = [words("high"), words("notice")];
  return [
    `${plainName(facts.service.name)} · ${placeText(place)}: ${choiceText(facts.service, facts.choice)}`,
    ...(high.length > 0 ? [`    ⚠ ${high.join(" · ")}`] : []),
    ...(notice.length > 0 ? [`    • ${notice.join(" · ")}`] : []),
  ];
}

/** Where they stand, what is deployed, and each thing worth knowing with those it is true of. */
function summary(candidates: readonly Candidate[]): string[] {
  if (candidates.length === 0) return [];
  const places = grouped(protectedFirst(candidates), ({ place }) => placeText(place));
  const choices = grouped(candidates, ({ facts }) => choiceText(facts.service, facts.choice));
  choices.sort(([, a], [, b]) => b.length - a.length);
  const unremarkable = candidates.filter(({ findings }) => findings.flatMap(kindText).length === 0).length;
  const found = findingLines(candidates, { named: true });
  return [
    ...fewLines(places, "environments or workspaces", those => namesText(those.map(nameOf))),
    "",
    ...fewLines(choices, "commits or images", those => servicesText(those.length)),
    ...(found.length > 0 ? ["", ...found] : []),
    ...(found.length > 0 && unremarkable > 0 ? [`${servicesText(unremarkable)} with nothing to note`] : []),
  ];
}

/**
 * None is left away, as each may be a reason not to deploy. There are never more than there are kinds of findings.
 *
 * @param named whether other lines name the services already, so that "all" says enough
 */
function findingLines(candidates: readonly Candidate[], { named }: { readonly named: boolean }): string[] {
  const all = candidates.flatMap(candidate => candidate.findings.map(finding => ({ candidate, finding })));
  return findingKinds.flatMap(kind => {
    const those = all.filter(({ finding }) => finding.kind === kind);
    const mark = gravityOf(kind) === "high" ? "⚠" : "•";
    return grouped(those, ({ finding }) => kindText(finding)[0]).map(([words, same]) => {
      const worstFirst = same.toSorted((a, b) => commitsOf(b.finding) - commitsOf(a.finding));
      const isOfAll =
        named && same.length === candidates.length && same.every(each => extentOf(each.finding) === "");
      const who = namesText(worstFirst.map(each => `${nameOf(each.candidate)}${extentOf(each.finding)}`));
      return `${mark} ${words}: ${isOfAll ? `all ${servicesText(same.length)}` : who}`;
    });
  });
}

function grouped<T>(all: readonly T[], keyOf: (each: T) => string | undefined): [key: string, those: T[]][] {
  const groups = new Map<string, T[]>();
  for (const each of all) {
    const key = keyOf(each);
    if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups];
}

function protectedFirst(candidates: readonly Candidate[]): Candidate[] {
  return candidates.toSorted((a, b) => Number(b.place.isProtected) - Number(a.place.isProtected));
}

function fewLines(
  groups: readonly [string, Candidate[]][],
  what: string,
  textOf: (those: Candidate[]) => string,
): string[] {
  const rest = groups.slice(mostNamed);
  // One more line takes no more room than the words that it is there.
  if (rest.length < 2) return groups.map(([key, those]) => `${key}: ${textOf(those)}`);
  const count = rest.reduce((sum, [, those]) => sum + those.length, 0);
  return [
    ...fewLines(groups.slice(0, mostNamed), what, textOf),
    `${rest.length} more ${what}: ${servicesText(count)}`,
  ];
}

function placesText(candidates: readonly Candidate[]): string {
  return namesText(
    grouped(protectedFirst(candidates), ({ place }) => placeText(place)).map(([place]) => place),
  );
}

function namesText(names: readonly string[]): string {
  return fewListed(names, mostNamed, ", ");
}

function nameOf({ facts }: Candidate): string {
  return plainText(facts.service.name, 40);
}

/** How many commits it is about, where it is about commits. */
function commitsOf(finding: Finding): number {
  if (finding.kind === "goesBack" || finding.kind === "behindUpstream") return finding.by;
  return finding.kind === "diverged" ? finding.behind : 0;
}

function extentOf(finding: Finding): string {
  const commits = commitsOf(finding);
  return commits > 0 ? ` (${commitsText(commits)})` : "";
}

/** A finding in a few words; empty for what another line says already, or what is only good to know. */
function shortText(finding: Finding): string[] {
  if (finding.kind === "goesBack") return [`goes back by ${commitsText(finding.by)}`];
  if (finding.kind === "diverged")
    return [`takes back ${commitsText(finding.behind)} of ${shortSha(finding.live)}, which is live`];
  if (finding.kind === "otherBranch") return [`HEAD is on ${plainName(finding.branch)}`];
  if (finding.kind === "behindUpstream")
    return [`HEAD is ${commitsText(finding.by)} behind ${plainName(finding.upstream)}`];
  return kindText(finding);
}

const afterPush = {
  commit: "; auto-deploy takes up a push",
  checksPass: "; auto-deploy deploys it once more when its checks have passed",
  unknown: "; auto-deploy may take up a push",
  no: "",
} as const;

/** The same, without what differs from service to service. */
function kindText(finding: Finding): string[] {
  switch (finding.kind) {
    case "protected":
      return finding.known ? [] : ["may be protected"];
    case "suspended":
      return ["suspended"];
    case "notPushed":
      return [`not pushed, so Render cannot build it${afterPush[finding.deploysItself]}`];
    case "automatic":
      return [
        finding.deploy ? "auto-deploy is deploying it already" : "auto-deploy is about to deploy it anyway",
      ];
    case "running":
      return ["a deploy is running"];
    case "goesBack":
      return ["goes back behind what is live"];
    case "diverged":
      return ["takes back commits that are live"];
    case "noHead":
      return ["not HEAD"];
    case "linkedClone":
      return ["its clone has another address and counts by your link"];
    case "liveAlready":
      return ["live already"];
    case "uncommitted":
      return ["uncommitted changes will not ship"];
    case "detached":
      return ["HEAD is detached"];
    case "otherBranch":
      return ["HEAD is on another branch"];
    case "behindUpstream":
      return ["HEAD is behind its upstream"];
    case "skipPhrase":
    case "outsideRootDirectory":
    case "outsideBuildFilter":
    case "notCompared":
    case "gitUnread":
    case "deploysUnread":
      return [];
  }
}
