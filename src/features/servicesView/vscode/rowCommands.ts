import { dashboardPage } from "../../../services/dashboardPage.js";
import type { Service } from "../../../render/shapes.js";
import { pickService } from "../../../matching/vscode/pickService.js";
import { openLink } from "../../../dialogs/links.js";
import type { Matches } from "../../../matching/vscode/matches.js";
import type { Services } from "../../../services/vscode/services.js";
import type { ServicesTree } from "./servicesTree.js";

export interface ServiceCommandsParts {
  readonly services: Services;
  readonly matches: Matches;
  readonly tree: ServicesTree;
  /** Makes sure that there is a key, asking for one where there is none. False when the person left. */
  readonly signIn: () => Promise<boolean>;
}

/** What can be done with a service besides deploying it. */
export class ServiceCommands {
  readonly #parts: ServiceCommandsParts;

  constructor(parts: ServiceCommandsParts) {
    this.#parts = parts;
  }

  /** Shows the deploys of the service in the view; of several, or of none given, the person picks one. */
  async showDeploys(among: readonly Service[]): Promise<void> {
    const service = await this.#one(among, "Show Deploys", "show the deploys of");
    if (service) await this.#parts.tree.reveal(service);
  }

  /** Opens the site of the service, or its page in the Dashboard where it has none. */
  async open(among: readonly Service[]): Promise<void> {
    const service = await this.#one(among, "Open", "open");
    if (!service) return;
    const { url = "" } = service;
    // What other services have as `url` is a host and port that no browser opens.
    if (/^https?:\/\//u.test(url)) await openLink(url, { allowHttp: true });
    else await openLink(dashboardPage(service));
  }

  async #one(among: readonly Service[], command: string, purpose: string): Promise<Service | undefined> {
    const [service, ...others] = among;
    if (service && others.length === 0) return service;
    if (!(await this.#parts.signIn())) return undefined;
    void this.#parts.services.load();
    return pickService(this.#parts, { title: `Render: ${command}`, purpose, ...(service && { among }) });
  }
}
