import * as vscode from "vscode";
import { parseApiUrl } from "../core/apiUrl.js";
import { SettingError } from "../core/messages.js";

/** When a deploy is confirmed: see `render.confirmDeploy` in package.json. */
export type ConfirmDeploy = "always" | "productionOnly" | "never";

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

  /** Calls back after a change of `render.<name>`. */
  onDidChange(name: "apiUrl" | "confirmDeploy", callback: () => void): vscode.Disposable {
    return vscode.workspace.onDidChangeConfiguration(event => {
      if (event.affectsConfiguration(`render.${name}`)) callback();
    });
  },
};

/** Both settings have the scope `application`; what a workspace says is left aside even if it gets through. */
function read(name: string, fallback: string): string {
  const found = vscode.workspace.getConfiguration("render").inspect<unknown>(name);
  const value = found?.globalValue ?? found?.defaultValue;
  return typeof value === "string" ? value : fallback;
}
