import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { inspect } from "node:util";
import type { RenderErrorKind } from "../../../../src/render/errors.js";
import {
  ada,
  clientOf,
  errorOf,
  get,
  json,
  key,
  named,
  never,
  nowhere,
  ok,
  type Overrides,
  post,
  setUp,
  tearDown,
  until,
} from "./localRender.js";

describe("RenderHttp", () => {
  afterEach(tearDown);

  describe("what is sent", () => {
    it("reads with the key and without a content type", async () => {
      const { http, server } = await setUp(ok);
      await http.get("/services", {
        query: {
          includePreviews: false,
          ownerId: ["tea-1", "a b,c"],
          cursor: "a=_-&",
          limit: 100,
          type: undefined,
          level: { each: ["error", "a&b"] },
          instance: { each: [] },
        },
        name: "user",
        schema: named,
        signal: never(),
      });
      const [seen] = server.seen;
      assert.equal(seen?.method, "GET");
      assert.equal(
        seen.url,
        "/v1/services?includePreviews=false&ownerId=tea-1,a%20b%2Cc&cursor=a%3D_-%26&limit=100&level=error&level=a%26b",
      );
      assert.equal(seen.headers.authorization, `Bearer ${key}`);
      assert.equal(seen.headers.accept, "application/json");
      assert.equal(seen.headers["user-agent"], "render-deploy/0.1.0 test");
      assert.equal(seen.headers["content-type"], undefined);
    });

    it("writes JSON with its content type, and nothing without a body", async () => {
      const { http, server } = await setUp(r => r.writeHead(201).end());
      await http.post("/a", { commitId: "é" }, { hopedFor: [201], signal: never() });
      await http.post("/b", undefined, { hopedFor: [201], signal: never() });
      assert.deepEqual(
        server.seen.map(({ method, body, headers }) => [
          method,
          body,
          headers["content-type"],
          headers["content-length"],
        ]),
        [
          ["POST", '{"commitId":"é"}', "application/json", "17"],
          ["POST", "", undefined, "0"],
        ],
      );
    });

    it("asks for the address at each request", async () => {
      const one = await setUp(ok);
      const two = await setUp(ok);
      let apiUrl = one.server.url;
      const { http } = clientOf("", { apiUrl: () => apiUrl });
      await get(http);
      apiUrl = `${two.server.url}/`;
      await get(http);
      assert.deepEqual([one.server.seen.length, two.server.seen.length], [1, 1]);
      assert.equal(two.server.seen[0]?.url, "/v1/users");
    });

    it("sends the key of one address never to another", async () => {
      const { server } = await setUp(ok);
      let apiUrl = nowhere;
      const { http } = clientOf("", {
        apiUrl: () => apiUrl,
        apiKey: () => {
          const mine = apiUrl === nowhere ? "rnd_for_nowhere" : "rnd_for_server";
          apiUrl = server.url;
          return Promise.resolve(mine);
        },
      });
      await get(http);
      assert.deepEqual(
        server.seen.map(seen => seen.headers.authorization),
        ["Bearer rnd_for_server"],
      );
    });
  });

  describe("what is not sent at all", () => {
    const cases: [string, Overrides, string, RenderErrorKind][] = [
      ["without a key", { apiKey: () => Promise.resolve(undefined) }, "/users", "noKey"],
      ["with an empty key", { apiKey: () => Promise.resolve("") }, "/users", "noKey"],
      [
        "when the key cannot be read",
        { apiKey: () => Promise.reject(new Error("locked")) },
        "/users",
        "keyUnreadable",
      ],
      [
        "with a line break in the key",
        { apiKey: () => Promise.resolve(`${key}\n`) },
        "/users",
        "unusableKey",
      ],
      [
        "with a key that no header can carry",
        { apiKey: () => Promise.resolve(`${key}✓`) },
        "/users",
        "unusableKey",
      ],
      ["to what is no address", { apiUrl: () => "render" }, "/users", "unreachable"],
      [
        "to an address that others can listen to",
        { apiUrl: () => "http://render.example/v1" },
        "/users",
        "unreachable",
      ],
      [
        "to an address with a password",
        { apiUrl: () => `https://u:${key}@127.0.0.1/v1` },
        "/users",
        "unreachable",
      ],
      ["for an empty id", {}, "/services//deploys", "badRequest"],
      ["for an empty id at the end", {}, "/services/", "badRequest"],
      ["for an id that leads elsewhere", {}, "/services/../users", "badRequest"],
      [
        "when fetch cannot be loaded",
        { fetch: () => Promise.reject(new Error("no such chunk")) },
        "/users",
        "unreachable",
      ],
    ];
    for (const [what, overrides, path, kind] of cases)
      it(`${what}: ${kind}`, async () => {
        const { http, clock, log } = clientOf(nowhere, overrides);
        const error = await errorOf(http.post(path, {}, { hopedFor: [201], signal: never() }));
        assert.equal(error.kind, kind);
        assert.equal(error.maybeReceived, false);
        assert.equal(clock.sleeping, 0);
        assert.ok(!log.lines.join("\n").includes(key));
      });
  });

  describe("errors", () => {
    it("carry what the server said, on one line, and its request id", async () => {
      const { http, log } = await setUp(r => {
        json(
          r,
          409,
          { id: "e", message: "  busy\r\n\u001b[31mnow ", code: "deploy_running" },
          { "Render-Request-Id": "api-1/x" },
        );
      });
      const error = await errorOf(post(http));
      assert.equal(error.serverMessage, "busy [31mnow");
      assert.equal(error.serverCode, "deploy_running");
      assert.equal(error.requestId, "api-1/x");
      assert.equal(error.name, "RenderError");
      assert.match(
        error.message,
        /^POST \/services\/srv-1\/deploys: conflict \(status 409, request api-1\/x, busy/,
      );
      assert.deepEqual(log.lines, ["POST /services/srv-1/deploys -> 409 conflict, 0 ms, request api-1/x"]);
    });

    const bodies: [string, string, string | undefined][] = [
      ["nothing", "", undefined],
      ["plain text", "try\nlater", "try later"],
      ["a number", "1", undefined],
      ["null", "null", undefined],
      ["an object with an error in place of a message", '{"error":"x"}', "x"],
      ["an object without a message", '{"detail":"x"}', undefined],
      ["a message that is no text", '{"message":{"a":1}}', undefined],
      ["a message that is too long", JSON.stringify({ message: "x".repeat(2000) }), `${"x".repeat(499)}…`],
      [
        "more than is read of an error",
        JSON.stringify({ message: "x", more: "x".repeat(70_000) }),
        undefined,
      ],
      ["a message with the key in it", JSON.stringify({ message: `bad ${key}`, code: key }), "bad [key]"],
    ];
    for (const [what, body, message] of bodies)
      it(`manage with a body of ${what}`, async () => {
        const { http } = await setUp(r => r.writeHead(400, { "Render-Request-Id": key }).end(body));
        const error = await errorOf(post(http));
        assert.deepEqual(
          [error.kind, error.serverMessage, error.requestId],
          ["badRequest", message, "[key]"],
        );
      });

    it("keep the key out although the fault below has it everywhere", async () => {
      class Telltale extends Error {
        override name = `Telltale ${key}`;
        code = `E${key}`;
        headers = { authorization: `Bearer ${key}` };
      }
      const telltale = new Telltale(`sent ${key}`, { cause: key });
      for (const fails of [() => Promise.reject(telltale), () => assert.fail(`text ${key}`)]) {
        const { http, log } = clientOf(nowhere, { fetch: () => Promise.resolve(fails) });
        const error = await errorOf(post(http));
        assert.deepEqual([error.kind, error.maybeReceived], ["unreachable", true]);
        assert.ok(!log.lines.join("\n").includes(key));
        assert.ok(!inspect(http, { depth: 10 }).includes(key));
      }
    });
  });

  it("keeps the rate limits that the replies tell, by bucket", async () => {
    const { http, clock } = await setUp((r, seen) => {
      const limit = seen.method === "GET" ? "400" : "10";
      json(r, seen.method === "GET" ? 200 : 409, ada, {
        "Ratelimit-Limit": limit,
        "Ratelimit-Remaining": "7",
        "Ratelimit-Reset": "30",
      });
    });
    await get(http);
    await errorOf(post(http));
    const resetAt = clock.now() + 31_000;
    assert.deepEqual(http.rateLimits.read("get", clock.now()), { limit: 400, remaining: 7, resetAt });
    assert.deepEqual(http.rateLimits.read("deploy:srv-1", clock.now()), { limit: 10, remaining: 7, resetAt });
    assert.equal(http.rateLimits.read("write", clock.now()), undefined);
  });

  it("writes one line for a reply, with the query and the time it took", async () => {
    const { http, log } = await setUp(r => {
      json(r, 200, ada, { "Render-Request-Id": "api-1/y" });
    });
    await http.get("/users", { query: { limit: 1 }, name: "user", schema: named, signal: never() });
    assert.deepEqual(log.lines, ["GET /users?limit=1 -> 200, 0 ms, request api-1/y"]);
  });

  it("leaves no listener and no sleep behind after 200 requests with faults", async () => {
    const { http, clock, server } = await setUp((r, _, i) => {
      const faults = [
        () => {
          ok(r);
        },
        () => r.socket?.destroy(),
        () => r.writeHead(503).end(),
        () => r.writeHead(200, { "Content-Length": "50" }).write("{", () => r.socket?.destroy()),
        () => r.writeHead(302).end(),
        () => r.writeHead(200).end("<html>"),
      ];
      faults[i % faults.length]?.();
    });
    const warnings: Error[] = [];
    const warn = (warning: Error): number => warnings.push(warning);
    process.on("warning", warn);
    const stop = new AbortController();
    const results = await Promise.allSettled(
      Array.from({ length: 200 }, (_, i) =>
        i % 4 === 0 ? post(http, stop.signal) : get(http, `/${i}`, stop.signal),
      ),
    );
    await until(() => true);
    process.off("warning", warn);
    assert.deepEqual(warnings, []);
    assert.equal(results.length, 200);
    assert.ok(results.some(result => result.status === "fulfilled"));
    assert.ok(results.some(result => result.status === "rejected"));
    assert.equal(server.seen.filter(seen => seen.method === "POST").length, 50);
    assert.deepEqual(getEventListeners(stop.signal, "abort"), []);
    assert.equal(clock.sleeping, 0);
  });
});
