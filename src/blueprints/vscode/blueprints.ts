import { UnderWay } from "../../underWay.js";
import * as vscode from "vscode";
import { BlueprintDirectory, type KnownBlueprint } from "../blueprintDirectory.js";
import type { BlueprintFile } from "../blueprintFile.js";
import { blueprintsNotLoadedLine } from "../blueprintTexts.js";
import { entryServices, type EntryServices } from "../entryServices.js";
import { looksLikeBlueprint, usualName } from "../looksLikeBlueprint.js";
import { isCloneOf, type GitReading, type RepositorySnapshot } from "../../git/repository.js";
import type { BlueprintServices } from "../blueprintEntry.js";
import { detailsOf } from "../../render/errorTexts.js";
import type { Logger } from "../../ports.js";
import type { RenderClient } from "../../render/client.js";
import type { Git } from "../../git/vscode/git.js";
import { Owned } from "../../window/owned.js";
import { parseBlueprint } from "./parseBlueprint.js";
import { RootBlueprints } from "./rootBlueprints.js";
import type { Services } from "../../services/vscode/services.js";

/** Where Blueprint files of Render's own name are looked for, as a glob. */
export const blueprintGlob = `**/${usualName}`;

/** The Blueprint files of this window and what they stand for in the account. Asks for nothing by itself. */
export class Blueprints implements vscode.Disposable {
  readonly #services: Services;
  readonly #git: Git;
  readonly #own = new Owned();
  readonly #changed = this.#own.add(new vscode.EventEmitter<void>());
  readonly #directory: BlueprintDirectory;
  readonly #roots: RootBlueprints;
  readonly #files = new WeakMap<
    vscode.TextDocument,
    { readonly version: number; readonly file: BlueprintFile }
  >();
  #links: { readonly reading: GitReading; readonly found: readonly BlueprintServices[] } | undefined;
  readonly #loading = new UnderWay();
  #isLoaded = false;
  #isComplete = false;
  #wasLoading = false;

  /** The services that files stand for may be others now. */
  readonly onDidChange = this.#changed.event;

  constructor(services: Services, git: Git, render: RenderClient, log: Logger) {
    this.#services = services;
    this.#git = git;
    this.#roots = new RootBlueprints(log);
    this.#directory = new BlueprintDirectory(render, error => {
      log.warn(blueprintsNotLoadedLine(detailsOf(error)));
    });
    this.#own.add(
      services.onDidChange(() => {
        this.#listingChanged();
      }),
    );
    this.#own.add(
      git.onDidChange(() => {
        this.#forgetLoad();
        this.#changed.fire();
        void this.readNames();
      }),
    );
  }

  /** Whether all is known that decides which services a file stands for. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** Whether something was left out of that, as it could not be read: what is not found may be there all the same. */
  get hasLeftOut(): boolean {
    return this.#directory.hasLeftOut || this.#services.listing.unread?.services !== undefined;
  }

  /** Whether a file on disk is known to be one that Render makes services from. */
  isBlueprint(document: vscode.TextDocument): boolean {
    if (!isYamlFile(document)) return false;
    const { repository, path } = this.#placeOf(document.uri);
    return (
      path.split("/").at(-1) === usualName ||
      (repository !== undefined && this.#directory.madeFrom(repository, path).length > 0)
    );
  }

  /**
   * Whether a file may be one that Render makes services from, so that asking for the Blueprints is worth its requests:
   * it lies in a repository that a service is built from, or it reads like a Blueprint.
   */
  async mayBeBlueprint(document: vscode.TextDocument): Promise<boolean> {
    if (!vscode.workspace.isTrusted || !isYamlFile(document)) return false;
    if (this.isBlueprint(document) || this.#isInServiceRepository(document.uri)) return true;
    return this.readsLikeBlueprint(document);
  }

  /** Whether a file names services as a Blueprint does. */
  async readsLikeBlueprint(document: vscode.TextDocument): Promise<boolean> {
    if (!isYamlFile(document) || !looksLikeBlueprint(document.getText())) return false;
    return (await this.read(document)).entries.length > 0;
  }

  /** Whether a file is one that Render makes services from; the Blueprints are read first where they can tell. */
  async recognize(document: vscode.TextDocument): Promise<boolean> {
    if (!this.isBlueprint(document) && (await this.mayBeBlueprint(document))) await this.load();
    return vscode.workspace.isTrusted && this.isBlueprint(document);
  }

  /** The files in this window that Blueprints are made from, as far as they were read. */
  get files(): vscode.Uri[] {
    const { last } = this.#git;
    const repositories = last.ok ? last.repositories : [];
    return repositories.flatMap(repository => {
      const root = vscode.Uri.parse(repository.root);
      return this.#directory.pathsIn(repository).map(path => vscode.Uri.joinPath(root, path));
    });
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
    return this.#loading.join("all", () => this.#load());
  }

  /** The account's services that each service of the file may stand for. */
  servicesIn({ entries }: BlueprintFile, document: vscode.TextDocument): EntryServices {
    const { repository } = this.#placeOf(document.uri);
    const resources = this.madeFrom(document).map(blueprint => blueprint.resources);
    return entryServices(entries, this.#services.listing.services, repository, resources);
  }

  /** The Blueprints made from the file, as far as they were read. */
  madeFrom({ uri }: vscode.TextDocument): readonly KnownBlueprint[] {
    const { repository, path } = this.#placeOf(uri);
    return repository ? this.#directory.madeFrom(repository, path) : [];
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
    const { state } = this.#services.listing;
    if (this.#isLoaded || state === "failed" || state === "signedOut") return;
    const [reading] = await Promise.all([this.#git.read({ fresh: false }), this.#services.load()]);
    if (this.#services.listing.state !== "ready") return;
    // What could not be read is not asked for again before the account is loaded anew.
    this.#isComplete = reading.ok && (await this.#directory.load(reading.repositories));
    this.#isLoaded = true;
    this.#links = undefined;
    this.#changed.fire();
  }

  #listingChanged(): void {
    const { state } = this.#services.listing;
    const isLoading = state === "loading";
    // A load begins: what the Blueprints control may have changed as well.
    if (isLoading && !this.#wasLoading) this.#directory.expire();
    // Another key may see another account.
    if (state === "idle" || state === "signedOut") this.#directory.clear();
    this.#wasLoading = isLoading;
    if (state !== "ready") this.#forgetLoad();
    this.#changed.fire();
  }

  #forgetLoad(): void {
    this.#isLoaded = false;
    this.#isComplete = false;
  }

  #isInServiceRepository(uri: vscode.Uri): boolean {
    const { state, services } = this.#services.listing;
    const { repository } = this.#placeOf(uri);
    if (state !== "ready" || !repository) return false;
    return services.some(({ repo }) => repo !== undefined && isCloneOf(repository, repo));
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

function isYamlFile({ uri, languageId }: vscode.TextDocument): boolean {
  return uri.scheme === "file" && (languageId === "yaml" || /\.ya?ml$/iu.test(uri.path));
}
