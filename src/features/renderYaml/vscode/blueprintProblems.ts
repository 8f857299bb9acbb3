import * as vscode from "vscode";
import {
  askForWorkspaceText,
  noValidationText,
  notValidatedLine,
  problemSource,
} from "../validationTexts.js";
import { workspaceFor } from "../workspaceFor.js";
import { detailsOf } from "../../../render/errorTexts.js";
import type { Clock, Logger } from "../../../ports.js";
import type { Validation } from "../../../render/blueprintShapes.js";
import type { RenderClient } from "../../../render/client.js";
import { RenderError } from "../../../render/errors.js";
import type { ApiKey } from "../../../account/vscode/apiKey.js";
import { yamlGlob } from "../../../blueprints/looksLikeBlueprint.js";
import type { Blueprints } from "../../../blueprints/vscode/blueprints.js";
import type { Git } from "../../../git/vscode/git.js";
import { show } from "../../../dialogs/notices.js";
import { Owned } from "../../../window/owned.js";
import type { Matches } from "../../../matching/vscode/matches.js";
import { problemsOf } from "../problems.js";
import type { Services } from "../../../services/vscode/services.js";
import { settings } from "../../../window/settings.js";
import type { StoredState } from "../../../window/state.js";
import { rangeOf } from "./blueprintLenses.js";

export interface BlueprintProblemsParts {
  readonly blueprints: Blueprints;
  readonly services: Services;
  readonly git: Git;
  readonly matches: Matches;
  readonly render: Pick<RenderClient, "validateBlueprint">;
  readonly apiKey: Pick<ApiKey, "read" | "onDidChange">;
  readonly state: Pick<StoredState, "blueprintWorkspace">;
  readonly clock: Pick<Clock, "sleep">;
  readonly log: Logger;
}

/** The most that Render takes (Render API, "Validate Blueprint"), in bytes. */
const mostBytes = 10 * 1024 * 1024;

/** How long to wait after a save for another one, in milliseconds: files may be saved while somebody types. */
const quietTime = 400;

/** The errors that Render finds in Blueprint files, as diagnostics. */
export class BlueprintProblems implements vscode.Disposable {
  readonly #parts: BlueprintProblemsParts;
  readonly #own = new Owned();
  readonly #shown = this.#own.add(vscode.languages.createDiagnosticCollection("render"));
  readonly #underWay = new Map<string, AbortController>();
  readonly #newest = new Map<string, number>();
  #checks = 0;
  #hasAsked = false;

  constructor(parts: BlueprintProblemsParts) {
    this.#parts = parts;
    const watcher = this.#own.add(vscode.workspace.createFileSystemWatcher(yamlGlob, true, true, false));
    const forget = (uri: vscode.Uri): void => {
      this.#forget(uri);
    };
    const forgetAll = (): void => {
      this.#forgetAll();
    };
    this.#own.add(watcher.onDidDelete(forget));
    this.#own.add(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.#forget(uri);
      }),
    );
    this.#own.add(parts.apiKey.onDidChange(forgetAll));
    this.#own.add(settings.onDidChange("validateBlueprintOnSave", forgetAll));
  }

  /** Whether the file is small enough for Render to take it. */
  isSmallEnough(document: vscode.TextDocument): boolean {
    return Buffer.byteLength(document.getText()) <= mostBytes;
  }

  /** The id of the workspace that a file is checked for. Undefined when only a person can tell. */
  async workspaceFor(document: vscode.TextDocument): Promise<string | undefined> {
    const { blueprints, services, git, matches, state } = this.#parts;
    await services.load();
    await blueprints.load();
    const { listing } = services;
    const file = await blueprints.read(document);
    const named = [...blueprints.servicesIn(file, document).values()].flat();
    const root = git.rootOf(document.uri);
    const built =
      root === undefined
        ? []
        : matches.all().flatMap(({ service, repository }) => (repository?.root === root ? [service] : []));
    return workspaceFor([named, built], state.blueprintWorkspace.get(), listing);
  }

  /**
   * Has Render check the file as it stands in the editor, shows what it found, and tells it. Saving the file meanwhile
   * does not end it.
   *
   * @throws RenderError; nothing is shown for the file then
   */
  async check(document: vscode.TextDocument, ownerId: string): Promise<Validation> {
    try {
      return await this.#check(document, ownerId, new AbortController().signal);
    } catch (error) {
      this.#shown.delete(document.uri);
      throw error;
    }
  }

  /** Checks a file that was saved, where that is wanted. Never rejects. */
  async saved(document: vscode.TextDocument): Promise<void> {
    const { blueprints, apiKey, clock, log } = this.#parts;
    const { uri } = document;
    if (!vscode.workspace.isTrusted || !settings.validateBlueprintOnSave(uri)) return;
    if (!(await blueprints.recognize(document))) return;
    const name = uri.path.split("/").at(-1) ?? "";
    await this.#alone(document, async signal => {
      const isQuiet = await clock.sleep(quietTime, signal).then(
        () => true,
        () => false,
      );
      if (!isQuiet || (await apiKey.read()) === undefined) return;
      if (!this.isSmallEnough(document)) {
        this.#shown.delete(uri);
        log.warn(notValidatedLine(name, noValidationText("tooLarge").text));
        return;
      }
      const ownerId = await this.workspaceFor(document);
      if (signal.aborted) return;
      if (ownerId !== undefined) {
        await this.#check(document, ownerId, signal);
        return;
      }
      this.#shown.delete(uri);
      if (this.#hasAsked || this.#parts.services.listing.owners.length === 0) return;
      this.#hasAsked = true;
      void show("info", askForWorkspaceText(name), {
        chooseWorkspace: () => {
          void vscode.commands.executeCommand("render.validateBlueprint", uri);
        },
      });
    }).catch((error: unknown) => {
      if (error instanceof RenderError && error.kind === "aborted") return;
      // Whoever is writing is not interrupted for this: the command says why.
      log.warn(notValidatedLine(name, detailsOf(error)));
    });
  }

  dispose(): void {
    for (const run of this.#underWay.values()) run.abort();
    this.#own.dispose();
  }

  async #check(document: vscode.TextDocument, ownerId: string, signal: AbortSignal): Promise<Validation> {
    const { render, blueprints } = this.#parts;
    const file = await blueprints.read(document);
    const number = this.#begin(document.uri);
    const validation = await render.validateBlueprint(ownerId, document.getText(), signal);
    const problems = validation.valid ? [] : problemsOf(validation.errors, file);
    const diagnostics = problems.map(({ span, text }) => {
      const diagnostic = new vscode.Diagnostic(rangeOf(span), text, vscode.DiagnosticSeverity.Error);
      diagnostic.source = problemSource;
      return diagnostic;
    });
    // A check that began later, or the end of the file, says what is shown.
    if (this.#newest.get(document.uri.toString()) === number) this.#shown.set(document.uri, diagnostics);
    return validation;
  }

  /** The number of the check that begins; what earlier ones of the file find is not shown any more. */
  #begin(uri: vscode.Uri): number {
    this.#newest.set(uri.toString(), ++this.#checks);
    return this.#checks;
  }

  /** Ends an earlier check after saving that is under way. What fails leaves nothing shown, as that may no longer be so. */
  async #alone<T>({ uri }: vscode.TextDocument, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const key = uri.toString();
    this.#underWay.get(key)?.abort();
    const run = new AbortController();
    this.#underWay.set(key, run);
    try {
      return await work(run.signal);
    } catch (error) {
      if (!run.signal.aborted) this.#shown.delete(uri);
      throw error;
    } finally {
      if (this.#underWay.get(key) === run) this.#underWay.delete(key);
    }
  }

  #forget(uri: vscode.Uri): void {
    this.#underWay.get(uri.toString())?.abort();
    this.#newest.delete(uri.toString());
    this.#shown.delete(uri);
  }

  #forgetAll(): void {
    for (const run of this.#underWay.values()) run.abort();
    this.#newest.clear();
    this.#shown.clear();
  }
}
