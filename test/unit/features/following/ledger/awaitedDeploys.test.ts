import assert from "node:assert/strict";
import { AwaitedDeploys } from "../../../../../src/features/following/ledger/awaitedDeploys.js";
import { sha } from "../../../../support/builders.js";
import { FakeClock } from "../../../../support/fakeClock.js";
import { MemoryNotes } from "../../../../support/memoryNotes.js";

const minutes = 60_000;

function windows(notes: MemoryNotes = new MemoryNotes()) {
  const clock = new FakeClock({ now: 0, flowBelowMs: 0 });
  return { clock, one: new AwaitedDeploys({ notes, clock }), other: new AwaitedDeploys({ notes, clock }) };
}

describe("AwaitedDeploys", () => {
  it("gives the deploy of a commit to one of all windows, each service's for itself", async () => {
    const { one, other } = windows();
    const asked = await Promise.all([one, other, one].map(each => each.claim("srv-1", sha)));
    assert.deepEqual(asked.filter(Boolean), [true]);
    assert.equal(await other.claim("srv-2", sha), true);
    assert.equal(await other.claim("srv-1", "b".repeat(40)), true);
  });

  it("gives nobody what a person waits for in any window, until they no longer do", async () => {
    const { one, other } = windows();
    await one.add("srv-1", sha);
    assert.deepEqual([await one.claim("srv-1", sha), await other.claim("srv-1", sha)], [false, false]);
    await one.remove("srv-1", sha);
    assert.equal(await other.claim("srv-1", sha), true);
  });

  it("forgets after 40 minutes", async () => {
    const { clock, one, other } = windows();
    await one.claim("srv-1", sha);
    await clock.advance(40 * minutes);
    assert.equal(await other.claim("srv-1", sha), false);
    await clock.advance(1);
    assert.equal(await other.claim("srv-1", sha), true);
  });

  it("rather tells twice than never where nothing can be written", async () => {
    class FullDisk extends MemoryNotes {
      override create = (): Promise<void> => Promise.reject(new Error("no space left"));
      override remove = (): Promise<boolean> => Promise.reject(new Error("read-only"));
    }
    const { one, other } = windows(new FullDisk());
    await one.add("srv-2", sha);
    await one.remove("srv-2", sha);
    assert.deepEqual([await one.claim("srv-1", sha), await other.claim("srv-1", sha)], [true, true]);
  });
});
