import type { Service } from "../../core/render/shapes.js";
import { pickService } from "../ask/pickService.js";
import { openLink } from "../links.js";
import type { Services } from "../services.js";
import type { ServicesTree } from "../views/servicesTree.js";

/** What can be done with a service besides deploying it. */
export class ServiceCommands {
  readonly #services: Services;
  readonly #tree: ServicesTree;

  readonly #signIn: () => Promise<boolean>;

  /** @param signIn makes sure that there is a key, asking for one where there is none; false when the person left */
  constructor(services: Services, tree: ServicesTree, signIn: () => Promise<boolean>) {
    this.#services = services;
    this.#tree = tree;
    this.#signIn = signIn;
  }

  /** Shows the deploys of the service in the view; of several, or of none given, the person picks one. */
  async showDeploys(among: readonly Service[]): Promise<void> {
    const service = await this.#one(among, "Show Deploys", "Choose the service whose deploys to show");
    if (service) await this.#tree.reveal(service);
  }

  /** Opens the site of the service, or its page in the Dashboard where it has none. */
  async open(among: readonly Service[]): Promise<void> {
    const service = await this.#one(among, "Open", "Choose the service to open");
    if (!service) return;
    const { url = "", dashboardUrl } = service;
    // What other services have as `url` is a host and port that no browser opens.
    if (/^https?:\/\//u.test(url)) await openLink(url, { allowHttp: true });
    else await openLink(dashboardUrl);
  }

  async #one(among: readonly Service[], title: string, placeholder: string): Promise<Service | undefined> {
    const [service, ...others] = among;
    if (service && others.length === 0) return service;
    if (!(await this.#signIn())) return undefined;
    const services = this.#services;
    void services.load();
    return pickService(
      {
        account: () => (service ? { ...services.account, services: among } : services.account),
        matching: () => [],
        reload: () => void services.reload(),
        onDidChange: services.onDidChange,
      },
      { title: `Render: ${title}`, placeholder },
    );
  }
}
