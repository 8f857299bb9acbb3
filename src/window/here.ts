import * as vscode from "vscode";

/** The URI of the open file; of the only folder where none is open; undefined where a person would have to say. */
export function here(): string | undefined {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const [only, ...others] = folders;
  const file = vscode.window.activeTextEditor?.document.uri;
  const scheme = only?.uri.scheme ?? "file";
  // The older side of a diff is the same file under another scheme.
  if (file && [scheme, "git"].includes(file.scheme))
    return file.with({ scheme, query: "", fragment: "" }).toString();
  return only && others.length === 0 ? only.uri.toString() : undefined;
}
