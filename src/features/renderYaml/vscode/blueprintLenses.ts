import * as vscode from "vscode";
import { entryLenses, type EntryAction } from "../lensTexts.js";
import { unreadText } from "../../../blueprints/blueprintTexts.js";
import type { LensArgument } from "../../../blueprints/lensArgument.js";
import type { Span } from "../../../blueprints/textPlaces.js";
import type { Service } from "../../../render/shapes.js";
import type { Blueprints } from "../../../blueprints/vscode/blueprints.js";
import type { CommandId } from "../../../commands.js";
import { Owned } from "../../../window/owned.js";
import type { Services } from "../../../services/vscode/services.js";

/** The deploys of at most so many services of a file are read. */
const mostServices = 20;

/** How often the ages are brought up to date while a Blueprint file is in sight, in milliseconds. */
const ageInterval = 60_000;

export interface BlueprintLensesParts {
  readonly blueprints: Blueprints;
  readonly services: Services;
  /** Fires when lenses that were given may be others now. */
  readonly changed: Pick<vscode.EventEmitter<void>, "fire">;
}

/** Above each service of a Blueprint file: its live state and what can be done. */
export class BlueprintLenses implements vscode.Disposable {
  readonly #blueprints: Blueprints;
  readonly #services: Services;
  readonly #own = new Owned();
  /** The ids of the services that lenses were last given for. */
  readonly #shown = new Set<string>();
  readonly #ticking: NodeJS.Timeout;

  constructor({ blueprints, services, changed }: BlueprintLensesParts) {
    this.#blueprints = blueprints;
    this.#services = services;
    const refresh = (): void => {
      changed.fire();
    };
    this.#own.add(blueprints.onDidChange(refresh));
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

  /** None where it is no Blueprint file, as far as that is known now. */
  async of(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const { listing } = this.#services;
    if (listing.state === "signedOut" || !(await this.#blueprints.mayBeBlueprint(document))) return [];
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
        listing,
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
