/** What stands around the lines of a log. */
import { explain } from "../../render/errorTexts.js";
import type { Deploy } from "../../render/shapes.js";
import { viewOf } from "../../services/deployStatus.js";
import { sourceText } from "../../services/deployTexts.js";
import { counted, joined } from "../../text/listText.js";
import { plainName, plainText, subjectOf } from "../../text/plainText.js";
import type { DeployLog } from "./readLog.js";

export const readingLog = "Reading the log…";

/** Why there is nothing to show of a deploy that Render does not know any more. */
export const deployGone = "Render no longer has this deploy, so there is no log to show.";

export const logPick = { title: "Render: Show Log", purpose: "show a log of" };

export const logDeployPick = {
  title: "Render: Show Log",
  placeHolder: "Choose the deploy",
  none: "This service has no deploys yet, so there is no log to show.",
};

/** The name of a log's editor: "lighthouse a1b2c3d.log". */
export function logName(serviceName: string, deploy: Deploy): string {
  const name = joined([plainName(serviceName), sourceText(deploy)], " ");
  return `${name.replaceAll(/[/\\?#]+/gu, "-")}.log`;
}

/** What a growing log is of. */
export function logHead(serviceName: string, deploy: Deploy): string[] {
  return [joined([plainName(serviceName), whatOf(deploy)], " · "), ""];
}

/** The name of the output channel that shows the log of a service while it grows. */
export function logChannelName(serviceName: string): string {
  return `Render Log: ${plainName(serviceName)}`;
}

/** Why a growing log does not grow any more, on a line of its own. */
export function unreadableText(error: unknown): string {
  return `(${explain(error, "go on reading the log").text})`;
}

function whatOf(deploy: Deploy): string {
  return joined([sourceText(deploy), subjectOf(deploy.commit?.message)], " ");
}

/** The log as a document: what it is of, then its lines with their times. */
export function logText(serviceName: string, deploy: Deploy, page: string, log: DeployLog): string {
  const head = joined([plainName(serviceName), whatOf(deploy), viewOf(deploy.status).label], " · ");
  return [
    head,
    page,
    "",
    ...notes(deploy, log),
    ...log.lines.map(({ text, timestamp }) => logLine(timestamp, text)),
  ].join("\n");
}

/** A log without its times, which are others in each, so that what differs can be seen. */
export function comparedText({ lines }: DeployLog): string {
  return lines.map(({ text }) => text).join("\n");
}

export function comparedTitle(serviceName: string, before: Deploy, after: Deploy): string {
  return `${plainName(serviceName)}: log of ${sourceText(before) || before.id} ↔ ${sourceText(after) || after.id}`;
}

export const nothingBefore =
  "No deploy before it went live, as far back as Render lists them, so there is nothing to compare it with.";

function notes(deploy: Deploy, { lines: read, isCut }: DeployLog): string[] {
  if (isCut) return [`The newest ${read.length} lines; the Dashboard has those before.`, ""];
  if (read.length > 0) return [];
  return [
    deploy.finishedAt === undefined
      ? "Nothing was written yet. Show the log again in a moment."
      : "Render has no lines of this deploy: it wrote none, or they are older than the plan of the workspace keeps them (7 to 30 days).",
  ];
}

/** So many characters of a line that is shown stand before what was printed. */
export const timeWidth = 10;

/** A line with its time. Whole seconds are enough to read by; the date is the deploy's. */
export function logLine(timestamp: string, text: string): string {
  const time = /T(\d\d:\d\d:\d\d)/u.exec(timestamp)?.[1] ?? "        ";
  return `${time}  ${text}`.trimEnd();
}

/** What stands in place of lines that are too many to keep in sight. */
export function leftOutText(lines: number): string {
  return `${counted(lines, "earlier line")} left out here; the Dashboard has them.`;
}

/** What a fold or an entry of the outline is called. @param line of Render's own, after its time */
export function phaseName(line: string): string {
  return plainText(line.replace(/^==>\s*/u, ""), 80);
}
