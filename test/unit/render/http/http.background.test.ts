import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import type { ServerResponse } from "node:http";
import fc from "fast-check";
import { RenderClient } from "../../../../src/render/client.js";
import type { RenderHttp } from "../../../../src/render/http/http.js";
import { FakeClock } from "../../../support/fakeClock.js";
import {
  ada,
  errorOf,
  get,
  json,
  key,
  named,
  never,
  ok,
  post,
  setUp,
  tearDown,
  until,
} from "./localRender.js";

const now = Date.UTC(2026, 5, 12, 8);

/** What a reply tells of the budget; its window ends in 60 s. */
const budget = (remaining: number) => ({
  "RateLimit-Limit": "400",
  "RateLimit-Remaining": String(remaining),
  "RateLimit-Reset": "59",
});

const inBackground = (http: RenderHttp, path = "/users", signal = never()) =>
  http.get(path, { name: "user", schema: named, background: true, signal });

/** A Render whose every reply tells that this many requests remain, and a clock that holds every wait. */
async function withRemaining(remaining: number) {
  const clock = new FakeClock({ now, flowBelowMs: 0 });
  const bench = await setUp(
    r => {
      json(r, 200, ada, budget(remaining));
    },
    { clock },
  );
  await get(bench.http);
  return { ...bench, paths: () => bench.server.seen.slice(1).map(({ url }) => url.replace("/v1", "")) };
}

describe("Background reads of RenderHttp", () => {
  afterEach(tearDown);

  it("are sent at once while there is plenty or nothing is known", async () => {
    const { http, clock } = await setUp(ok);
    assert.deepEqual(await Promise.all([inBackground(http), inBackground(http, "/owners")]), [ada, ada]);
    assert.ok(clock.slept.every(ms => ms >= 15_000));
  });

  it("wait for the next window when half is used up; a person's read and a write do not", async () => {
    const { http, clock, paths } = await withRemaining(200);
    const waiting = inBackground(http, "/services");
    assert.deepEqual(await get(http, "/owners"), ada);
    // The same read, but somebody waits for it: it does not join what waits.
    assert.deepEqual(await get(http, "/services"), ada);
    await errorOf(post(http));
    assert.deepEqual(paths(), ["/owners", "/services", "/services/srv-1/deploys"]);
    await clock.advance(60_000);
    assert.deepEqual(await waiting, ada);
    assert.deepEqual(paths().slice(3), ["/services"]);
    assert.equal(clock.sleeping, 0);
  });

  it("hold up no person's read, in whatever order they come and whatever remains", async () => {
    const orders = fc.array(fc.boolean(), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(orders, fc.nat(200), async (isBackground, remaining) => {
        const { http, clock, paths } = await withRemaining(remaining);
        const stop = new AbortController();
        const reads = isBackground.map((background, i) => {
          const path = `/services/srv-${i}`;
          return background ? errorOf(inBackground(http, path, stop.signal)) : get(http, path);
        });
        // No time passes: what comes now waited for nothing.
        await Promise.all(reads.filter((_, i) => isBackground[i] !== true));
        assert.equal(paths().length, isBackground.filter(background => !background).length);
        stop.abort();
        await Promise.all(reads);
        assert.equal(clock.sleeping, 0);
      }),
      { numRuns: 20 },
    );
  });

  it("are spread by all clients of one account together", async () => {
    const { http, clock, server } = await withRemaining(230);
    const reads = ["srv-1", "srv-2", "srv-3"].map(id =>
      errorOf(new RenderClient(http, { background: true }).instances(id, never())),
    );
    // The first goes at once, and 30 of them may fill a minute; the one that is not answered yet counts as taken.
    for (const expected of [2, 3, 4]) {
      await until(() => server.seen.length === expected && clock.sleeping <= 1);
      if (expected < 4) await clock.advance(1_900);
      assert.equal(server.seen.length, expected);
      await clock.advance(200);
    }
    await Promise.all(reads);
    assert.equal(clock.sleeping, 0);
  });

  it("never take all slots, so that a person's read goes ahead of them", async () => {
    const held: ServerResponse[] = [];
    const { http, server } = await setUp((r, { url }) => {
      if (url.endsWith("/users")) ok(r);
      else held.push(r);
    });
    const paths = Array.from({ length: 20 }, (_, i) => `/services/srv-${i}`);
    const waiting = paths.map(path => inBackground(http, path));
    await until(() => held.length === 3);
    assert.deepEqual(await get(http), ada);
    assert.deepEqual(await Promise.all([get(http, "/1/users"), get(http, "/2/users")]), [ada, ada]);
    assert.equal(held.length, 3);
    await until(() => {
      for (const response of held.splice(0)) ok(response);
      return server.seen.length === 23;
    });
    assert.equal((await Promise.all(waiting)).length, 20);
  });

  it("may be joined by a person's read once they are sent, and share it", async () => {
    const held: ServerResponse[] = [];
    const { http } = await setUp(r => held.push(r));
    const reads = [inBackground(http)];
    await until(() => held.length === 1);
    reads.push(get(http));
    assert.ok(held[0]);
    ok(held[0]);
    assert.deepEqual(await Promise.all(reads), [ada, ada]);
    assert.equal(held.length, 1);
  });

  it("end at once when they are given up, and leave nothing behind", async () => {
    const { http, clock, paths } = await withRemaining(0);
    const stops = [new AbortController(), new AbortController()];
    const reads = stops.map(({ signal }) => errorOf(inBackground(http, "/services", signal)));
    await until(() => clock.sleeping === 1);
    for (const stop of stops) stop.abort();
    for (const { kind, maybeReceived, method, path } of await Promise.all(reads))
      assert.deepEqual([kind, maybeReceived, method, path], ["aborted", false, "GET", "/services"]);
    assert.deepEqual([paths(), clock.sleeping], [[], 0]);
    for (const { signal } of stops) assert.equal(getEventListeners(signal, "abort").length, 0);
  });
});

describe("A RenderHttp that is disposed of", () => {
  afterEach(tearDown);

  it("ends all that is under way, whatever it waits for", async () => {
    const closed: boolean[] = [];
    const clock = new FakeClock({ now, flowBelowMs: 0 });
    const { http, server } = await setUp(
      (r, { url }) => {
        if (url.endsWith("/users")) json(r, 200, ada, budget(0));
        else if (url.endsWith("/busy")) r.writeHead(503).end();
        else r.on("close", () => closed.push(true));
      },
      { clock },
    );
    await get(http);
    const signals = Array.from({ length: 4 }, never);
    const [one, two, three, four] = signals as [AbortSignal, AbortSignal, AbortSignal, AbortSignal];
    const work = [
      errorOf(get(http, "/held", one)),
      errorOf(post(http, two)),
      errorOf(get(http, "/busy", three)),
      errorOf(inBackground(http, "/services", four)),
    ];
    await until(() => server.seen.length === 4 && clock.slept.includes(250));
    http.dispose();
    http.dispose();
    assert.deepEqual(
      (await Promise.all(work)).map(({ kind, maybeReceived }) => [kind, maybeReceived]),
      [
        ["aborted", false],
        ["aborted", true],
        ["aborted", false],
        ["aborted", false],
      ],
    );
    await until(() => closed.length === 2);
    assert.equal(clock.sleeping, 0);
    for (const signal of signals) assert.equal(getEventListeners(signal, "abort").length, 0);
  });

  it("sends nothing more, and asks for no key", async () => {
    let asked = 0;
    const { http, server, clock } = await setUp(ok, {
      apiKey: () => {
        asked++;
        return Promise.resolve(key);
      },
    });
    http.dispose();
    for (const work of [get(http), post(http), inBackground(http)]) {
      const { kind, maybeReceived } = await errorOf(work);
      assert.deepEqual([kind, maybeReceived], ["aborted", false]);
    }
    assert.deepEqual([server.seen.length, asked, clock.sleeping], [0, 0, 0]);
  });
});
