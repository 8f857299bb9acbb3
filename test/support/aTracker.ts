import type { DeploySink } from "../../src/features/following/followedDeploy.js";
import { DeployTracker, type TrackerParts } from "../../src/features/following/tracker.js";
import type { FakeClock } from "./fakeClock.js";
import { MemoryLedger } from "./memoryLedger.js";

/** A tracker that reads from where it sends to, and writes into memory. */
export function aTracker({
  sinks,
  ...parts
}: Partial<TrackerParts> & {
  readonly render: TrackerParts["render"] & TrackerParts["watch"];
  readonly clock: FakeClock;
  readonly sinks: readonly DeploySink[];
}): DeployTracker {
  let made = 0;
  const tracker = new DeployTracker({
    watch: parts.render,
    ledger: new MemoryLedger(),
    renderNow: () => undefined,
    why: () => Promise.resolve(undefined),
    listen: () => undefined,
    newKey: () => `deploy-${++made}`,
    ...parts,
  });
  for (const sink of sinks) tracker.tell(sink);
  return tracker;
}
