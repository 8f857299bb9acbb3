import assert from "node:assert/strict";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { defaultLimits, emptyData, newService, Simulator, type Limits } from "../simulator/simulator.js";
import { anOrder } from "../support/builders.js";
import { figures } from "./figures.js";
import { MemoryNotes } from "../support/memoryNotes";
import { VirtualTime } from "./walks/virtualTime.js";
import { WalkWindow } from "./walks/walkWindow.js";

const services = 50;
const hours = 24;
const minute = 60_000;

/** A whole day in which fifty services are deployed at the same moment, each hour, and all are followed by one window. */
describe("a day of fifty services", () => {
  it("misses nothing, keeps to half of the budget of reads, and leaves memory as it was", async function () {
    this.timeout(280_000);
    const time = new VirtualTime();
    const data = emptyData();
    const ownerId = data.workspaces[0]?.owner.id ?? "";
    const limits: Limits = { ...defaultLimits, writes: 1e6 };
    const simulator = Simulator.withoutServer({
      data: {
        ...data,
        services: Array.from({ length: services }, (_, index) =>
          newService({ name: `service-${index}`, ownerId }),
        ),
      },
      clock: time,
      limits,
    });
    let live = 0;
    let ended = 0;
    let accepted = 0;
    const window = new WalkWindow({
      name: "window",
      simulator,
      time,
      notes: new MemoryNotes(),
      random: () => 0.5,
      triggered: (_, wasAccepted) => (accepted += wasAccepted ? 1 : 0),
      ended: ({ stage }) => {
        ended += 1;
        if (stage.kind === "ended" && stage.outcome === "live") live += 1;
      },
    });
    const heap: number[] = [];
    const readsPerMinute: number[] = [];
    for (let hour = 0; hour < hours; hour += 1) {
      for (const { service } of simulator.services) {
        const { id, name, type, dashboardUrl } = service;
        void window.start(anOrder({ service: { id, name, type, dashboardUrl }, body: {} }));
      }
      for (let passed = 0; passed < 60; passed += 1) {
        const before = window.line.reads;
        await time.pass(minute);
        readsPerMinute.push(window.line.reads - before);
      }
      // What the test itself and the simulator remember is not what is measured.
      window.log.lines.length = 0;
      simulator.forgetRequests();
      for (const record of simulator.services) simulator.service(record.service.id).deploys.splice(5);
      heap.push(heapUsed());
    }
    await window.close();
    await simulator.close();

    assert.equal(accepted, services * hours);
    assert.equal(ended, services * hours);
    assert.equal(live, services * hours);
    assert.equal(window.line.refused, 0, "calls refused for want of budget");
    const busiest = Math.max(...readsPerMinute);
    // Fifty clicks read the list once each before they send; what nobody waits for has half of the budget.
    assert.ok(busiest <= defaultLimits.reads / 2 + services, `${busiest} reads in a minute`);
    assert.equal(time.pending, 0);
    const [early, late] = [heap[2] ?? 0, heap.at(-1) ?? 0];
    assert.ok(late < early * 1.1, `the heap grew from ${early} to ${late} bytes`);
    figures.add("confirmed triggers", services * hours);
    figures.add("accepted POSTs", accepted);
  });
});

/** Bytes that are really in use. */
function heapUsed(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  return process.memoryUsage().heapUsed;
}
