import { readRecord, writeRecord } from "../../src/features/following/ledger/followRecord.js";
import type { FollowedDeploy } from "../../src/features/following/followedDeploy.js";
import type { FollowLedger } from "../../src/features/following/followingParts.js";

/** A ledger in memory, for one window. What it holds has been through JSON, as in a file. */
export class MemoryLedger implements FollowLedger {
  readonly #kept = new Map<string, string>();

  keep(followed: FollowedDeploy): Promise<void> {
    this.#kept.set(
      followed.key,
      writeRecord({ origin: "https://api.render.example", owner: "window", followed }),
    );
    return Promise.resolve();
  }

  settle(key: string): Promise<boolean> {
    return Promise.resolve(this.#kept.delete(key));
  }

  /** What another window would take up. */
  get kept(): FollowedDeploy[] {
    return [...this.#kept.values()].flatMap(text => readRecord(text)?.followed ?? []);
  }
}
