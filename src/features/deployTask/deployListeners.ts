import { isOver, type DeploySink, type FollowedDeploy } from "../following/followedDeploy.js";
import type { DeployTracker } from "../following/tracker.js";

/** Told of each change of one deploy. */
export type DeployListener = (now: FollowedDeploy, before: FollowedDeploy | undefined) => void;

/** Tells those who watch one deploy of each of its changes. */
export class DeployListeners implements DeploySink {
  readonly #tracker: Pick<DeployTracker, "running">;
  readonly #listeners = new Map<string, Set<DeployListener>>();
  #asking = 0;
  /** What ended while somebody was asking. */
  readonly #ended = new Map<string, FollowedDeploy>();

  constructor(tracker: Pick<DeployTracker, "running">) {
    this.#tracker = tracker;
  }

  deployChanged(now: FollowedDeploy, before: FollowedDeploy | undefined): void {
    if (isOver(now) && this.#asking > 0) this.#ended.set(now.key, now);
    for (const listener of [...(this.#listeners.get(now.key) ?? [])]) listener(now, before);
  }

  /** Meanwhile ends are kept, for `lastOf`: a deploy that is asked for may be over before it is known which it is. */
  async whileAsking(ask: () => Promise<void>): Promise<void> {
    this.#asking += 1;
    try {
      await ask();
    } finally {
      this.#asking -= 1;
      if (this.#asking === 0) this.#ended.clear();
    }
  }

  /** The deploy as it is now. */
  lastOf(followed: FollowedDeploy): FollowedDeploy {
    const { key } = followed;
    return this.#tracker.running.find(each => each.key === key) ?? this.#ended.get(key) ?? followed;
  }

  /** Gives what ends it. */
  listen(key: string, listener: DeployListener): () => void {
    const listeners = this.#listeners.get(key) ?? new Set();
    this.#listeners.set(key, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(key) === listeners) this.#listeners.delete(key);
    };
  }
}
