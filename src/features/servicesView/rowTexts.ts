import { ageText, durationText } from "../../text/durationText.js";
import { queuedBehind, runningOf } from "../../services/deployList.js";
import { viewOf, type DeployOutcome } from "../../services/deployStatus.js";
import { plainText, shortSha, subjectOf } from "../../text/plainText.js";
import type { Deploy, Service } from "../../render/shapes.js";
import type { ServiceDeploys } from "../../services/deployHistory.js";
import { explainMatch, type ServiceMatch } from "../../matching/match.js";
import { glanceSentence, glanceText, type Glance } from "../../matching/glanceTexts.js";
import { placeText } from "../../services/serviceTexts.js";
import type { Place } from "../../services/place.js";
import { typeView } from "../../services/serviceKind.js";
import { joined } from "../../text/listText.js";
import { usualTime, wasBuilt, type UsualTime } from "../../services/usualTime.js";
import { usuallyText, usualText } from "../../services/usualTimeTexts.js";
import { sourceText, triggerText, underWayText } from "../../services/deployTexts.js";

/** What a row of the tree shows; the editor side only turns it into a TreeItem. */
export interface Row {
  readonly label: string;
  readonly description: string;
  /** A codicon name without `$()`. */
  readonly icon: string;
  /** A theme colour for the icon. */
  readonly color?: string;
  /** Lines of the tooltip: a heading, or a name with its value. */
  readonly tooltip: readonly (readonly [name: string, value: string])[];
  /** What a screen reader says. */
  readonly spoken: string;
}

/** The row of a service, with the state of its deploys where they were read, and why it matches what is open. */
export function serviceRow(
  service: Service,
  place: Place,
  read: ServiceDeploys | undefined,
  now: number,
  match?: Pick<ServiceMatch, "link" | "reasons" | "caveat">,
  glance?: Glance,
): Row {
  const type = typeView(service.type);
  const label = plainText(service.name, 80);
  const state = service.suspended ? "suspended" : deployState(read, now);
  const running = runningOf(read?.deploys ?? []);
  const relation = glance && !service.suspended && !running ? headText(glance) : "";
  const isLinked = match?.link ? "linked" : "";
  // In a narrow view the end is cut off: that the two differ matters more than since when.
  const parts = glance?.relation.kind === "same" ? [isLinked, state, relation] : [isLinked, relation, state];
  const description = joined(parts, " · ");
  const color = service.suspended ? "disabledForeground" : stateColor((running ?? read?.deploys[0])?.status);
  return {
    label,
    description,
    icon: type.icon,
    ...(color !== undefined && { color }),
    // Made when it is looked at: of most rows nobody ever sees it.
    get tooltip() {
      return serviceFacts(service, place, state, match && explainMatch(match).join(", "), glance);
    },
    spoken: joined([label, type.label, description], ", "),
  };
}

/** Beside "live a1b2c3d" the word "live" alone would say nothing. */
function headText(glance: Glance): string {
  return glance.relation.kind === "same" ? "HEAD is live" : glanceText(glance);
}

/**
 * The state in a few words: what runs now, else what is live ("live a1b2c3d · 2 h"). A failed attempt after it is
 * said too, as the older version then still serves.
 */
function deployState(read: ServiceDeploys | undefined, now: number): string {
  const newest = read?.deploys[0];
  if (!read || !newest) return read?.complete === true && read.unread === undefined ? "no deploys yet" : "";
  const running = runningOf(read.deploys);
  if (running) return underWayText(running, queuedBehind(running, read.deploys));
  const view = viewOf(newest.status);
  const live = read.deploys.find(({ status }) => status === "live");
  const liveText = live && joined([joined(["live", sourceText(live)], " "), age(live, now)], " · ");
  if (view.outcome === "failed")
    return liveText ? `${view.label.toLowerCase()} · ${liveText}` : view.label.toLowerCase();
  return liveText ?? view.label.toLowerCase();
}

function stateColor(status: string | undefined): string | undefined {
  if (status === undefined) return undefined;
  return colors[viewOf(status).outcome ?? "running"];
}

const colors: Record<DeployOutcome | "running", string | undefined> = {
  running: "charts.blue",
  live: "charts.green",
  failed: "charts.red",
  replaced: undefined,
  canceled: undefined,
};

function age(deploy: Deploy, now: number): string {
  const since = deploy.finishedAt ?? deploy.updatedAt ?? deploy.createdAt;
  return since === undefined ? "" : ageText(now - since);
}

function serviceFacts(
  service: Service,
  place: Place,
  state: string,
  why: string | undefined,
  glance: Glance | undefined,
): [string, string][] {
  const facts: [string, string | undefined][] = [
    ["State", state],
    ["HEAD", glance && glanceSentence(glance)],
    ["Matches", why],
    ["Type", typeView(service.type).label],
    ["Workspace", placeText(place)],
    ["Region", service.region],
    ["Plan", service.plan?.replaceAll("_", " ")],
    ["Runtime", service.runtime],
    ["Repository", service.repo],
    ["Branch", service.branch],
    ["Root directory", service.rootDir],
    ["Image", service.imagePath],
    ["Auto-deploy", autoDeployText(service)],
    ["Suspended by", service.suspended ? service.suspenders.join(", ") : undefined],
    ["URL", service.url],
  ];
  return facts.flatMap(([name, value]): [string, string][] =>
    value === undefined || value === "" ? [] : [[name, plainText(value)]],
  );
}

/** Image-backed services say "yes" too, but nothing ever deploys them by itself (Render docs, "Deploys"). */
function autoDeployText(service: Service): string | undefined {
  if (service.repo === undefined) return undefined;
  switch (service.autoDeploy) {
    case "off":
      return "off";
    case "commit":
      return "on each commit";
    case "checksPass":
      return "after checks pass";
    case "unknown":
      return undefined;
  }
}

/**
 * The row of a deploy: its status with commit and subject, then what started it and how long ago; while it runs, what is
 * usual besides.
 *
 * @param deploys the last ones of its service
 * @param now milliseconds since the epoch, by Render's clock where that is known
 */
export function deployRow(deploy: Deploy, now: number, deploys: readonly Deploy[] = []): Row {
  const view = viewOf(deploy.status);
  const subject =
    subjectOf(deploy.commit?.message) || (deploy.image?.ref === undefined ? "" : plainText(deploy.image.ref));
  const source = deploy.commit ? shortSha(deploy.commit.id) : "";
  const color = stateColor(deploy.status);
  const label = joined([view.label, source], " ");
  const when = deploy.createdAt === undefined ? "" : ageText(now - deploy.createdAt);
  const { startedAt } = deploy;
  const isRunning = view.outcome === undefined && startedAt !== undefined;
  const usual = isRunning ? usualTime(wasBuilt(deploy), deploys) : undefined;
  const elapsed = now - (startedAt ?? now);
  const usually = usual ? usuallyText(usual, elapsed) : "";
  const description = joined([usually, subject, triggerText(deploy.trigger), when], " · ");
  return {
    label,
    description,
    icon: view.outcome === undefined && view.icon === "sync" ? "sync~spin" : view.icon,
    ...(color !== undefined && { color }),
    tooltip: deployFacts(deploy, usual),
    spoken: joined([label, description], ", "),
  };
}

function deployFacts(deploy: Deploy, usual: UsualTime | undefined): [string, string][] {
  const { createdAt, startedAt, finishedAt } = deploy;
  const started = startedAt ?? createdAt;
  const facts: [string, string | undefined][] = [
    ["Status", viewOf(deploy.status).label],
    ["Commit", deploy.commit?.id],
    ["Message", deploy.commit?.message],
    ["Image", deploy.image?.ref],
    ["Digest", deploy.image?.sha],
    ["Started by", triggerText(deploy.trigger)],
    ["Created", createdAt === undefined ? undefined : new Date(createdAt).toISOString()],
    [
      "Took",
      started === undefined || finishedAt === undefined ? undefined : durationText(finishedAt - started),
    ],
    ["Usually takes", usual && usualText(usual)],
    ["Deploy", deploy.id],
  ];
  return facts.flatMap(([name, value]): [string, string][] =>
    value === undefined || value === "" ? [] : [[name, plainText(value)]],
  );
}
