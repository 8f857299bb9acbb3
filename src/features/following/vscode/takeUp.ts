import type * as vscode from "vscode";
import type { SharedLedger } from "../ledger/sharedLedger.js";
import type { DeployTracker } from "../tracker.js";
import type { Clock } from "../../../ports.js";
import type { RememberedService } from "../../../window/state.js";

/** How often is looked whether a window is gone that followed a deploy, in milliseconds. */
const interval = 15_000;

export interface TakeUpParts {
  readonly ledger: SharedLedger;
  readonly tracker: Pick<DeployTracker, "resume">;
  /** Whether there is a key to follow anything with. */
  readonly isSignedIn: () => Promise<boolean>;
  readonly clock: Clock;
}

/** Told of what was to be deployed after what is taken up, and never was; at least one. */
export type TellUnstarted = (services: readonly RememberedService[]) => void;

/**
 * Takes up deploys whose window is gone: after a reload, a restart, or from another window that was closed. As long as other
 * windows follow any, it looks again and again whether they are still there.
 */
export class TakeUp implements vscode.Disposable {
  readonly #parts: TakeUpParts;
  readonly #end = new AbortController();
  #isLooking = false;
  /** Ends the wait before the next look. */
  #nap = new AbortController();
  #tellUnstarted: TellUnstarted = () => undefined;

  constructor(parts: TakeUpParts) {
    this.#parts = parts;
  }

  /** Looks now, in the background. @param tellUnstarted whom to tell from now on; as before unless given */
  look(tellUnstarted = this.#tellUnstarted): void {
    this.#tellUnstarted = tellUnstarted;
    this.#nap.abort();
    if (this.#isLooking) return;
    this.#isLooking = true;
    void this.#lookWhileOthersFollow().finally(() => {
      this.#isLooking = false;
    });
  }

  dispose(): void {
    this.#end.abort();
    this.#nap.abort();
  }

  async #lookWhileOthersFollow(): Promise<void> {
    const { ledger, isSignedIn, clock } = this.#parts;
    for (;;) {
      this.#nap = new AbortController();
      if (!(await ledger.othersFollow()) || !(await isSignedIn()) || this.#end.signal.aborted) return;
      await this.#claim();
      await clock.sleep(interval, this.#nap.signal).catch(() => undefined);
    }
  }

  async #claim(): Promise<void> {
    const { ledger, tracker } = this.#parts;
    const unstarted = new Map<string, RememberedService>();
    for (const { order, ...followed } of await ledger.claim()) {
      const { next = [], ...rest } = order;
      tracker.resume({ ...followed, order: rest });
      for (const service of next) unstarted.set(service.id, service);
    }
    if (unstarted.size > 0) this.#tellUnstarted([...unstarted.values()]);
  }
}
