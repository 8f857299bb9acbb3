import * as vscode from "vscode";
import type { AwaitedDeploys } from "../core/deploy/awaitedDeploys.js";
import { existingOrder } from "../core/deploy/existingOrder.js";
import { startedBy } from "../core/deploy/followTexts.js";
import { automaticDeployOf, lookFor } from "../core/deploy/lookFor.js";
import { automaticMissingText } from "../core/deploy/preflightTexts.js";
import type { DeployTracker } from "../core/deploy/tracker.js";
import { plainText } from "../core/plainText.js";
import type { Clock } from "../core/ports.js";
import type { Deploy, Service } from "../core/render/shapes.js";
import { show } from "./notices.js";
import type { Services } from "./services.js";

/** How long an automatic deploy is waited for, and how often it is looked for, in milliseconds. */
const looks = {
  commit: { longest: 60_000, every: 2_000 },
  checksPass: { longest: 30 * 60_000, every: 10_000 },
} as const;

export interface AutomaticDeploysParts {
  readonly services: Services;
  readonly tracker: Pick<DeployTracker, "followExisting">;
  readonly clock: Clock;
  /** What is waited for here is not followed a second time because of its push. */
  readonly awaited: AwaitedDeploys;
}

/** Waits for deploys that Render begins by itself, and has them followed. */
export class AutomaticDeploys {
  readonly #parts: AutomaticDeploysParts;

  constructor(parts: AutomaticDeploysParts) {
    this.#parts = parts;
  }

  /**
   * Waits, with a progress notification, until Render has begun the automatic deploy of a commit, and has it followed.
   * Where it does not come in time, the person is told. Never rejects.
   *
   * @param when what Render waits for itself
   * @param retry starts the way anew, from the notification
   */
  async follow(
    service: Service,
    commitId: string,
    when: "commit" | "checksPass",
    retry: () => void,
  ): Promise<void> {
    const { services, tracker, awaited } = this.#parts;
    const location = vscode.ProgressLocation.Notification;
    const title = `Waiting for the automatic deploy of ${plainText(service.name, 60)}…`;
    await awaited.add(service.id, commitId);
    const found = await vscode.window.withProgress({ location, title, cancellable: true }, (_, token) =>
      this.#look(service.id, commitId, when, token),
    );
    if (found && found !== "canceled") {
      const order = existingOrder(service, services.place(service), found, startedBy(found));
      tracker.followExisting(order, found);
      return;
    }
    await awaited.remove(service.id, commitId);
    if (found === "canceled") return;
    const missing = { text: automaticMissingText(service.name), remedies: ["retry"] } as const;
    void show("warning", missing, { retry });
  }

  async #look(
    serviceId: string,
    commitId: string,
    when: "commit" | "checksPass",
    token: vscode.CancellationToken,
  ): Promise<Deploy | "canceled" | undefined> {
    const { services, clock } = this.#parts;
    const { longest, every } = looks[when];
    const stop = new AbortController();
    token.onCancellationRequested(() => {
      stop.abort();
    });
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
