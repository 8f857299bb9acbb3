/** What a person reads of the logs of a service that runs. */
import type { LogFilter } from "../../render/client.js";
import { joined } from "../../text/listText.js";
import { plainName, plainText } from "../../text/plainText.js";

export const tailPick = { title: "Render: Tail Logs", purpose: "read the logs of" };
export const stopTailPick = {
  title: "Render: Stop Tailing Logs",
  placeHolder: "Choose whose logs are read no more",
};
export const noTail = "No logs are being tailed in this window.";

/** A choice of what is to be seen. Those of a kind are joined: either is enough. */
export interface FilterChoice {
  readonly label: string;
  readonly description?: string;
  readonly filter: Pick<LogFilter, "types" | "levels">;
}

export const typesHeading = "What wrote it";
export const typeChoices: readonly FilterChoice[] = [
  { label: "The service", filter: { types: ["app"] } },
  {
    label: "Requests",
    description: "of web services, from the Professional plan on",
    filter: { types: ["request"] },
  },
  { label: "Builds", filter: { types: ["build"] } },
];

export const levelsHeading = "How grave it is";
export const levelChoices: readonly FilterChoice[] = [
  { label: "Errors", filter: { levels: ["error", "critical", "alert", "emergency"] } },
  { label: "Warnings", filter: { levels: ["warning"] } },
];

export const instancesHeading = "Which instance";

export const filterBox = {
  placeHolder: "Press Enter for all lines, or choose which",
};
export const textBox = {
  prompt:
    "Only lines with this text. Leave it empty for all; * stands for anything, /a|b/ is a regular expression.",
  placeHolder: "timeout",
};

/** The name of the output channel of a service that runs. */
export function tailChannelName(serviceName: string): string {
  return `Render Tail: ${plainName(serviceName)}`;
}

/** What stands above the lines. */
export function tailHead(serviceName: string, choices: readonly string[], text: string): string[] {
  const shown = text === "" ? "" : `with "${plainText(text, 80)}"`;
  const which = joined([choices.length === 0 ? "all lines" : choices.join(", "), shown], " ");
  return [
    `${plainName(serviceName)} · ${which} · the last ten minutes, and what comes`,
    `To end it, run the command "Render: Stop Tailing Logs".`,
    "",
  ];
}

/** Below the last line. */
export const tailStopped = "(Stopped. Nothing more is read.)";
