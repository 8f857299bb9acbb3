import { hasSite } from "../../../services/serviceKind.js";
import { plainText } from "../../../text/plainText.js";
import { dashboardPage } from "../../../services/dashboardPage.js";
import type { Service } from "../../../render/shapes.js";
import { pickService, type ServiceQuestion } from "../../../matching/vscode/pickService.js";
import { openLink } from "../../../dialogs/links.js";
import type { Matches } from "../../../matching/vscode/matches.js";
import type { Services } from "../../../services/vscode/services.js";
import { setContextKey, type StoredState } from "../../../window/state.js";
import * as vscode from "vscode";
import { rowOf, serviceOf } from "../rowArgument.js";
import { deploysPick, filterPrompt, filterTitle, openPick } from "../viewTexts.js";
import type { ServicesTree } from "./servicesTree.js";

export interface RowCommandsParts {
  readonly services: Services;
  readonly matches: Matches;
  readonly tree: ServicesTree;
  readonly state: Pick<StoredState, "showPreviews">;
  /** Makes sure that there is a key, asking for one where there is none. False when the person left. */
  readonly signIn: () => Promise<boolean>;
}

/** What can be done with a service besides deploying it. */
export class RowCommands {
  readonly #parts: RowCommandsParts;

  constructor(parts: RowCommandsParts) {
    this.#parts = parts;
  }

  /** Shows the deploys of the service in the view; of several, or of none given, the person picks one. */
  async showDeploys(among: readonly Service[]): Promise<void> {
    const service = await this.#one(among, deploysPick);
    if (service) await this.#parts.tree.reveal(service);
  }

  /** Opens the site of the service, or its page in the Dashboard where it has none. */
  async open(among: readonly Service[]): Promise<void> {
    const service = await this.#one(among, openPick);
    if (!service) return;
    if (hasSite(service)) await openLink(service.url ?? "", { allowHttp: true });
    else await openLink(dashboardPage(service));
  }

  /** Opens the page of a row in the Dashboard; without a row, the Dashboard itself. */
  async openInDashboard(argument: unknown): Promise<void> {
    const row = rowOf(argument);
    const deploy = row?.kind === "deploy" ? row.deploy : undefined;
    await openLink(dashboardPage(row && "service" in row ? row.service : {}, deploy));
  }

  async openSite(argument: unknown): Promise<void> {
    await openLink(serviceOf(argument)?.url ?? "", { allowHttp: true });
  }

  async copyId(argument: unknown): Promise<void> {
    const row = rowOf(argument);
    if (row) await vscode.env.clipboard.writeText(row.kind === "deploy" ? row.deploy.id : row.id);
  }

  async showPreviews(shown: boolean): Promise<void> {
    const { state, services } = this.#parts;
    await state.showPreviews.set(shown);
    setContextKey("render.showPreviews", shown);
    await services.reload();
  }

  /** Asks what the rows are filtered by. */
  async filter(): Promise<void> {
    const { tree, services } = this.#parts;
    const text = await vscode.window.showInputBox({
      title: filterTitle,
      prompt: filterPrompt(services.listing.services.length),
      value: plainText(tree.filter),
    });
    if (text !== undefined) tree.filter = text;
  }

  async #one(among: readonly Service[], question: ServiceQuestion): Promise<Service | undefined> {
    const [service, ...others] = among;
    if (service && others.length === 0) return service;
    if (!(await this.#parts.signIn())) return undefined;
    void this.#parts.services.load();
    return pickService(this.#parts, { ...question, ...(service && { among }) });
  }
}
