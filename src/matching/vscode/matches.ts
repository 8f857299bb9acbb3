import * as vscode from "vscode";
import { isReadFor, readAt, type GitReading } from "../../git/repository.js";
import type { Service } from "../../render/shapes.js";
import { linkAt, type ServiceLink, withLink } from "../link.js";
import { readingOf } from "../linkedReading.js";
import { rememberedTarget, type Target } from "../target.js";
import type { StoredState } from "../../window/state.js";
import { matchServices, type ServiceMatch } from "../match.js";
import { type BlueprintServices } from "../../blueprints/blueprintEntry.js";
import { preferredService, type PreferredService } from "../preferred.js";
import type { Git } from "../../git/vscode/git.js";
import { Owned } from "../../window/owned.js";
import type { Services } from "../../services/vscode/services.js";
import { here } from "../../window/here.js";

const none: readonly ServiceLink[] = [];

export interface MatchesParts {
  readonly services: Services;
  readonly git: Git;
  readonly state: Pick<StoredState, "links" | "lastService">;
  /** What the repositories' render.yaml files and Blueprints name. */
  readonly blueprints: {
    readonly links: readonly BlueprintServices[];
    readonly readNames: () => Promise<void>;
    readonly onDidChange: vscode.Event<void>;
  };
}

interface KnownMatches {
  readonly inputs: readonly unknown[];
  readonly matches: readonly ServiceMatch[];
  readonly byService: ReadonlyMap<string, ServiceMatch>;
}

/**
 * Which services have to do with what is open in this window, and the links that a person made. Links hold in Restricted
 * Mode too: they are the person's own choice, kept by VS Code, and nothing in a folder can set one.
 */
export class Matches implements vscode.Disposable {
  readonly #parts: MatchesParts;
  readonly #own = new Owned();
  readonly #changed = this.#own.add(new vscode.EventEmitter<void>());
  #known: KnownMatches | undefined;

  /** The account, the repositories, the open file or the links changed. */
  readonly onDidChange = this.#changed.event;

  constructor(parts: MatchesParts) {
    this.#parts = parts;
    const changed = (): void => {
      this.#changed.fire();
    };
    this.#own.add(parts.services.onDidChange(changed));
    this.#own.add(parts.git.onDidChange(changed));
    this.#own.add(parts.blueprints.onDidChange(changed));
    this.#own.add(vscode.window.onDidChangeActiveTextEditor(changed));
    this.#own.add(vscode.workspace.onDidChangeWorkspaceFolders(changed));
  }

  /**
   * Reads what decides about matches besides the account: Git, as `Git.read` does, and what render.yaml names. Nothing
   * reads it before somebody looks.
   */
  async read(options: { readonly fresh: boolean }): Promise<void> {
    await this.#parts.git.read(options);
    await this.#parts.blueprints.readNames();
    this.#changed.fire();
  }

  /** Every link of this workspace. */
  get links(): readonly ServiceLink[] {
    return this.#parts.state.links.get() ?? none;
  }

  /** The link of the innermost folder that holds what is open. */
  get linkHere(): ServiceLink | undefined {
    return linkAt(here(), this.links);
  }

  /** All matches, best first; the same list until something changes. */
  all(): readonly ServiceMatch[] {
    return this.#read().matches;
  }

  of(serviceId: string): ServiceMatch | undefined {
    return this.#read().byService.get(serviceId);
  }

  #read(): KnownMatches {
    const { services, git, blueprints } = this.#parts;
    const { listing } = services;
    const open = { git: git.last, here: here(), links: this.links, blueprints: blueprints.links };
    const inputs = [listing.services, ...Object.values(open)];
    if (!this.#known?.inputs.every((input, index) => input === inputs[index])) {
      const matches = matchServices(listing.services, open);
      this.#known = { inputs, matches, byService: new Map(matches.map(each => [each.service.id, each])) };
    }
    return this.#known;
  }

  /** The link of the innermost folder that holds this file or folder. */
  linkAt(place: vscode.Uri): ServiceLink | undefined {
    return linkAt(place.toString(), this.links);
  }

  /**
   * The service that one click means, among those that are loaded; undefined where a person must choose.
   *
   * @param root of the one repository that counts, where that is known
   */
  preferred(root?: string): PreferredService | undefined {
    const last = this.#parts.state.lastService.get();
    const { services } = this.#parts.services.listing;
    const matches = this.all().filter(({ repository }) => root === undefined || repository?.root === root);
    const known = root === undefined ? services : matches.map(({ service }) => service);
    return preferredService(
      matches,
      known.find(({ id }) => id === last?.id),
    );
  }

  /** What one click means, known without asking Render: from memory while the services are not loaded. */
  target(): Target | undefined {
    const link = this.linkHere;
    const preferred = link ? undefined : this.preferred();
    if (preferred) return { id: preferred.service.id, name: preferred.service.name, why: preferred.why };
    const isUnknown = this.#parts.services.listing.services.length === 0;
    return rememberedTarget(link, isUnknown ? this.#parts.state.lastService.get() : undefined);
  }

  /**
   * Git as it was read last, as it stands to a service with its links; where no file is open, the repository of the
   * service's folder, or of the only one, counts as open.
   */
  readingFor(service: Service): GitReading {
    const linked = this.links.filter(link => link.service.id === service.id);
    const folder = linked.length === 1 ? linked[0]?.folder : undefined;
    return readAt(folder ?? here(), readingOf(service, this.links, this.#parts.git.last));
  }

  /** Whether what was read of Git last tells the service's HEAD, as far as it can be told now. */
  isReadFor(service: Service): boolean {
    return service.repo === undefined || isReadFor(service.repo, this.readingFor(service));
  }

  async link(folder: string, service: Service): Promise<ServiceLink> {
    const link = { folder, service: { id: service.id, name: service.name } };
    await this.#setLinks(withLink(link, this.links));
    return link;
  }

  async unlink(link: ServiceLink): Promise<void> {
    await this.#setLinks(this.links.filter(({ folder }) => folder !== link.folder));
  }

  dispose(): void {
    this.#own.dispose();
  }

  async #setLinks(links: readonly ServiceLink[]): Promise<void> {
    await this.#parts.state.links.set(links.length > 0 ? links : undefined);
    this.#changed.fire();
  }
}
