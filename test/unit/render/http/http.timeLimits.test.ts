import assert from "node:assert/strict";
import { type Socket } from "node:net";
import type { RenderError } from "../../../../src/render/errors.js";
import { FakeClock } from "../../../support/fakeClock.js";
import { type Answer, clientOf, errorOf, get, post, setUp, tearDown, until } from "./localRender.js";

describe("Time limits of RenderHttp", () => {
  afterEach(tearDown);

  it("gives up when no headers come within 15 s", async () => {
    const { http, server, clock } = await setUp(() => undefined);
    const work = errorOf(post(http));
    await until(() => server.seen.length === 1);
    await clock.advance(14_999);
    assert.equal(clock.sleeping, 1);
    await clock.advance(1);
    const error = await work;
    assert.equal(error.kind, "timeout");
    assert.equal(error.maybeReceived, true);
    assert.equal(error.status, undefined);
    assert.equal(clock.sleeping, 0);
  });

  it("gives up when the body stands still for 15 s", async () => {
    const sockets: (Socket | null)[] = [];
    const { http, clock, server } = await setUp(response => {
      sockets.push(response.socket);
      response.writeHead(201, { "Render-Request-Id": "req-1" }).write("{");
    });
    const work = errorOf(post(http));
    await until(() => server.seen.length === 1);
    // Headers and the first piece restart the 15 s; until they are here, real time has to pass.
    await until(() => clock.slept.length >= 5);
    await clock.advance(15_000);
    const error = await work;
    assert.deepEqual([error.kind, error.status, error.requestId], ["timeout", 201, "req-1"]);
    assert.equal(error.maybeReceived, true);
    await until(() => sockets[0]?.destroyed === true);
  });

  it("gives up after 60 s although the body trickles on", async () => {
    let trickle: (() => void) | undefined;
    const { http, clock } = await setUp(response => {
      response.writeHead(201);
      trickle = () => response.write(" ");
      trickle();
    });
    const began = clock.now();
    const work = errorOf(post(http));
    for (let sleeps = 5; clock.now() - began < 60_000; sleeps++) {
      await until(() => clock.slept.length >= sleeps);
      await clock.advance(10_000);
      trickle?.();
    }
    const error = await work;
    assert.equal(error.kind, "timeout");
    assert.equal(clock.now() - began, 60_000);
  });

  it("keeps the status of an error whose body never ends or is cut", async () => {
    const answers: Answer[] = [
      r => r.writeHead(401).write("{"),
      r => r.writeHead(401, { "Content-Length": "9" }).write("{", () => r.socket?.destroy()),
      r => r.writeHead(401).end(" ".repeat(100_000)),
    ];
    for (const answer of answers) {
      const { http, clock } = await setUp(answer);
      let error: RenderError | undefined;
      const work = errorOf(post(http)).then(known => (error = known));
      await until(() => error !== undefined || clock.slept.length >= 5);
      await clock.advance(15_000);
      await work;
      assert.deepEqual([error?.kind, error?.status, error?.maybeReceived], ["unauthorized", 401, false]);
    }
  });

  it("tries a read again after a timeout, but all tries end within 60 s", async () => {
    const clock = new FakeClock({ flowBelowMs: 10_000 });
    const { http, server } = await setUp(() => undefined, { clock, limits: { retries: 10 } });
    const work = errorOf(get(http));
    // 15 s each for three tries, 250 + 500 + 1000 ms between them, and the rest of the 60 s for the fourth.
    for (const [tries, limit] of [15_000, 15_000, 15_000, 13_250].entries()) {
      await until(() => server.seen.length === tries + 1);
      await clock.advance(limit);
    }
    const error = await work;
    assert.equal(error.kind, "timeout");
    assert.equal(clock.now(), 60_000);
    assert.equal(server.seen.length, 4);
    assert.equal(clock.sleeping, 0);
  });

  it("does not wait for ever for the key or for fetch to load", async () => {
    const hang = new Promise<never>(() => undefined);
    const parts = [
      [{ apiKey: () => hang }, "keyUnreadable"],
      [{ fetch: () => hang }, "timeout"],
    ] as const;
    for (const [part, kind] of parts) {
      const { http, clock } = clientOf("http://127.0.0.1:9/v1", part);
      const work = errorOf(post(http));
      await clock.advance(60_000);
      const error = await work;
      assert.deepEqual([error.kind, error.maybeReceived], [kind, false]);
      assert.equal(clock.sleeping, 0);
    }
  });
});
