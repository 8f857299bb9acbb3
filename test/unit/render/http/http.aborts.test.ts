import assert from "node:assert/strict";
import nodeFetch from "node-fetch";
import { FakeClock } from "../../../support/fakeClock.js";
import { errorOf, get, key, ok, post, setUp, tearDown, until } from "./localRender.js";

describe("An abort of RenderHttp", () => {
  afterEach(tearDown);

  it("before anything was sent sends nothing", async () => {
    const { http, server } = await setUp(ok);
    for (const send of [get(http, "/users", AbortSignal.abort()), post(http, AbortSignal.abort())]) {
      const error = await errorOf(send);
      assert.deepEqual([error.kind, error.maybeReceived], ["aborted", false]);
    }
    assert.equal(server.seen.length, 0);
  });

  it("while the key is fetched sends nothing, whenever the key comes", async () => {
    let give: ((given: string) => void) | undefined;
    const stop = new AbortController();
    const { http, server, clock } = await setUp(ok, {
      apiKey: () => new Promise(resolve => (give = resolve)),
    });
    const work = errorOf(post(http, stop.signal));
    stop.abort();
    assert.equal((await work).maybeReceived, false);
    give?.(key);
    await clock.advance(1000);
    assert.equal(server.seen.length, 0);
    assert.equal(clock.sleeping, 0);
  });

  it("while fetch is loaded sends nothing, whenever it comes", async () => {
    let load: ((loaded: typeof nodeFetch) => void) | undefined;
    const stop = new AbortController();
    const { http, server, clock } = await setUp(ok, {
      fetch: () => new Promise(resolve => (load = resolve)),
    });
    const work = errorOf(post(http, stop.signal));
    await until(() => load !== undefined);
    stop.abort();
    assert.equal((await work).maybeReceived, false);
    load?.(nodeFetch);
    await clock.advance(1000);
    assert.equal(server.seen.length, 0);
    assert.equal(clock.sleeping, 0);
  });

  it("while the reply is awaited ends the request at once", async () => {
    const closed: boolean[] = [];
    const { http, server, clock } = await setUp(r => r.on("close", () => closed.push(true)));
    const stop = new AbortController();
    const work = errorOf(post(http, stop.signal));
    await until(() => server.seen.length === 1);
    stop.abort();
    const error = await work;
    assert.deepEqual([error.kind, error.maybeReceived], ["aborted", true]);
    assert.equal(clock.sleeping, 0);
    await until(() => closed.length === 1);
  });

  it("while a body is read ends the request at once", async () => {
    const closed: boolean[] = [];
    const { http, clock } = await setUp(r =>
      r
        .on("close", () => closed.push(true))
        .writeHead(500)
        .write("{"),
    );
    const stop = new AbortController();
    const work = errorOf(post(http, stop.signal));
    await until(() => clock.slept.length >= 5);
    stop.abort();
    assert.deepEqual([(await work).kind, clock.sleeping], ["aborted", 0]);
    await until(() => closed.length === 1);
  });

  it("during a wait ends it at once", async () => {
    const clock = new FakeClock({ flowBelowMs: 0 });
    const { http, server } = await setUp(r => r.writeHead(503).end(), { clock });
    const stop = new AbortController();
    const work = errorOf(get(http, "/users", stop.signal));
    await until(() => clock.slept.includes(250));
    stop.abort();
    assert.equal((await work).kind, "aborted");
    assert.equal(server.seen.length, 1);
    assert.equal(clock.sleeping, 0);
  });
});
