import * as vscode from "vscode";
import { isCloneOf } from "../../git/repository.js";
import { plainName } from "../../text/plainText.js";
import type { Service } from "../../render/shapes.js";
import type { ServiceLink } from "../link.js";
import {
  folderPick,
  folderText,
  linkedGoneText,
  linkedPick,
  linkedText,
  linkText,
  noFolderToLink,
  nothingLinked,
  unlinkedPick,
  unlinkedText,
} from "../linkTexts.js";
import { rootOf } from "../../services/serviceKind.js";
import { folderName } from "../../text/uriPath.js";
import { pickService } from "./pickService.js";
import type { Git } from "../../git/vscode/git.js";
import type { Matches } from "./matches.js";
import { show } from "../../dialogs/notices.js";
import type { Services } from "../../services/vscode/services.js";

export interface LinkServiceParts {
  readonly services: Services;
  readonly git: Git;
  readonly matches: Matches;
  /** Makes sure that there is a key, asking for one where there is none. False when the person left. */
  readonly signIn: () => Promise<boolean>;
}

interface FolderItem extends vscode.QuickPickItem {
  readonly folder: string;
}

/** Links folders to services, and takes links away. */
export class LinkService {
  readonly #parts: LinkServiceParts;

  constructor(parts: LinkServiceParts) {
    this.#parts = parts;
  }

  /** Asks for what is not given and links. */
  async link(given: { readonly service?: Service; readonly folder?: string } = {}): Promise<void> {
    const { services, matches } = this.#parts;
    if ((vscode.workspace.workspaceFolders ?? []).length === 0) return show("info", noFolderToLink);
    if (!(await this.#parts.signIn())) return;
    void services.load();
    const reading = matches.read({ fresh: false });
    const service = given.service ?? (await pickService(this.#parts, linkedPick));
    if (!service) return;
    await reading;
    const folder = given.folder ?? (await this.#pickFolder(service));
    if (folder === undefined) return;
    const link = await matches.link(folder, service);
    await services.load();
    await show("info", linkedText(link, service, services.place(service)), {
      unlinkService: () => void this.#unlink(link),
    });
  }

  /** Takes a link away: of the given service, or of any; asks which where there are several. */
  async unlink(service?: Service): Promise<void> {
    const links = this.#parts.matches.links.filter(link => !service || link.service.id === service.id);
    const [only, ...others] = links;
    if (!only) return show("info", nothingLinked, { linkService: () => void this.link() });
    const link = others.length === 0 ? only : await pickLink(links);
    if (link) await this.#unlink(link);
  }

  /** Says that a linked service is not at Render, and offers the ways on. */
  gone(link: ServiceLink): void {
    // Not waited for: the message may stay for long, and the button must answer meanwhile.
    void show("warning", linkedGoneText(link), {
      linkService: () => void this.link({ folder: link.folder }),
      unlinkService: () => void this.#unlink(link),
    });
  }

  async #unlink(link: ServiceLink): Promise<void> {
    await this.#parts.matches.unlink(link);
    await show("info", unlinkedText(link), { linkService: () => void this.link({ folder: link.folder }) });
  }

  async #pickFolder(service: Service): Promise<string | undefined> {
    const items = await this.#folders(service);
    const [only, ...others] = items;
    if (only && others.length === 0) return only.folder;
    const picked = await vscode.window.showQuickPick(items, folderPick(service));
    return picked?.folder;
  }

  /** The service's root directory in each open clone, where it exists, then the folders of the workspace. */
  async #folders(service: Service): Promise<FolderItem[]> {
    const { matches } = this.#parts;
    const { repo } = service;
    const reading = matches.readingFor(service);
    const root = rootOf(service);
    const clones = reading.ok ? reading.repositories : [];
    const directories = clones
      .filter(clone => root !== "" && repo !== undefined && isCloneOf(clone, repo))
      .map(clone => vscode.Uri.joinPath(vscode.Uri.parse(clone.root), root));
    const existing = await onlyFolders(directories);
    const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
    const item = (kind: "folder" | "rootDir", uri: vscode.Uri): FolderItem => {
      const folder = uri.toString();
      const linked = matches.links.find(link => link.folder === folder);
      return {
        label: `$(folder) ${plainName(folderName(folder))}`,
        description: folderText(kind, service, linked),
        detail: uri.fsPath,
        folder,
      };
    };
    const items = [...existing.map(uri => item("rootDir", uri)), ...folders.map(uri => item("folder", uri))];
    return items.filter((one, index) => items.findIndex(({ folder }) => folder === one.folder) === index);
  }
}

async function onlyFolders(uris: readonly vscode.Uri[]): Promise<vscode.Uri[]> {
  const checked = uris.map(async uri => {
    try {
      const { type } = await vscode.workspace.fs.stat(uri);
      return (type & vscode.FileType.Directory) === 0 ? [] : [uri];
    } catch {
      // The service's branch may have a folder that the checked-out one has not.
      return [];
    }
  });
  return (await Promise.all(checked)).flat();
}

async function pickLink(links: readonly ServiceLink[]): Promise<ServiceLink | undefined> {
  const items = links.map(link => ({
    label: `$(link) ${linkText(link)}`,
    detail: vscode.Uri.parse(link.folder).fsPath,
    link,
  }));
  const picked = await vscode.window.showQuickPick(items, unlinkedPick);
  return picked?.link;
}
