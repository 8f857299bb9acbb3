import assert from "node:assert/strict";
import { GrowingList } from "../../../src/services/growingList.js";
import { FakeClock } from "../../support/fakeClock.js";

describe("GrowingList", () => {
  function setUp() {
    const clock = new FakeClock({ now: 10_000, flowBelowMs: 0 });
    const stop = new AbortController();
    const told: [at: number, size: number][] = [];
    let size = 0;
    const list = new GrowingList(clock, stop.signal, () => told.push([clock.now() - 10_000, size]));
    const growTo = (next: number): void => {
      size = next;
      list.grewTo(next);
    };
    return { clock, stop, told, list, growTo };
  }

  it("tells at once of the beginning, and then only when it has doubled", async () => {
    const { clock, told, growTo } = setUp();
    for (const size of [100, 200, 300, 400, 500]) {
      growTo(size);
      await clock.advance(100);
    }
    assert.deepEqual(told, [
      [0, 100],
      [200, 300],
    ]);
  });

  it("tells of what came last after a second, whether or not more comes", async () => {
    const { clock, told, growTo } = setUp();
    growTo(100);
    await clock.advance(100);
    growTo(101);
    await clock.advance(899);
    assert.equal(told.length, 1);
    await clock.advance(1);
    assert.deepEqual(told.at(-1), [1_000, 101]);
    await clock.advance(10_000);
    assert.equal(told.length, 2);
  });

  it("tells what is left when it is flushed, once, and leaves no timer behind", () => {
    const { clock, told, list, growTo } = setUp();
    growTo(100);
    growTo(101);
    list.flush();
    list.flush();
    assert.deepEqual(told, [
      [0, 100],
      [0, 101],
    ]);
    assert.equal(clock.sleeping, 0);
  });

  it("tells nothing more once it is ended or stopped", async () => {
    for (const end of ["end", "stop"] as const) {
      const { clock, stop, told, list, growTo } = setUp();
      growTo(100);
      growTo(101);
      if (end === "end") list.end();
      else stop.abort();
      await clock.advance(5_000);
      assert.equal(told.length, 1);
    }
  });

  it("does not wait for a clock that was set back", () => {
    const { clock, told, growTo } = setUp();
    growTo(100);
    clock.setBack(3_600_000);
    growTo(101);
    assert.equal(told.length, 2);
  });
});
