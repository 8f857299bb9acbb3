import * as vscode from "vscode";
import { BlueprintDirectory } from "../core/blueprint/blueprintDirectory.js";
import type { BlueprintEntry, BlueprintFile } from "../core/blueprint/blueprintFile.js";
import { servicesOfEntry } from "../core/blueprint/entryServices.js";
import type { GitReading, RepositorySnapshot } from "../core/git/repository.js";
import type { BlueprintServices } from "../core/services/match.js";
import { detailsOf } from "../core/messages.js";
import type { Logger } from "../core/ports.js";
import type { RenderClient } from "../core/render/client.js";
import type { Service } from "../core/render/shapes.js";
import type { Git } from "./git.js";
import { Owned } from "./owned.js";
import { parseBlueprint } from "./parseBlueprint.js";
import { RootBlueprints } from "./rootBlueprints.js";
import type { Services } from "./services.js";

/** Render's own name for the file; another one is known from the Blueprint that is made from it. */
const usualName = "render.yaml";

/** Where Blueprint files are looked for, as a glob. */
export const blueprintGlob = `**/${usualName}`;

/** The Blueprint files of this window and what they stand for in the account. Asks for nothing by itself. */
export class Blueprints implements vscode.Disposable {
  readonly #services: Services;
  readonly #git: Git;
  readonly #own = new Owned();
  readonly #changed = this.#own.add(new vscode.EventEmitter<void>());
  readonly #directory: BlueprintDirectory;
  readonly #roots = new RootBlueprints();
  readonly #files = new WeakMap<
    vscode.TextDocument,
    { readonly version: number; readonly file: BlueprintFile }
  >();
  #links: { readonly reading: GitReading; readonly found: readonly BlueprintServices[] } | undefined;
  #loading: Promise<void> | undefined;
  #isComplete = false;
  #wasLoading = false;

  /** The services that files stand for may be others now. */
  readonly onDidChange = this.#changed.event;

  constructor(services: Services, git: Git, render: RenderClient, log: Logger) {
    this.#services = services;
    this.#git = git;
    this.#directory = new BlueprintDirectory(render, error => {
      log.warn(`The Blueprints could not be loaded: ${detailsOf(error)}`);
    });
    this.#own.add(
      services.onDidChange(() => {
        this.#accountChanged();
      }),
    );
    this.#own.add(
      git.onDidChange(() => {
        this.#isComplete = false;
        this.#changed.fire();
        void this.readNames();
      }),
    );
  }

  /** Whether all is known that decides which services a file stands for. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** Whether a file on disk is one that Render makes services from. */
  isBlueprint({ uri }: vscode.TextDocument): boolean {
    if (uri.scheme !== "file") return false;
    const { repository, path } = this.#placeOf(uri);
    return (
      path.split("/").at(-1) === usualName ||
      (repository !== undefined && this.#directory.isMadeFrom(repository, path))
    );
  }

  /** What can be read of a Blueprint file as it stands in the editor. */
  async read(document: vscode.TextDocument): Promise<BlueprintFile> {
    const known = this.#files.get(document);
    if (known?.version === document.version) return known.file;
    const { version } = document;
    const file = await parseBlueprint(document.getText());
    this.#files.set(document, { version, file });
    return file;
  }

  /** Loads what was never loaded. Never rejects, and does not try again what has failed: see `Services.account`. */
  load(): Promise<void> {
    this.#loading ??= this.#load().finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  /** The account's services that a service of the file may stand for. */
  servicesOf(entry: BlueprintEntry, { uri }: vscode.TextDocument): Service[] {
    const { repository, path } = this.#placeOf(uri);
    const resources = repository ? this.#directory.resourcesOf(repository, path) : [];
    return servicesOfEntry(entry, this.#services.account.services, repository, resources);
  }

  /** Reads what the repositories' files name, as Git was read last. Asks Render for nothing and never rejects. */
  async readNames(): Promise<void> {
    if (!(await this.#roots.refresh(this.#git.last))) return;
    this.#links = undefined;
    this.#changed.fire();
  }

  /** What ties services to the repositories of this window by their Blueprints, as far as they were loaded. */
  get links(): readonly BlueprintServices[] {
    const reading = this.#git.last;
    if (this.#links?.reading === reading) return this.#links.found;
    const repositories = reading.ok ? reading.repositories : [];
    const found = repositories.map(each => ({
      root: each.root,
      entries: this.#roots.entriesOf(each.root),
      serviceIds: this.#directory.serviceIdsOf(each),
    }));
    this.#links = { reading, found };
    return found;
  }

  dispose(): void {
    this.#directory.clear();
    this.#own.dispose();
  }

  async #load(): Promise<void> {
    const { state } = this.#services.account;
    if (this.#isComplete || state === "failed" || state === "signedOut") return;
    const [reading] = await Promise.all([this.#git.read({ fresh: false }), this.#services.load()]);
    if (this.#services.account.state !== "ready") return;
    if (reading.ok) await this.#directory.load(reading.repositories);
    this.#isComplete = true;
    this.#links = undefined;
    this.#changed.fire();
  }

  #accountChanged(): void {
    const { state } = this.#services.account;
    const isLoading = state === "loading";
    // A load begins: what the Blueprints control may have changed as well.
    if (isLoading && !this.#wasLoading) this.#directory.clear();
    this.#wasLoading = isLoading;
    if (state !== "ready") this.#isComplete = false;
    this.#changed.fire();
  }

  #placeOf(uri: vscode.Uri): { readonly repository: RepositorySnapshot | undefined; readonly path: string } {
    const root = this.#git.rootOf(uri);
    const { last } = this.#git;
    const repository = last.ok ? last.repositories.find(each => each.root === root) : undefined;
    const folder = repository && `${vscode.Uri.parse(repository.root).path.replace(/\/$/u, "")}/`;
    return {
      repository,
      path: folder !== undefined && uri.path.startsWith(folder) ? uri.path.slice(folder.length) : uri.path,
    };
  }
}
