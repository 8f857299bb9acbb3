import assert from "node:assert/strict";
import fc from "fast-check";
import { RenderTime } from "../../../../src/render/http/renderTime.js";
import { FakeClock } from "../../../support/fakeClock.js";
import { headersOf } from "./headersOf.js";
import { ok, setUp, tearDown, get, errorOf, nowhere, clientOf } from "./localRender.js";

const now = Date.UTC(2026, 5, 12, 8);
const dated = (ms: number) => headersOf({ Date: new Date(ms).toUTCString() });

describe("RenderTime", () => {
  it("knows nothing before a reply has told it", () => {
    assert.equal(new RenderTime(new FakeClock({ now })).now, undefined);
  });

  for (const value of [undefined, "", "soon", "Thu, 99 Jun 2026 08:00:00 GMT"])
    it(`learns nothing from a Date of ${JSON.stringify(value)}`, () => {
      const time = new RenderTime(new FakeClock({ now }));
      time.note(headersOf({ Date: value }));
      assert.equal(time.now, undefined);
      time.note(dated(now));
      time.note(headersOf({ Date: value }));
      assert.equal(time.now, now + 500);
    });

  it("goes on from the last reply, however far this machine's clock is off", async () => {
    const clock = new FakeClock({ now: now - 3_600_000, flowBelowMs: 0 });
    const time = new RenderTime(clock);
    time.note(dated(now));
    assert.equal(time.now, now + 500);
    await clock.advance(20_000);
    assert.equal(time.now, now + 20_500);
    time.note(dated(now + 30_000));
    assert.equal(time.now, now + 30_500);
  });

  it("is right to a second at the moment a reply arrives at once", () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), fc.integer({ min: -1e9, max: 1e9 }), (ms, off) => {
        const time = new RenderTime({ now: () => now + ms + off });
        time.note(dated(Math.floor((now + ms) / 1000) * 1000));
        assert.ok(Math.abs((time.now ?? NaN) - (now + ms)) <= 500);
      }),
    );
  });
});

describe("The time of RenderHttp", () => {
  afterEach(tearDown);

  it("is told by replies, those with an error too", async () => {
    const { http, clock } = await setUp((r, _, i) => {
      r.setHeader("Date", new Date(now + i * 60_000).toUTCString());
      if (i === 0) ok(r);
      else r.writeHead(404).end();
    });
    assert.equal(http.renderNow, undefined);
    await get(http);
    assert.equal(http.renderNow, now + 500);
    await clock.advance(1_000);
    assert.equal(http.renderNow, now + 1_500);
    await errorOf(get(http));
    assert.equal(http.renderNow, now + 60_500);
  });

  it("stays unknown when nobody answers", async () => {
    const { http } = clientOf(nowhere);
    await errorOf(get(http));
    assert.equal(http.renderNow, undefined);
  });
});
