import assert from "node:assert/strict";
import { ada, errorOf, get, json, named, never, ok, setUp, tearDown } from "./localRender.js";

describe("RenderHttp tries a read again", () => {
  afterEach(tearDown);

  const start = Date.UTC(2026, 5, 12, 8);
  const waits: [string, number, Record<string, string>, number][] = [
    ["the seconds of Retry-After", 429, { "Retry-After": "3", "Ratelimit-Reset": "9" }, 3250],
    ["the date of Retry-After", 503, { "Retry-After": new Date(start + 4000).toUTCString() }, 4250],
    ["the end of the rate-limit window", 429, { "Ratelimit-Reset": "5" }, 6250],
    [
      "the end of the rate-limit window in epoch seconds",
      429,
      { "Ratelimit-Reset": String(start / 1000 + 5) },
      5250,
    ],
    ["its own back-off when a 503 tells only a window", 503, { "Ratelimit-Reset": "5" }, 250],
    [
      "its own back-off when the headers make no sense",
      429,
      { "Retry-After": "-1", "Ratelimit-Reset": "soon" },
      250,
    ],
  ];
  for (const [what, status, headers, wait] of waits)
    it(`after ${what}`, async () => {
      const { http, waits: waited } = await setUp((r, _, i) => {
        if (i === 0) json(r, status, {}, headers);
        else ok(r);
      });
      assert.deepEqual(await get(http), ada);
      assert.deepEqual(waited(), [wait]);
    });

  it("at most three times, each wait twice as long in the mean", async () => {
    const { http, server, waits: waited, log } = await setUp(r => r.writeHead(503).end());
    assert.equal((await errorOf(get(http))).retryAfterMs, undefined);
    assert.equal(server.seen.length, 4);
    assert.deepEqual(waited(), [250, 500, 1000]);
    assert.ok(log.lines.includes("GET /users: again in 250 ms (1 of 3)"));
  });

  it("not when the wait asked for is longer than the time left", async () => {
    const {
      http,
      server,
      waits: waited,
    } = await setUp(r => {
      json(r, 429, {}, { "Retry-After": "60" });
    });
    const error = await errorOf(get(http));
    assert.deepEqual([error.kind, error.retryAfterMs], ["rateLimited", 60_000]);
    assert.equal(server.seen.length, 1);
    assert.deepEqual(waited(), []);
  });

  it("not when told so", async () => {
    const { http, server } = await setUp(r => r.writeHead(503).end());
    await errorOf(http.get("/users", { name: "user", schema: named, retry: false, signal: never() }));
    assert.equal(server.seen.length, 1);
  });

  it("with the same key and address as before", async () => {
    const { http, server } = await setUp((r, _, i) => {
      if (i === 0) r.writeHead(503).end();
      else ok(r);
    });
    await get(http);
    assert.equal(server.seen[0]?.headers.authorization, server.seen[1]?.headers.authorization);
  });
});
