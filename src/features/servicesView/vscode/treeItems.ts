import * as vscode from "vscode";
import { plainText } from "../../../text/plainText.js";
import type { EndReason } from "../endReason.js";
import type { Row } from "../rowTexts.js";
import { servicesText } from "../../../services/serviceTexts.js";
import { servicesBelow, type TreeNode } from "../serviceTree.js";
import { groupTooltip } from "../viewTexts.js";
import { appendWords } from "../../../window/tooltipWords.js";

/**
 * The item of a service or a deploy, without its tooltip: of most rows nobody ever sees it.
 *
 * @param id keeps the selection and what is open while the rows are made anew
 * @param words what the `when` clauses of the menus look for
 */
export function rowItem(row: Row, id: string, words: string): vscode.TreeItem {
  const item = new vscode.TreeItem(row.label);
  item.id = id;
  item.contextValue = words;
  item.description = row.description;
  item.iconPath = new vscode.ThemeIcon(
    row.icon,
    row.color === undefined ? undefined : new vscode.ThemeColor(row.color),
  );
  item.accessibilityInformation = { label: row.spoken };
  return item;
}

/**
 * The item of a workspace or an environment.
 *
 * @param openedBy what opens it, a person aside: another text for each thing that does; undefined while it is closed
 */
export function groupItem(
  node: Extract<TreeNode, { kind: "workspace" | "environment" }>,
  openedBy: string | undefined,
): vscode.TreeItem {
  const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  const name = plainText(node.name, 80);
  const services = servicesText(servicesBelow(node).length);
  const isProtected = node.kind === "environment" && node.isProtected;
  const item = new vscode.TreeItem(name, openedBy === undefined ? Collapsed : Expanded);
  // VS Code looks at whether it is open only when it meets an id for the first time.
  item.id = openedBy === undefined ? node.id : `${node.id}?${openedBy}`;
  item.contextValue = node.kind;
  item.description = services;
  item.tooltip = groupTooltip(name, services, isProtected);
  item.iconPath = new vscode.ThemeIcon(
    node.kind === "workspace" ? "organization" : isProtected ? "shield" : "layers",
  );
  return item;
}

/** The item that says, in place of deploys, why there are none. */
export function problemItem(text: string, id: string): vscode.TreeItem {
  const item = new vscode.TreeItem(text);
  item.id = id;
  item.iconPath = new vscode.ThemeIcon("warning");
  item.tooltip = text;
  return item;
}

/**
 * For the tooltip. Names are ours and bold; values came from Render and are appended as text, so nothing in them has a meaning.
 *
 * @param reason why a deploy failed or was canceled, and the lines of its log that say so
 */
export function tooltipOf(row: Row, reason?: EndReason): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString();
  tooltip.appendMarkdown("**").appendText(row.label).appendMarkdown("**\n\n");
  if (reason) appendWords(tooltip, plainText(reason.text, 400)).appendMarkdown("\n\n");
  if (reason && reason.lines.length > 0)
    tooltip.appendCodeblock(reason.lines.map(line => plainText(line, 200)).join("\n"), "text");
  for (const [name, value] of row.tooltip)
    tooltip.appendMarkdown(`${name}: `).appendText(value).appendMarkdown("  \n");
  return tooltip;
}
