import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { setImmediate as turn } from "node:timers/promises";
import fc from "fast-check";
import { BackgroundPace } from "../../../../src/render/http/backgroundPace.js";
import { RateLimits, spareOf } from "../../../../src/render/http/rateLimit.js";
import { FakeClock } from "../../../support/fakeClock.js";
import { never } from "./localRender.js";

const now = Date.UTC(2026, 5, 12, 8);

/** A pace over one told budget, whose window ends in a minute. Its clock holds every sleep unless `flowBelowMs` says so. */
function setUp(remaining?: number, { limit = 400, flowBelowMs = 0 } = {}) {
  const clock = new FakeClock({ now, flowBelowMs });
  const limits = new RateLimits();
  const tell = (left: number, resetAt = now + 60_000): void => {
    limits.record("get", { limit, remaining: left, resetAt });
  };
  if (remaining !== undefined) tell(remaining);
  const pace = new BackgroundPace(limits, clock);
  /** Notes when each turn came, in milliseconds from the start. */
  const turns: number[] = [];
  const ask = (signal = never()): Promise<void> =>
    pace.run("get", signal, async () => {
      turns.push(clock.now() - now);
    });
  return { clock, limits, pace, tell, turns, ask };
}

describe("BackgroundPace", () => {
  it("lets everything go at once while no budget is known", async () => {
    const { turns, ask, clock } = setUp();
    await Promise.all([ask(), ask(), ask()]);
    assert.deepEqual(turns, [0, 0, 0]);
    assert.deepEqual(clock.slept, []);
  });

  it("lets the first go at once and spreads the others over the window, all callers together", async () => {
    const { turns, ask, clock } = setUp(230);
    const asked = [ask(), ask(), ask()];
    await turn();
    assert.deepEqual(turns, [0]);
    await clock.advance(60_000);
    await Promise.all(asked);
    assert.deepEqual(turns, [0, 2_069, 4_067]);
    assert.equal(clock.sleeping, 0);
  });

  it("looks again after a wait at what has been told meanwhile", async () => {
    const { turns, ask, clock, tell } = setUp(230);
    const asked = Promise.all([ask(), ask()]);
    await turn();
    tell(200);
    await clock.advance(59_999);
    assert.deepEqual(turns, [0]);
    await clock.advance(1);
    await asked;
    assert.deepEqual(turns, [0, 60_000]);
  });

  for (const remaining of [200, 100, 0])
    it(`waits for the next window when ${remaining} of 400 remain`, async () => {
      const { turns, ask, clock } = setUp(remaining);
      const asked = ask();
      await clock.advance(59_999);
      assert.deepEqual(turns, []);
      await clock.advance(1);
      await asked;
      assert.deepEqual(turns, [60_000]);
    });

  it("keeps the buckets apart", async () => {
    const { pace, ask, clock } = setUp(0);
    const stop = new AbortController();
    const held = assert.rejects(ask(stop.signal));
    await pace.run("logs", never(), async () => undefined);
    stop.abort();
    await held;
    assert.equal(clock.sleeping, 0);
  });

  it("gives no turn to somebody who has left already", async () => {
    const { ask, turns, clock } = setUp(0);
    const reason = new Error("left");
    await assert.rejects(ask(AbortSignal.abort(reason)), reason);
    assert.deepEqual([turns, clock.slept], [[], []]);
  });

  it("lets whoever leaves go at once, wherever in the queue, without holding up those behind", async () => {
    const { ask, turns, clock } = setUp(0);
    const stops = [new AbortController(), new AbortController()] as const;
    const [first, second] = stops.map(stop => ask(stop.signal));
    const third = ask();
    await turn();
    stops[1].abort(new Error("second left"));
    await assert.rejects(second ?? third, /second left/);
    assert.equal(clock.sleeping, 1);
    stops[0].abort(new Error("first left"));
    await assert.rejects(first ?? third, /first left/);
    await clock.advance(60_000);
    await third;
    assert.deepEqual(turns, [60_000]);
    assert.equal(clock.sleeping, 0);
    for (const { signal } of stops) assert.equal(getEventListeners(signal, "abort").length, 0);
  });

  it("counts the reads that are not answered yet as taken", async () => {
    const { pace, clock } = setUp(203);
    let sent = 0;
    const stop = new AbortController();
    const reads = [1, 2, 3, 4, 5].map(() =>
      pace.run("get", stop.signal, async () => {
        sent += 1;
        await clock.sleep(120_000, stop.signal);
      }),
    );
    await clock.advance(59_999);
    assert.ok(sent <= 3, `${sent} of 3`);
    stop.abort();
    await Promise.allSettled(reads);
  });

  it("does not stop when the clock is set back", async () => {
    const { ask, turns, clock, tell } = setUp(230);
    await ask();
    clock.setBack(1_800_000);
    const asked = Promise.all([ask(), ask()]);
    await turn();
    tell(229, clock.now() + 50_000);
    await clock.advance(60_000);
    await asked;
    assert.equal(turns.length, 3);
  });

  it("takes at most half of what remained in a window, whatever others take", async () => {
    const others = fc.array(fc.nat(3), { maxLength: 50 });
    await fc.assert(
      fc.asyncProperty(fc.nat(60), fc.nat(60), others, async (limit, found, taken) => {
        const { ask, tell, clock } = setUp(Math.min(found, limit), { limit, flowBelowMs: Infinity });
        let remaining = Math.min(found, limit);
        let used = 0;
        for (;;) {
          await ask();
          if (clock.now() >= now + 60_000) break;
          remaining = Math.max(0, remaining - 1 - (taken[used] ?? 0));
          used++;
          tell(remaining);
        }
        const half = Math.min(found, limit) / 2;
        assert.ok(used <= half, `${used} of ${half * 2}`);
        assert.ok(used <= Math.max(0, spareOf({ limit, remaining: found, resetAt: 0 })));
      }),
    );
  });
});
