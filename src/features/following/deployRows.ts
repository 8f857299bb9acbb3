import type { Deploy } from "../../render/shapes.js";
import { deployOf, isOver, type DeploySink, type FollowedDeploy } from "./followedDeploy.js";

/** What shows the deploys of services: see `Services`. */
export interface DeployRowsParts {
  noteDeploy(serviceId: string, deploy: Deploy): void;
  rereadDeploys(serviceId: string): Promise<void>;
  deploysOf(serviceId: string): { readonly complete: boolean } | undefined;
  loadDeploys(serviceId: string): Promise<void>;
}

/**
 * Keeps the rows of followed deploys up to date. The others are read too where nobody has yet, as they tell how long it
 * usually takes, and at the end, as one of them is no longer live.
 */
export class DeployRows implements DeploySink {
  readonly #services: DeployRowsParts;

  constructor(services: DeployRowsParts) {
    this.#services = services;
  }

  deployChanged(followed: FollowedDeploy, before: FollowedDeploy | undefined): void {
    const { id } = followed.order.service;
    const deploy = deployOf(followed);
    if (!before && deploy && this.#services.deploysOf(id)?.complete !== true)
      void this.#services.loadDeploys(id);
    if (followed.behind && followed.behind !== before?.behind) this.#services.noteDeploy(id, followed.behind);
    if (!deploy) return;
    this.#services.noteDeploy(id, deploy);
    if (isOver(followed)) void this.#services.rereadDeploys(id);
  }
}
