import { explain } from "../../render/errorTexts.js";
import type { Explanation } from "../../text/explanation.js";

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
