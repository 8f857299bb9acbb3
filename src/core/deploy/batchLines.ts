/** What the question before several deploys says of the services, line by line. */
import { commitsText } from "../git/relation.js";
import { choiceText } from "../messages.js";
import { plainText, shortSha } from "../plainText.js";
import { placeText } from "../services/place.js";
import { servicesText } from "./batchTexts.js";
import { whyLeftOut, type Candidate } from "./candidate.js";
import { gravityOf, type Finding } from "./preflight.js";

/** More services than this are not told one by one: the question must fit into a window. */
const mostSingly = 6;

/** How many services a line names, and how many lines there are of one kind, before the rest is only counted. */
const mostNamed = 5;

/** Of each service where it stands, what is deployed and what is worth knowing; of many, all that together. */
export function batchLines(chosen: readonly Candidate[], leftOut: readonly Candidate[]): string[] {
  const isSingly = chosen.length + leftOut.length <= mostSingly;
  const linesOf = (candidates: readonly Candidate[]): string[] => candidates.flatMap(singleLines);
  const kept = isSingly ? linesOf(chosen) : summary(chosen);
  const left = isSingly ? linesOf(leftOut) : findingLines(leftOut, whyLeftOut);
  if (left.length === 0) return kept;
  return [...kept, ...(kept.length > 0 ? [""] : []), "Left out:", ...left];
}

function singleLines({ facts, findings, place }: Candidate): string[] {
  const words = (gravity: "high" | "notice"): string[] =>
    findings.flatMap(finding => (gravityOf(finding.kind) === gravity ? shortText(finding) : []));
  const [high, notice] = [words("high"), words("notice")];
  return [
    `${nameOf(facts.service)} · ${placeText(place)}: ${choiceText(facts.service, facts.choice)}`,
    ...(high.length > 0 ? [`    ⚠ ${high.join(" · ")}`] : []),
    ...(notice.length > 0 ? [`    • ${notice.join(" · ")}`] : []),
  ];
}

/** Where they stand, what is deployed, and each thing worth knowing with those it is true of. */
function summary(candidates: readonly Candidate[]): string[] {
  const places = grouped(candidates, ({ place }) => [placeText(place)]);
  const isProtected = ([, [first]]: Group): boolean => first?.place.isProtected === true;
  places.sort((a, b) => Number(isProtected(b)) - Number(isProtected(a)));
  const choices = grouped(candidates, ({ facts }) => [choiceText(facts.service, facts.choice)]);
  choices.sort(([, a], [, b]) => b.length - a.length);
  const findings = findingLines(candidates, each => each.findings);
  return [
    ...fewLines(places, "places", ([place, those]) => `${place}: ${namesText(those)}`),
    "",
    ...fewLines(
      choices,
      "commits or images",
      ([choice, those]) => `${choice}: ${servicesText(those.length)}`,
    ),
    ...(findings.length > 0 ? ["", ...findings] : []),
  ];
}

/** None is left away, as each may be a reason not to deploy. There are never more than there are kinds of findings. */
function findingLines(
  candidates: readonly Candidate[],
  findingsOf: (candidate: Candidate) => readonly Finding[],
): string[] {
  return (["high", "notice"] as const).flatMap(gravity => {
    const groups = grouped(candidates, candidate =>
      findingsOf(candidate).flatMap(each => (gravityOf(each.kind) === gravity ? kindText(each) : [])),
    );
    const mark = gravity === "high" ? "⚠" : "•";
    return groups.map(([words, those]) => {
      const isAll = those.length === candidates.length && those.length > mostNamed;
      const who = isAll ? `all ${servicesText(those.length)}` : namesText(those);
      return `${mark} ${words}: ${who}`;
    });
  });
}

/** Those of which the same is true. */
type Group = [words: string, those: Candidate[]];

function grouped(
  candidates: readonly Candidate[],
  keysOf: (candidate: Candidate) => readonly string[],
): Group[] {
  const groups = new Map<string, Candidate[]>();
  for (const candidate of candidates)
    for (const key of keysOf(candidate)) groups.set(key, [...(groups.get(key) ?? []), candidate]);
  return [...groups];
}

function fewLines(groups: readonly Group[], what: string, lineOf: (group: Group) => string): string[] {
  const rest = groups.slice(mostNamed).flatMap(([, those]) => those);
  return [
    ...groups.slice(0, mostNamed).map(lineOf),
    ...(rest.length > 0
      ? [`and ${groups.length - mostNamed} more ${what}: ${servicesText(rest.length)}`]
      : []),
  ];
}

/** "a, b, c, d, e and 14 more" */
function namesText(candidates: readonly Candidate[]): string {
  const names = candidates.slice(0, mostNamed).map(({ facts }) => nameOf(facts.service, 40));
  const more = candidates.length - names.length;
  return `${names.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

function nameOf({ name }: { readonly name: string }, longest = 60): string {
  return plainText(name, longest);
}

/** A finding in a few words; empty for what another line says already, or what is only good to know. */
function shortText(finding: Finding): string[] {
  if (finding.kind === "goesBack") return [`goes back by ${commitsText(finding.by)}`];
  if (finding.kind === "diverged")
    return [`takes back ${commitsText(finding.behind)} of ${shortSha(finding.live)}, which is live`];
  if (finding.kind === "otherBranch") return [`HEAD is on ${plainText(finding.branch, 60)}`];
  if (finding.kind === "behindUpstream")
    return [`HEAD is ${commitsText(finding.by)} behind ${plainText(finding.upstream, 60)}`];
  return kindText(finding);
}

/** The same, without what differs from service to service. */
function kindText(finding: Finding): string[] {
  switch (finding.kind) {
    case "protected":
      return finding.known ? [] : ["may be protected"];
    case "suspended":
      return ["suspended"];
    case "notPushed":
      return [
        finding.deploysItself === "commit"
          ? "not pushed, so Render cannot build it; auto-deploy takes up a push"
          : "not pushed, so Render cannot build it",
      ];
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
    case "outsideBuildFilter":
    case "notCompared":
    case "gitUnread":
    case "deploysUnread":
      return [];
  }
}
