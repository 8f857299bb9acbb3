import { explain } from "../../render/errorTexts.js";
import type { Explanation } from "../../text/explanation.js";
import { plainText } from "../../text/plainText.js";

/** A menu that was open while the list changed no longer tells which row it belongs to. */
export const rowGone: Explanation = {
  text: "The list changed while the menu was open, so nothing was done. Choose it again.",
  remedies: [],
};

/** What stands above services that could not be read again: why, and how old they are. */
export function staleText({ error, readAt }: { readonly error?: unknown; readonly readAt?: number }): string {
  const { text } = explain(error, "refresh the services");
  if (readAt === undefined) return `${text} Shown is what was known before.`;
  const time = new Date(readAt).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  return `${text} Shown is what was known at ${time}.`;
}

/** Above the box that asks what the rows are filtered by. */
export const filterTitle = "Render: Filter Services";

/** @param count how many services there are; 0 while that is not known */
export function filterPrompt(count: number): string {
  return `Show only services whose name, repository or image contains this text${count > 0 ? ` (of ${count})` : ""}. Empty shows all.`;
}

/** In place of deploys where there are none. */
export const noDeploys = "No deploys yet.";

/** What was done with them when something failed, to follow "Could not". */
export const deploysDoing = "load the deploys";

/** Above rows of which some are hidden. */
export function filteredText(filter: string): string {
  return filter === "" ? "" : `Filtered by “${plainText(filter, 40)}”`;
}

/** Over the row of a workspace or an environment. @param services "3 services" */
export function groupTooltip(name: string, services: string, isProtected: boolean): string {
  return isProtected ? `${name}: a protected environment with ${services}` : `${name}: ${services}`;
}

/** The question of which service the deploys are shown. */
export const deploysPick = { title: "Render: Show Deploys", purpose: "show the deploys of" };

/** The question which service is opened. */
export const openPick = { title: "Render: Open", purpose: "open" };
