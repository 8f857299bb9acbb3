import assert from "node:assert/strict";
import { FakeClock } from "../../support/fakeClock.js";

const never = new AbortController().signal;

describe("FakeClock", () => {
  it("passes time by sleeping", async () => {
    const clock = new FakeClock({ now: 1000 });
    await clock.sleep(3000, never);
    await clock.sleep(0, never);
    assert.deepEqual([clock.now(), clock.slept, clock.sleeping], [4000, [3000, 0], 0]);
  });

  it("wakes several sleepers in the order of their times, each able to sleep again in between", async () => {
    const clock = new FakeClock();
    const woken: string[] = [];
    const sleeper = async (name: string, ...naps: number[]): Promise<void> => {
      for (const nap of naps) {
        await clock.sleep(nap, never);
        woken.push(`${name} ${clock.now()}`);
      }
    };
    await Promise.all([sleeper("a", 50, 50), sleeper("b", 20, 20, 20), sleeper("c", 1000)]);
    assert.deepEqual(woken, ["b 20", "b 40", "a 50", "b 60", "a 100", "c 1000"]);
  });

  it("holds long sleeps until time is advanced, or passes because of others", async () => {
    const clock = new FakeClock({ flowBelowMs: 100 });
    let woken = 0;
    const long = [100, 150, 500].map(async ms => {
      await clock.sleep(ms, never);
      woken++;
    });
    await clock.sleep(99, never);
    assert.deepEqual([clock.now(), woken], [99, 0]);
    await clock.sleep(99, never);
    assert.deepEqual([clock.now(), woken], [198, 2]);
    await clock.advance(301);
    assert.deepEqual([clock.now(), woken, clock.sleeping], [499, 2, 1]);
    await clock.advance(1);
    await Promise.all(long);
    assert.equal(woken, 3);
  });

  it("ends a sleep at once when it is aborted", async () => {
    const clock = new FakeClock({ flowBelowMs: 0 });
    const stop = new AbortController();
    const sleep = clock.sleep(10, stop.signal);
    const reason = new Error("enough");
    stop.abort(reason);
    await assert.rejects(sleep, reason);
    await assert.rejects(clock.sleep(10, stop.signal), reason);
    assert.deepEqual([clock.now(), clock.sleeping, clock.slept], [0, 0, [10]]);
  });
});
