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

/** Between two looks of all in milliseconds, as Render takes 400 readings a minute from one person at most. */
const shortestPause = 500;

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
    const stop = new AbortController();
    const found = await vscode.window.withProgress({ location, title, cancellable: true }, (_, token) => {
      token.onCancellationRequested(() => {
        stop.abort();
      });
      return this.#look(service.id, commitId, when, looks[when].every, stop.signal);
    });
    if (found) {
      const order = existingOrder(service, services.place(service), found, startedBy(found));
      tracker.followExisting(order, found);
      return;
    }
    await awaited.remove(service.id, commitId);
    if (stop.signal.aborted) return;
    const missing = { text: automaticMissingText(service.name), remedies: ["retry"] } as const;
    void show("warning", missing, { retry });
  }

  /**
   * Waits until Render has begun the automatic deploy of a commit because it was pushed. Undefined when it does not come
   * in time, or once aborted. Never rejects.
   *
   * @param among for how many services this is done at once: so much less often is looked for each
   */
  async find(
    serviceId: string,
    commitId: string,
    among: number,
    signal: AbortSignal,
  ): Promise<Deploy | undefined> {
    const { awaited } = this.#parts;
    await awaited.add(serviceId, commitId);
    const every = Math.max(looks.commit.every, among * shortestPause);
    const found = await this.#look(serviceId, commitId, "commit", every, signal);
    // Who left wants to hear no more of it.
    if (!found && !signal.aborted) await awaited.remove(serviceId, commitId);
    return found;
  }

  async #look(
    serviceId: string,
    commitId: string,
    when: "commit" | "checksPass",
    every: number,
    signal: AbortSignal,
  ): Promise<Deploy | undefined> {
    const { services, clock } = this.#parts;
    const { longest } = looks[when];
    const look = async (): Promise<Deploy | undefined> => {
      await services.loadDeploys(serviceId);
      return automaticDeployOf(commitId, services.deploysOf(serviceId)?.deploys ?? []);
    };
    try {
      return await lookFor({ clock, first: 0, pace: () => every, longest }, look, signal);
    } catch {
      return undefined;
    }
  }
}
