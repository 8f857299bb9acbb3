import * as vscode from "vscode";
import type { SharedLedger } from "../ledger/sharedLedger.js";
import type { DeployTracker } from "../tracker.js";
import type { Clock } from "../../../ports.js";
import { Owned } from "../../../window/owned.js";
import type { RememberedService } from "../../../window/state.js";

/** How often is looked whether a window is gone that followed a deploy, in milliseconds. */
const interval = 15_000;

export interface AbandonedDeploysParts {
  readonly ledger: SharedLedger;
  readonly tracker: Pick<DeployTracker, "resume">;
  /** Whether there is a key to follow anything with. */
  readonly isSignedIn: () => Promise<boolean>;
  readonly clock: Clock;
  /** Tells the person of what was to be deployed after what is taken up, and never was; at least one. */
  readonly tellUnstarted: (services: readonly RememberedService[]) => void;
}

/**
 * Takes up deploys whose window is gone: after a reload, a restart, or from another window that was closed. It reads
 * the names of files on this machine, and nothing else where there are none.
 */
export class AbandonedDeploys implements vscode.Disposable {
  readonly #parts: AbandonedDeploysParts;
  readonly #own = new Owned();
  readonly #end = new AbortController();
  #isLooking = false;
  #isWaiting = false;

  constructor(parts: AbandonedDeploysParts) {
    this.#parts = parts;
    this.#own.add(
      vscode.window.onDidChangeWindowState(() => {
        this.look();
      }),
    );
    this.look();
  }

  /** Looks now, in the background; joins a look that is under way. */
  look(): void {
    if (this.#isLooking || this.#end.signal.aborted) return;
    this.#isLooking = true;
    void this.#look().finally(() => {
      this.#isLooking = false;
      void this.#lookAgain();
    });
  }

  dispose(): void {
    this.#end.abort();
    this.#own.dispose();
  }

  async #look(): Promise<void> {
    const { ledger, tracker, isSignedIn } = this.#parts;
    if (!(await ledger.othersFollow()) || !(await isSignedIn()) || this.#end.signal.aborted) return;
    const unstarted = new Map<string, RememberedService>();
    for (const { order, ...followed } of await ledger.claim()) {
      const { next = [], ...rest } = order;
      tracker.resume({ ...followed, order: rest });
      for (const service of next) unstarted.set(service.id, service);
    }
    if (unstarted.size > 0) this.#parts.tellUnstarted([...unstarted.values()]);
  }

  async #lookAgain(): Promise<void> {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    try {
      await this.#parts.clock.sleep(interval, this.#end.signal);
      this.#isWaiting = false;
      this.look();
    } catch {
      // Disposed of.
    }
  }
}
