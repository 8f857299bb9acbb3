import * as vscode from "vscode";
import { looksLikeBlueprint, usualName, yamlGlob } from "../blueprints/looksLikeBlueprint.js";
import type { EditorWindow } from "../window/editorWindow.js";
import { settings } from "../window/settings.js";
import { notLoadedLine } from "./startTexts.js";
import type { Parts } from "./parts.js";

/** Lenses for Blueprint files, and a look at them when they are saved. Other YAML files load nothing. */
export function watchBlueprintFiles(
  { own, lensesChanged, matchingIsKnown, output }: EditorWindow,
  parts: Parts,
): void {
  const failed = (error: unknown): void => {
    output.warn(notLoadedLine("blueprintFiles", String(error)));
  };
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: lensesChanged.event,
    provideCodeLenses: async document => {
      if (!(await mayBeBlueprint(document, parts))) return [];
      const lenses = parts.renderYaml().then(made => made.lenses, failed);
      return (await lenses)?.of(document) ?? [];
    },
  };
  const selector = [
    { scheme: "file", pattern: yamlGlob },
    { scheme: "file", language: "yaml" },
  ];
  own.add(vscode.languages.registerCodeLensProvider(selector, provider));
  const refresh = (): void => {
    lensesChanged.fire();
  };
  own.add(vscode.workspace.onDidGrantWorkspaceTrust(refresh));
  own.add(matchingIsKnown.event(refresh));
  own.add(
    vscode.workspace.onDidSaveTextDocument(async document => {
      if (!settings.validateBlueprintOnSave(document.uri) || !(await mayBeBlueprint(document, parts))) return;
      const made = await parts.renderYaml().catch(failed);
      await made?.saved(document);
    }),
  );
}

/** By its name and its text; a Blueprint of another name is known once something else has loaded what knows the account. */
async function mayBeBlueprint(document: vscode.TextDocument, parts: Parts): Promise<boolean> {
  const { uri, languageId } = document;
  if (!vscode.workspace.isTrusted || uri.scheme !== "file") return false;
  if (languageId !== "yaml" && !/\.ya?ml$/iu.test(uri.path)) return false;
  if (uri.path.split("/").at(-1) === usualName || looksLikeBlueprint(document.getText())) return true;
  const matching = await parts.matching.made?.catch(() => undefined);
  return matching?.blueprints.mayBeBlueprint(document) ?? false;
}
