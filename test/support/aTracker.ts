import { DeployTracker, type TrackerParts } from "../../src/features/following/tracker.js";
import type { FakeClock } from "./fakeClock.js";
import { MemoryLedger } from "./memoryLedger.js";

/** A tracker that reads from where it sends to, and writes into memory. */
export function aTracker(
  parts: Pick<TrackerParts, "render" | "sinks"> & Partial<TrackerParts> & { readonly clock: FakeClock },
): DeployTracker {
  let made = 0;
  return new DeployTracker({
    watch: parts.render,
    ledger: new MemoryLedger(),
    renderNow: () => undefined,
    newKey: () => `deploy-${++made}`,
    ...parts,
  });
}
