import { sameCommit } from "../../git/commitId.js";
import type { Deploy, Service } from "../../render/shapes.js";
import type { Successor } from "../../services/toldEnd.js";
import { existingOrder } from "./existingOrder.js";
import {
  deployOf,
  isOver,
  type DeployOrder,
  type DeploySink,
  type FollowedDeploy,
} from "./followedDeploy.js";
import { mayComeFrom } from "./ourDeploys.js";
import { askedInstead } from "./storyTexts.js";
import type { DeployTracker } from "./tracker.js";

export interface SuccessorsParts {
  readonly tracker: Pick<DeployTracker, "followExisting" | "running">;
  /** What all windows of a person follow, as it is written down. Must not reject. */
  readonly written: () => Promise<readonly FollowedDeploy[]>;
  /** True for the first one of all windows that asks to follow a deploy. Must not reject. */
  readonly claim: (serviceId: string, deploy: Deploy) => Promise<boolean>;
  /** The service with this id as it is known here. */
  readonly serviceOf: (serviceId: string) => Service | undefined;
  /** Aborted when the window closes. */
  readonly signal: AbortSignal;
}

/**
 * Follows the deploy that took the place of one that was followed here, unless that is followed already: the person waits for
 * what comes of their service. Nothing is sent.
 */
export class Successors implements DeploySink {
  readonly #parts: SuccessorsParts;

  constructor(parts: SuccessorsParts) {
    this.#parts = parts;
  }

  deployChanged(followed: FollowedDeploy, before?: FollowedDeploy): void {
    const deploy = deployOf(followed);
    // What is followed is never followed once more as a successor, not even when it has ended.
    if (deploy && !(before && deployOf(before))) void this.#parts.claim(followed.order.service.id, deploy);
    const later = successorOf(followed);
    if (later) void this.#follow(followed.order, later);
  }

  async #follow({ service, place }: DeployOrder, later: Successor): Promise<void> {
    const { tracker, written, claim, serviceOf, signal } = this.#parts;
    const all = [...(await written()), ...tracker.running];
    if (all.some(each => isOrMayBecome(each, service.id, later))) return;
    if (!(await claim(service.id, later)) || signal.aborted) return;
    const order = existingOrder(serviceOf(service.id) ?? service, place, later, askedInstead(later));
    tracker.followExisting(order, later);
  }
}

/** The deploy that Render went on with in place of this one, where it did. */
function successorOf({ stage }: FollowedDeploy): Successor | undefined {
  if (stage.kind === "ended") return stage.replacedBy;
  return stage.kind === "lost" && stage.reason.kind === "skipped" ? stage.reason.later : undefined;
}

/** Whoever asked for it may not know yet which deploy it is, and must find it untaken. */
function isOrMayBecome(followed: FollowedDeploy, serviceId: string, deploy: Deploy): boolean {
  const { order, sent } = followed;
  if (isOver(followed) || order.service.id !== serviceId) return false;
  const known = deployOf(followed);
  if (known) return known.id === deploy.id;
  if (sent?.baseline.ids.includes(deploy.id) === true) return false;
  return mayComeFrom(order, deploy) || sameCommit(order.automatic?.commitId, deploy.commit?.id);
}
