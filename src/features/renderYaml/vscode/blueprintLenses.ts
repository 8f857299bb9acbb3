import * as vscode from "vscode";
import { entryLenses, type EntryAction } from "../lensTexts.js";
import { unreadText } from "../../../blueprints/blueprintTexts.js";
import type { Span } from "../../../blueprints/textPlaces.js";
import type { Service } from "../../../render/shapes.js";
import { yamlGlob, type Blueprints } from "../../../blueprints/vscode/blueprints.js";
import type { CommandId } from "../../../commands.js";
import { Owned } from "../../../window/owned.js";
import type { Services } from "../../../services/vscode/services.js";

/** The deploys of at most so many services of a file are read. */
const mostServices = 20;

/** How often the ages are brought up to date while a Blueprint file is in sight, in milliseconds. */
const ageInterval = 60_000;

/** What a lens passes to its command. */
export interface LensArgument {
  readonly from: "blueprint";
  /** The services that the lens stands above: one, or several to choose from. */
  readonly services: readonly Service[];
}

/** Above each service of a Blueprint file: its live state and what can be done. */
export class BlueprintLenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #blueprints: Blueprints;
  readonly #services: Services;
  readonly #own = new Owned();
  readonly #changed = this.#own.add(new vscode.EventEmitter<void>());
  /** The ids of the services that lenses were last given for. */
  readonly #shown = new Set<string>();
  readonly #ticking: NodeJS.Timeout;

  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(blueprints: Blueprints, services: Services) {
    this.#blueprints = blueprints;
    this.#services = services;
    const refresh = (): void => {
      this.#changed.fire();
    };
    const selector = [
      { scheme: "file", pattern: yamlGlob },
      { scheme: "file", language: "yaml" },
    ];
    this.#own.add(vscode.languages.registerCodeLensProvider(selector, this));
    this.#own.add(blueprints.onDidChange(refresh));
    this.#own.add(vscode.workspace.onDidGrantWorkspaceTrust(refresh));
    this.#own.add(
      services.onDidChangeDeploys(id => {
        if (this.#shown.has(id)) refresh();
      }),
    );
    this.#ticking = setInterval(() => {
      const isSeen = vscode.window.visibleTextEditors.some(({ document }) =>
        blueprints.isBlueprint(document),
      );
      if (isSeen && this.#shown.size > 0) refresh();
    }, ageInterval);
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const { account } = this.#services;
    if (account.state === "signedOut" || !(await this.#blueprints.mayBeBlueprint(document))) return [];
    // What is found out by it comes with `onDidChange`.
    void this.#blueprints.load();
    if (!this.#blueprints.isBlueprint(document)) return [];
    const file = await this.#blueprints.read(document);
    if (file.unread) return [noteLens(unreadText(document.uri.path.split("/").at(-1) ?? "", file.unread))];
    const services = this.#blueprints.servicesIn(file, document);
    const made = this.#blueprints.madeFrom(document);
    const deployed = file.entries.filter(({ apiType }) => apiType !== undefined);
    let left = mostServices;
    return deployed.flatMap(entry => {
      const found = services.get(entry) ?? [];
      const [service] = found;
      if (service && found.length === 1 && left-- > 0) this.#readDeploys(service);
      const argument: LensArgument = { from: "blueprint", services: found };
      const range = rangeOf(entry.span);
      const facts = {
        entry,
        found,
        account,
        blueprints: made,
        complete: this.#blueprints.isComplete,
        hasLeftOut: this.#blueprints.hasLeftOut,
        deploysOf: (id: string) => this.#services.deploysOf(id),
      };
      return entryLenses(facts, Date.now()).map(
        ({ title, action, tooltip }) =>
          new vscode.CodeLens(range, { title, tooltip, command: commands[action], arguments: [argument] }),
      );
    });
  }

  dispose(): void {
    clearInterval(this.#ticking);
    this.#own.dispose();
  }

  #readDeploys({ id }: Service): void {
    this.#shown.add(id);
    if (!this.#services.deploysOf(id)) void this.#services.loadDeploys(id);
  }
}

/** A lens without a command is text that cannot be pressed. */
const commands: Record<EntryAction, CommandId | ""> = {
  none: "",
  deploy: "render.triggerDeploy",
  showDeploys: "render.showDeploys",
  open: "render.openService",
};

/** A text above the first line. */
function noteLens(title: string): vscode.CodeLens {
  return new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), { title, command: commands.none });
}

/** A span of a Blueprint file, as the editor has it. */
export function rangeOf({ start, end }: Span): vscode.Range {
  return new vscode.Range(start.line, start.column, end.line, end.column);
}
