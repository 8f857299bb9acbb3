import * as vscode from "vscode";
import {
  filePick,
  type NoValidation,
  noValidationText,
  validatingText,
  validationText,
  workspacePick,
} from "../validationTexts.js";
import { plainText } from "../../../text/plainText.js";
import { compareNames } from "../../../services/compareNames.js";
import { blueprintGlob, type Blueprints } from "../../../blueprints/vscode/blueprints.js";
import { show } from "../../../dialogs/notices.js";
import type { Services } from "../../../services/vscode/services.js";
import type { StoredState } from "../../../window/state.js";
import type { BlueprintProblems } from "./blueprintProblems.js";

export interface ValidateBlueprintParts {
  readonly blueprints: Blueprints;
  readonly problems: BlueprintProblems;
  readonly services: Services;
  readonly state: Pick<StoredState, "blueprintWorkspace">;
  /** Makes sure that there is a key, asking for one where there is none. False when the person left. */
  readonly signIn: () => Promise<boolean>;
}

/** At most so many Blueprint files are offered. */
const mostFiles = 50;

/** The command that has Render validate a Blueprint file. */
export class ValidateBlueprint {
  readonly #parts: ValidateBlueprintParts;

  constructor(parts: ValidateBlueprintParts) {
    this.#parts = parts;
  }

  /**
   * Validates the file, else the one in the active editor, else the one that the window's folders hold, and says how
   * it went.
   *
   * @throws RenderError when Render could not be asked
   */
  async run(file?: vscode.Uri): Promise<void> {
    const { problems, signIn } = this.#parts;
    if (!vscode.workspace.isTrusted) return refuse("untrusted");
    const document = await this.#document(file);
    if (document === "none") return refuse("noFile");
    if (!document) return;
    if (!problems.isSmallEnough(document)) return refuse("tooLarge");
    if (!(await signIn())) return;
    const name = document.uri.path.split("/").at(-1) ?? "";
    const progress = { location: vscode.ProgressLocation.Window, title: validatingText(name) };
    const known = await vscode.window.withProgress(progress, () => problems.workspaceFor(document));
    const ownerId = known ?? (await this.#askForWorkspace());
    if (ownerId === undefined) return;
    const validation = await vscode.window.withProgress(progress, () => problems.check(document, ownerId));
    void show(validation.valid ? "info" : "warning", validationText(name, validation));
  }

  async #document(file: vscode.Uri | undefined): Promise<vscode.TextDocument | "none" | undefined> {
    if (file) return vscode.workspace.openTextDocument(file);
    const active = vscode.window.activeTextEditor?.document;
    if (active && (await this.#isMeant(active))) return active;
    const found = await this.#files();
    if (found.length === 0) return "none";
    const chosen = found.length === 1 ? found[0] : await pickFile(found);
    // Shown, as its errors are.
    return chosen && (await vscode.window.showTextDocument(chosen)).document;
  }

  /** Whether the open file is what somebody who asks to validate a Blueprint means. Asks Render only where it can tell. */
  async #isMeant(active: vscode.TextDocument): Promise<boolean> {
    const { blueprints } = this.#parts;
    return (await blueprints.readsLikeBlueprint(active)) || blueprints.recognize(active);
  }

  /** The files of Render's own name, and those on disk that Blueprints are made from. */
  async #files(): Promise<vscode.Uri[]> {
    const { blueprints } = this.#parts;
    const [named] = await Promise.all([
      vscode.workspace.findFiles(blueprintGlob, "**/node_modules/**", mostFiles),
      blueprints.load(),
    ]);
    const others = await Promise.all(
      blueprints.files.map(async uri =>
        (await vscode.workspace.fs.stat(uri).then(isFile, () => false)) ? uri : [],
      ),
    );
    return [...new Map([...named, ...others.flat()].map(uri => [uri.toString(), uri])).values()];
  }

  /** Asks which workspace is meant and remembers it for this window's folder. Undefined when the person left. */
  async #askForWorkspace(): Promise<string | undefined> {
    const { services, state } = this.#parts;
    const { listing } = services;
    if (listing.state === "failed") throw listing.error;
    if (listing.owners.length === 0) {
      await refuse(listing.unread?.owners === undefined ? "noWorkspace" : "workspacesUnread");
      return undefined;
    }
    const items = listing.owners.map(({ id, name, email }) => ({
      label: `$(organization) ${plainText(name, 80)}`,
      description: plainText(email ?? "", 80),
      id,
    }));
    const picked = await vscode.window.showQuickPick(items, workspacePick);
    if (picked) await state.blueprintWorkspace.set(picked.id);
    return picked?.id;
  }
}

function isFile({ type }: vscode.FileStat): boolean {
  return (type & vscode.FileType.File) !== 0;
}

async function pickFile(files: readonly vscode.Uri[]): Promise<vscode.Uri | undefined> {
  const items = files
    .map(uri => ({ label: plainText(vscode.workspace.asRelativePath(uri)), uri }))
    .sort((a, b) => compareNames(a.label, b.label));
  const picked = await vscode.window.showQuickPick(items, filePick);
  return picked?.uri;
}

async function refuse(why: NoValidation): Promise<void> {
  await show("warning", noValidationText(why));
}
