import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import type { ServerResponse } from "node:http";
import { FakeClock } from "../../../support/fakeClock.js";
import { ada, errorOf, get, json, named, never, ok, post, setUp, tearDown, until } from "./localRender.js";

describe("Reads of RenderHttp at the same time", () => {
  afterEach(tearDown);

  it("that are equal are one request", async () => {
    const { http, server } = await setUp(ok);
    const answers = await Promise.all([get(http), get(http), get(http), get(http, "/owners")]);
    assert.deepEqual(answers, [ada, ada, ada, ada]);
    assert.notEqual(answers[0], answers[1]);
    assert.deepEqual(server.seen.map(seen => seen.url).sort(), ["/v1/owners", "/v1/users"]);
    await get(http);
    assert.equal(server.seen.length, 3);
  });

  it("that are equal but with another key or another number of tries are not", async () => {
    let n = 0;
    const { http, server } = await setUp(ok, { apiKey: () => Promise.resolve(`rnd_${n++ % 2}`) });
    await Promise.all([
      get(http),
      get(http),
      http.get("/users", { name: "user", schema: named, retry: false, signal: never() }),
    ]);
    assert.equal(server.seen.length, 3);
  });

  it("share an error", async () => {
    const { http, server } = await setUp(r => r.writeHead(404).end());
    const [one, two] = await Promise.all([errorOf(get(http)), errorOf(get(http))]);
    assert.equal(one, two);
    assert.equal(server.seen.length, 1);
  });

  it("go on for the others when one caller leaves, and end when the last one leaves", async () => {
    const replies: ServerResponse[] = [];
    const { http } = await setUp(r => replies.push(r));
    const stops = [new AbortController(), new AbortController(), new AbortController()] as const;
    const [one, two, three] = stops.map(stop => get(http, "/users", stop.signal));
    assert.ok(one && two && three);
    const left = errorOf(one);
    const alsoLeft = errorOf(two);
    await until(() => replies.length === 1);
    stops[0].abort();
    assert.equal((await left).kind, "aborted");
    stops[1].abort();
    assert.equal((await alsoLeft).kind, "aborted");
    assert.ok(replies[0]);
    ok(replies[0]);
    assert.deepEqual(await three, ada);

    const last = new AbortController();
    const leaving = errorOf(get(http, "/users", last.signal));
    await until(() => replies.length === 2);
    last.abort();
    await leaving;
    await until(() => replies[1]?.destroyed === true);
    // Nobody joins a request that is being given up.
    const fresh = get(http);
    await until(() => replies.length === 3);
    assert.ok(replies[2]);
    ok(replies[2]);
    assert.deepEqual(await fresh, ada);
  });

  it("do not join one that began before a write ended", async () => {
    const held: ServerResponse[] = [];
    const { http, server } = await setUp((r, seen, i) => {
      if (i === 0) held.push(r);
      else json(r, seen.method === "POST" ? 201 : 200, { name: "after" });
    });
    const before = get(http);
    await until(() => server.seen.length === 1);
    await post(http);
    assert.deepEqual(await get(http), { name: "after" });
    assert.ok(held[0]);
    json(held[0], 200, { name: "before" });
    assert.deepEqual(await before, { name: "before" });
  });

  it("are six at most, in the order in which they came, and one that waits can be aborted", async () => {
    const replies: ServerResponse[] = [];
    const { http, server } = await setUp(r => replies.push(r));
    const stop = new AbortController();
    const first = Array.from({ length: 6 }, (_, i) => get(http, `/${i}`));
    await until(() => replies.length === 6);
    const left = errorOf(post(http, stop.signal));
    const seventh = get(http, "/6");
    const eighth = get(http, "/7");
    await until(() => getEventListeners(stop.signal, "abort").length === 1);
    stop.abort();
    const error = await left;
    assert.deepEqual([error.kind, error.maybeReceived], ["aborted", false]);
    assert.equal(server.seen.length, 6);
    replies.slice(0, 1).forEach(ok);
    await until(() => replies.length === 7);
    assert.equal(server.seen.at(-1)?.url, "/v1/6");
    replies.slice(1, 2).forEach(ok);
    await until(() => replies.length === 8);
    replies.slice(2).forEach(ok);
    assert.equal((await Promise.all([...first, seventh, eighth])).length, 8);
    assert.ok(server.seen.every(seen => seen.method === "GET"));
  });

  it("do not hold their place while they wait to try again", async () => {
    const clock = new FakeClock({ flowBelowMs: 0 });
    const { http, server } = await setUp((r, seen) => r.writeHead(seen.method === "POST" ? 201 : 503).end(), {
      clock,
      limits: { concurrent: 1 },
    });
    const stop = new AbortController();
    const waiting = errorOf(get(http, "/users", stop.signal));
    await until(() => clock.slept.includes(250));
    assert.equal((await post(http)).status, 201);
    stop.abort();
    await waiting;
    assert.equal(server.seen.length, 2);
  });
});
