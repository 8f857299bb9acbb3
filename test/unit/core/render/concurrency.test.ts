import assert from "node:assert/strict";
import { Flights, supervise } from "../../../../src/core/render/concurrency.js";
import { FakeClock } from "../../../support/fakeClock.js";
import { never } from "./localRender.js";

const aborted = (): Error => new Error("aborted");
const ends = { aborted, timedOut: () => new Error("timed out") };

describe("supervise", () => {
  it("aborts the work's signal whatever the end, so that what is left over stops", async () => {
    const clock = new FakeClock({ flowBelowMs: 0 });
    const signals: AbortSignal[] = [];
    const run = (work: () => Promise<string>) =>
      supervise(clock, never(), ends, signal => {
        signals.push(signal);
        return work();
      });
    assert.equal(await run(() => Promise.resolve("done")), "done");
    await assert.rejects(
      run(() => Promise.reject(new Error("broken"))),
      /broken/,
    );
    assert.deepEqual(
      signals.map(signal => signal.aborted),
      [true, true],
    );
  });

  it("starts no sleep for work that goes on after its end", async () => {
    const clock = new FakeClock({ flowBelowMs: 0 });
    let allowMore: ((ms: number) => void) | undefined;
    const work = supervise(clock, never(), ends, (_, allow) => {
      allowMore = allow;
      allow(1000);
      return new Promise<never>(() => undefined);
    });
    const failed = assert.rejects(work, /timed out/);
    await clock.advance(1000);
    await failed;
    allowMore?.(1000);
    assert.equal(clock.sleeping, 0);
  });

  it("does not end work that got more time in the instant in which its time was over", async () => {
    const wakes: (() => void)[] = [];
    const clock = { now: () => 0, sleep: () => new Promise<void>(resolve => wakes.push(resolve)) };
    const done = await supervise(clock, never(), ends, async (_, allow) => {
      allow(1000);
      wakes[0]?.();
      allow(1000);
      await new Promise(resolve => setImmediate(resolve));
      return "done";
    });
    assert.equal(done, "done");
  });
});

describe("Flights", () => {
  it("still joins newer work when older work of the same name ends after a close", async () => {
    const flights = new Flights<number>();
    const land: ((value: number) => void)[] = [];
    const join = () => flights.join("a", never(), aborted, () => new Promise(resolve => land.push(resolve)));
    const older = join();
    flights.close();
    const newer = join();
    land[0]?.(1);
    assert.equal(await older, 1);
    const joined = join();
    assert.equal(land.length, 2);
    land[1]?.(2);
    assert.deepEqual(await Promise.all([newer, joined]), [2, 2]);
  });

  it("starts nothing for a caller that has left already", async () => {
    const flights = new Flights<number>();
    await assert.rejects(
      flights.join("a", AbortSignal.abort(), aborted, () => assert.fail("started")),
      /^Error: aborted/,
    );
  });
});
