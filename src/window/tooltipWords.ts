import type { MarkdownString } from "vscode";

/** Adds plain text to a tooltip. VS Code's own `appendText` joins its words, so that long lines break within them. */
export function appendWords(tooltip: MarkdownString, text: string): MarkdownString {
  const before = tooltip.value;
  const added = tooltip.appendText(text).value.slice(before.length);
  tooltip.value = before + added.replaceAll("&nbsp;", " ");
  return tooltip;
}
