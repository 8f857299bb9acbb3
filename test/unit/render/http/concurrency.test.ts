import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { Flights, supervise, underEither } from "../../../../src/render/http/concurrency.js";
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

describe("underEither", () => {
  const pair = () => [new AbortController(), new AbortController()] as const;
  const listeners = (stops: readonly AbortController[]): number[] =>
    stops.map(({ signal }) => getEventListeners(signal, "abort").length);

  it("gives what the work gives, and leaves nothing on the signals", async () => {
    const stops = pair();
    const [one, other] = stops;
    assert.equal(await underEither(one.signal, other.signal, () => Promise.resolve("done")), "done");
    await assert.rejects(
      underEither(one.signal, other.signal, () => Promise.reject(new Error("broken"))),
      /broken/,
    );
    await assert.rejects(
      underEither(one.signal, other.signal, () => {
        throw new Error("broken at once");
      }),
      /broken at once/,
    );
    assert.deepEqual(listeners(stops), [0, 0]);
  });

  for (const which of [0, 1] as const)
    it(`aborts the work's signal with signal ${which}, and only then`, async () => {
      const stops = pair();
      const [one, other] = stops;
      let own: AbortSignal | undefined;
      const work = underEither(one.signal, other.signal, signal => {
        own = signal;
        return new Promise<string>(resolve => {
          signal.addEventListener("abort", () => {
            resolve("left");
          });
        });
      });
      assert.deepEqual([own?.aborted, listeners(stops)], [false, [1, 1]]);
      stops[which].abort();
      assert.deepEqual([await work, own?.aborted, listeners(stops)], ["left", true, [0, 0]]);
    });

  it("starts the work with an aborted signal when one is aborted already", async () => {
    const aborted = AbortSignal.abort();
    const idle = new AbortController();
    for (const [one, other] of [
      [aborted, idle.signal],
      [idle.signal, aborted],
      [aborted, aborted],
    ] as const)
      assert.equal(await underEither(one, other, signal => Promise.resolve(signal.aborted)), true);
    assert.equal(getEventListeners(idle.signal, "abort").length, 0);
  });

  it("works with one signal in both places, and with many works on one signal", async () => {
    const warnings: Error[] = [];
    const warn = (warning: Error) => warnings.push(warning);
    process.on("warning", warn);
    const stop = new AbortController();
    const works = Array.from({ length: 20 }, () =>
      underEither(
        stop.signal,
        stop.signal,
        signal =>
          new Promise<void>(resolve => {
            signal.addEventListener("abort", () => {
              resolve();
            });
          }),
      ),
    );
    stop.abort();
    await Promise.all(works);
    await new Promise(resolve => setImmediate(resolve));
    process.off("warning", warn);
    assert.deepEqual(warnings, []);
    assert.equal(getEventListeners(stop.signal, "abort").length, 0);
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
