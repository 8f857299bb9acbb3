import type { Push } from "../../git/push.js";
import { detailsOf } from "../../render/errorTexts.js";
import type { Logger } from "../../ports.js";
import type { Service } from "../../render/shapes.js";
import type { Place } from "../../services/place.js";
import type { AwaitedDeploys } from "../following/ledger/awaitedDeploys.js";
import { existingOrder } from "../following/existingOrder.js";
import { askedByPush, pushUnreadLine } from "./pushTexts.js";
import { watchPush, type PushOutcome, type PushWatchParts, type Undeployed } from "./pushWatch.js";
import type { DeployTracker } from "../following/tracker.js";

export interface PushFollowerParts extends PushWatchParts {
  readonly tracker: Pick<DeployTracker, "followExisting">;
  readonly place: (service: Service) => Place;
  readonly awaited: Pick<AwaitedDeploys, "claim">;
  /** Tells the person of all services at once of which a push made no deploy; at least one. */
  readonly tell: (push: Push, undeployed: readonly Undeployed[]) => void;
  readonly log: Logger;
}

/** Follows what pushes start. Of one branch, only the newest push is looked after. */
export class PushFollower {
  readonly #parts: PushFollowerParts;
  readonly #running = new Map<string, AbortController>();

  constructor(parts: PushFollowerParts) {
    this.#parts = parts;
  }

  /** Looks in the background for the deploys of a push; those that are found are followed like one's own. */
  follow(push: Push, services: readonly Service[]): void {
    const branch = `${push.root} ${push.branch}`;
    this.#running.get(branch)?.abort();
    const end = new AbortController();
    this.#running.set(branch, end);
    const groups = [
      services.filter(({ autoDeploy }) => autoDeploy === "commit"),
      // They take longer: nothing waits for them.
      services.filter(({ autoDeploy }) => autoDeploy === "checksPass"),
    ];
    void Promise.all(groups.map(group => this.#followAll(push, group, end.signal))).finally(() => {
      if (this.#running.get(branch) === end) this.#running.delete(branch);
    });
  }

  /** Ends looking; what is followed already goes on. */
  stop(): void {
    for (const end of this.#running.values()) end.abort();
    this.#running.clear();
  }

  async #followAll(push: Push, services: readonly Service[], signal: AbortSignal): Promise<void> {
    const outcomes = await Promise.all(services.map(service => this.#followOne(push, service, signal)));
    const undeployed = outcomes.filter(outcome => outcome?.kind === "noDeploy");
    if (undeployed.length > 0 && !signal.aborted) this.#parts.tell(push, undeployed);
  }

  async #followOne(push: Push, known: Service, signal: AbortSignal): Promise<PushOutcome | undefined> {
    const { tracker, place, awaited, log } = this.#parts;
    try {
      const outcome = await watchPush(this.#parts, known, push, signal);
      // A person who waits for it is told there, and of several windows only one tells.
      if (outcome.kind !== "nothing" && !(await awaited.claim(known.id, push.commit.id))) return undefined;
      signal.throwIfAborted();
      if (outcome.kind === "deploy") {
        const { service, deploy } = outcome;
        tracker.followExisting(existingOrder(service, place(service), deploy, askedByPush), deploy);
      }
      if (outcome.kind === "nothing" && outcome.error !== undefined)
        log.warn(pushUnreadLine(known.name, detailsOf(outcome.error)));
      return outcome;
    } catch {
      // Stopped, or a newer push came.
      return undefined;
    }
  }
}
