import * as vscode from "vscode";
import { parseApiUrl, SettingError } from "../render/apiUrl.js";

/** When a deploy is confirmed: see `render.confirmDeploy` in package.json. */
export type ConfirmDeploy = "always" | "productionOnly" | "never";

/** When the log of a deploy shows by itself: see `render.showLog` in package.json. */
export type ShowLog = "onFailure" | "always" | "never";

/** Every setting of the extension, read when it is needed, so that changes hold at once. */
export const settings = {
  /** @throws SettingError with a sentence for a person when the address cannot be used */
  apiUrl(): { readonly url: string; readonly origin: string } {
    const parsed = parseApiUrl(read("apiUrl", ""));
    if (!parsed.ok) throw new SettingError(parsed.text);
    return parsed;
  },

  /** The scheme, host and port of the API; undefined while its address cannot be used. */
  apiOrigin(): string | undefined {
    const parsed = parseApiUrl(read("apiUrl", ""));
    return parsed.ok ? parsed.origin : undefined;
  },

  confirmDeploy(): ConfirmDeploy {
    const value = read("confirmDeploy", "always");
    return value === "productionOnly" || value === "never" ? value : "always";
  },

  showLog(): ShowLog {
    const value = read("showLog", "onFailure");
    return value === "always" || value === "never" ? value : "onFailure";
  },

  /** VS Code leaves aside what a workspace that is not trusted says: see `restrictedConfigurations` in package.json. */
  validateBlueprintOnSave(file: vscode.Uri): boolean {
    return readFor("validateBlueprintOnSave", file, true);
  },

  /** The same holds here. @param root a folder of the repository that was pushed */
  followPushes(root: vscode.Uri): boolean {
    return readFor("followPushes", root, true);
  },

  /** The Git extension's own `git.openRepositoryInParentFolders`: "always", "prompt" or "never". */
  openRepositoryInParentFolders(folder: vscode.Uri): string {
    const git = vscode.workspace.getConfiguration("git", folder);
    return git.get<string>("openRepositoryInParentFolders", "prompt");
  },

  /** Calls back after a change of `render.<name>`. */
  onDidChange(
    name: "apiUrl" | "confirmDeploy" | "followPushes" | "validateBlueprintOnSave",
    callback: () => void,
  ): vscode.Disposable {
    return vscode.workspace.onDidChangeConfiguration(event => {
      if (event.affectsConfiguration(`render.${name}`)) callback();
    });
  },
};

/** For settings of the scope `application`; what a workspace says is left aside even if it gets through. */
function read(name: string, fallback: string): string {
  const found = vscode.workspace.getConfiguration("render").inspect<unknown>(name);
  const value = found?.globalValue ?? found?.defaultValue;
  return typeof value === "string" ? value : fallback;
}

/** For settings that a workspace and a folder may set. */
function readFor(name: string, file: vscode.Uri, fallback: boolean): boolean {
  const value = vscode.workspace.getConfiguration("render", file).get<unknown>(name);
  return typeof value === "boolean" ? value : fallback;
}
