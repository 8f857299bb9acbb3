import * as vscode from "vscode";
import type { AwaitedDeploys } from "../core/deploy/awaitedDeploys.js";
import { automaticDeployOf, lookFor } from "../core/deploy/lookFor.js";
import { plainText } from "../core/plainText.js";
import type { Clock } from "../core/ports.js";
import type { Deploy, Service } from "../core/render/shapes.js";
import type { Services } from "./services.js";

/** How long an automatic deploy is waited for, and how often it is looked for, in milliseconds. */
const looks = {
  commit: { longest: 60_000, every: 2_000 },
  checksPass: { longest: 30 * 60_000, every: 10_000 },
} as const;

export interface AutomaticDeploysParts {
  readonly services: Services;
  readonly clock: Clock;
  /** What is waited for here is not followed a second time because of its push. */
  readonly awaited: AwaitedDeploys;
}

/** Waits for deploys that Render begins by itself. */
export class AutomaticDeploys {
  readonly #parts: AutomaticDeploysParts;

  constructor(parts: AutomaticDeploysParts) {
    this.#parts = parts;
  }

  /**
   * Waits, with a progress notification, until Render has begun the automatic deploy of a commit. Undefined when it does
   * not come in time.
   *
   * @param when what Render waits for itself
   */
  async find(
    service: Service,
    commitId: string,
    when: "commit" | "checksPass",
  ): Promise<Deploy | "canceled" | undefined> {
    const location = vscode.ProgressLocation.Notification;
    const title = `Waiting for the automatic deploy of ${plainText(service.name, 60)}…`;
    return vscode.window.withProgress({ location, title, cancellable: true }, (_, token) =>
      this.#look(service.id, commitId, when, token),
    );
  }

  async #look(
    serviceId: string,
    commitId: string,
    when: "commit" | "checksPass",
    token: vscode.CancellationToken,
  ): Promise<Deploy | "canceled" | undefined> {
    const { services, clock, awaited } = this.#parts;
    const { longest, every } = looks[when];
    const stop = new AbortController();
    token.onCancellationRequested(() => {
      stop.abort();
    });
    await awaited.add(serviceId, commitId);
    const look = async (): Promise<Deploy | undefined> => {
      await services.loadDeploys(serviceId);
      return automaticDeployOf(commitId, services.deploysOf(serviceId)?.deploys ?? []);
    };
    try {
      return await lookFor({ clock, first: 0, pace: () => every, longest }, look, stop.signal);
    } catch {
      return "canceled";
    }
  }
}
