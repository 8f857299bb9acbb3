import * as vscode from "vscode";
import type { Explanation, Remedy } from "../text/explanation.js";
import { detailsOf, explain } from "../render/errorTexts.js";
import { SettingError } from "../render/apiUrl.js";
import { writeDetails } from "../window/details.js";
import { openLink } from "./links.js";
import { failedLine, remedyTitles } from "./remedyTexts.js";

/** What the buttons of one message need to do their deeds. */
export interface RemedyContext {
  readonly dashboardUrl?: string;
  /** The path of a repository that VS Code has not opened. */
  readonly repository?: string;
  readonly siteUrl?: string;
  /** The deploy whose log can be shown. */
  readonly log?: { readonly serviceId: string; readonly deployId: string };
  /** Does what failed once more. */
  readonly retry?: () => void;
  readonly chooseOther?: () => void;
  readonly linkService?: () => void;
  readonly unlinkService?: () => void;
  readonly chooseWorkspace?: () => void;
  readonly deploy?: () => void;
}

/** Does what a remedy's button promises. */
export async function remedy(kind: Remedy, context: RemedyContext): Promise<void> {
  const run = async (command: string, ...args: unknown[]): Promise<void> => {
    await vscode.commands.executeCommand(command, ...args);
  };
  switch (kind) {
    case "setApiKey":
      return run("render.setApiKey");
    case "setApiKeyForSession":
      return run("render.setApiKeyForSession");
    case "showOutput":
      return run("render.showOutput");
    case "showLog":
      return run("render.showLog", context.log);
    case "openSettings":
      return run("workbench.action.openSettings", "render.apiUrl");
    case "openFolder":
      return run("vscode.openFolder");
    case "manageTrust":
      return run("workbench.trust.manage");
    case "openSourceControl":
      return run("workbench.view.scm");
    case "openRepository":
      return run("git.openRepository", context.repository);
    case "openParentRepository":
      return run("git.openRepositoriesInParentFolders");
    case "manageUnsafeRepositories":
      return run("git.manageUnsafeRepositories");
    case "enableGit":
      return run("workbench.action.openSettings", "git.enabled");
    case "openDashboard":
      return openLink(context.dashboardUrl ?? "https://dashboard.render.com");
    case "openSite":
      return openLink(context.siteUrl ?? "", { allowHttp: true });
    case "retry":
      context.retry?.();
      return;
    case "chooseOther":
    case "linkService":
    case "unlinkService":
    case "chooseWorkspace":
    case "deploy":
      context[kind]?.();
      return;
    case "showProblems":
      return run("workbench.actions.view.problems");
  }
}

/**
 * What an error means for a person: see `explain`. Its details are in the output by then, where the sentence or its
 * button may point.
 */
export function explainAndWrite(error: unknown, doing: string): Explanation {
  if (!(error instanceof SettingError)) writeDetails(failedLine(doing, detailsOf(error)));
  return explain(error, doing);
}

/** Shows what went wrong, in a sentence with buttons. */
export async function showError(error: unknown, doing: string, context: RemedyContext): Promise<void> {
  await show("error", explainAndWrite(error, doing), context);
}

/** Shows a message with the buttons that can do something here, and does what the pressed one promises. */
export async function show(
  severity: "info" | "warning" | "error",
  explanation: Explanation,
  context: RemedyContext = {},
): Promise<void> {
  const offered = explanation.remedies.filter(kind => isPossible(kind, context));
  const buttons = offered.map(kind => remedyTitles[kind]);
  const pressed = await messageOf(severity)(explanation.text, ...buttons);
  const kind = offered.find(offer => remedyTitles[offer] === pressed);
  const { repository } = explanation;
  if (kind) await remedy(kind, { ...(repository !== undefined && { repository }), ...context });
}

/** What a deed cannot be done without. */
const needs: Partial<Record<Remedy, keyof RemedyContext>> = {
  openSite: "siteUrl",
  showLog: "log",
  retry: "retry",
  chooseOther: "chooseOther",
  linkService: "linkService",
  unlinkService: "unlinkService",
  chooseWorkspace: "chooseWorkspace",
  deploy: "deploy",
};

function isPossible(kind: Remedy, context: RemedyContext): boolean {
  const need = needs[kind];
  return need === undefined || context[need] !== undefined;
}

function messageOf(
  severity: "info" | "warning" | "error",
): (text: string, ...buttons: string[]) => Thenable<string | undefined> {
  switch (severity) {
    case "info":
      return vscode.window.showInformationMessage;
    case "warning":
      return vscode.window.showWarningMessage;
    case "error":
      return vscode.window.showErrorMessage;
  }
}
