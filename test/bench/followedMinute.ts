import { defaultLimits, emptyData, newService, Simulator } from "../simulator/simulator.js";
import { WalkWindow } from "../faults/walks/walkWindow.js";
import { VirtualTime } from "../faults/walks/virtualTime.js";
import { anOrder } from "../support/builders.js";
import { MemoryNotes } from "../support/memoryNotes.js";

export interface FollowedMinute {
  /** Requests in the first minute that look how the deploys go. */
  readonly looks: number;
  /** Those that ask for the deploys besides: for each the list that is read before, and the POST. */
  readonly triggers: number;
  /** Whether all deploys were still under way at the end of the minute. */
  readonly isUnderWay: boolean;
}

/** The first minute of so many deploys that are asked for in the same moment, with Render's own budgets. */
export async function followedMinute(deploys: number): Promise<FollowedMinute> {
  const time = new VirtualTime();
  const data = emptyData();
  const ownerId = data.workspaces[0]?.owner.id ?? "";
  const services = Array.from({ length: deploys }, (_, i) => newService({ name: `service-${i}`, ownerId }));
  // Writes are not what is counted here, and fifty in a minute are more than Render allows.
  const limits = { ...defaultLimits, writes: 1e6 };
  const simulator = Simulator.withoutServer({ data: { ...data, services }, clock: time, limits });
  const window = new WalkWindow({
    name: "window",
    simulator,
    time,
    notes: new MemoryNotes(),
    random: () => 0.5,
    triggered: () => undefined,
    ended: () => undefined,
  });
  for (const { service } of simulator.services) {
    const { id, name, type, dashboardUrl } = service;
    simulator.nextDeploy(id, { phases: { build: 10 * 60_000 } });
    void window.start(anOrder({ service: { id, name, type, dashboardUrl }, body: {} }));
  }
  await time.pass(60_000);
  const triggered = new Set<string>();
  let looks = 0;
  for (const { method, path } of simulator.requests) {
    const [, service = ""] = /^\/services\/([^/]+)/u.exec(path) ?? [];
    if (triggered.has(service)) looks += 1;
    if (method === "POST") triggered.add(service);
  }
  const isUnderWay = triggered.size === deploys && window.tracker.running.length === deploys;
  const triggers = simulator.requests.length - looks;
  await window.close();
  await simulator.close();
  return { looks, triggers, isUnderWay };
}
