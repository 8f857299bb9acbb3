/** What stands around the lines of a log. */
import type { Deploy } from "../../render/shapes.js";
import { viewOf } from "../../services/deployStatus.js";
import { sourceText } from "../../services/deployTexts.js";
import { joined } from "../../text/listText.js";
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

/** The log as a document: what it is of, then its lines with their times. */
export function logText(serviceName: string, deploy: Deploy, page: string, log: DeployLog): string {
  const what = [sourceText(deploy), subjectOf(deploy.commit?.message)].filter(text => text !== "").join(" ");
  const head = joined([plainName(serviceName), what, viewOf(deploy.status).label], " · ");
  return [head, page, "", ...notes(deploy, log), ...lines(log)].join("\n");
}

function notes(deploy: Deploy, { lines: read, isCut }: DeployLog): string[] {
  if (isCut) return [`The newest ${read.length} lines; the Dashboard has those before.`, ""];
  if (read.length > 0) return [];
  return [
    deploy.finishedAt === undefined
      ? "Nothing was written yet. Show the log again in a moment."
      : "Render has no lines of this deploy: it wrote none, or they are older than the plan of the workspace keeps them (7 to 30 days).",
  ];
}

function lines({ lines: read }: DeployLog): string[] {
  // Whole seconds are enough to read by; the date is the deploy's.
  return read.map(({ text, timestamp }) =>
    `${/T(\d\d:\d\d:\d\d)/u.exec(timestamp)?.[1] ?? ""}  ${text}`.trimEnd(),
  );
}

/** What a fold or an entry of the outline is called. @param line of Render's own, after its time */
export function phaseName(line: string): string {
  return plainText(line.replace(/^==>\s*/u, ""), 80);
}
