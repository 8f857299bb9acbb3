import assert from "node:assert/strict";
import { createServer as createTcpServer, type AddressInfo } from "node:net";
import { createServer as createTlsServer } from "node:https";
import { inspect } from "node:util";
import { gzipSync } from "node:zlib";
import type { RenderErrorKind } from "../../../../src/render/errors.js";
import { selfSignedCertificate } from "../../../support/selfSignedCertificate.js";
import {
  type Answer,
  atEnd,
  clientOf,
  errorOf,
  get,
  json,
  key,
  never,
  post,
  setUp,
  tearDown,
} from "./localRender.js";

const cutBody: Answer = response => {
  response.writeHead(200, { "Content-Length": "100" });
  response.write("{", () => response.socket?.destroy());
};
const cutChunks: Answer = response => {
  response.write('{"name":"Ada"', () => response.socket?.destroy());
};

describe("RenderHttp over a real connection", () => {
  afterEach(tearDown);

  interface Fault {
    what: string;
    answer: Answer;
    kind: RenderErrorKind;
    maybeReceived: boolean;
    tries: number;
    status?: number;
  }
  const faults: Fault[] = [
    {
      what: "a reset before the reply",
      answer: r => r.socket?.destroy(),
      kind: "unreachable",
      maybeReceived: true,
      tries: 4,
    },
    {
      what: "a body cut short",
      answer: (...a) => {
        cutBody(...a);
      },
      kind: "cutOff",
      maybeReceived: true,
      tries: 4,
      status: 200,
    },
    {
      what: "chunks cut short",
      answer: (...a) => {
        cutChunks(...a);
      },
      kind: "cutOff",
      maybeReceived: true,
      tries: 4,
      status: 200,
    },
    {
      what: "a reply that is not HTTP",
      answer: r => r.socket?.end("SSH-2.0-x\r\n"),
      kind: "cutOff",
      maybeReceived: true,
      tries: 4,
    },
    {
      what: "broken gzip",
      answer: r => r.writeHead(200, { "Content-Encoding": "gzip" }).end("plain"),
      kind: "cutOff",
      maybeReceived: true,
      tries: 4,
      status: 200,
    },
    {
      what: "HTML",
      answer: r => r.writeHead(200).end(`<html>${key}`),
      kind: "intercepted",
      maybeReceived: true,
      tries: 1,
      status: 200,
    },
    {
      what: "an empty body",
      answer: r => r.writeHead(200).end(" \n"),
      kind: "emptyBody",
      maybeReceived: true,
      tries: 1,
      status: 200,
    },
    {
      what: "JSON of another shape",
      answer: r => {
        json(r, 200, [key]);
      },
      kind: "badShape",
      maybeReceived: true,
      tries: 1,
      status: 200,
    },
    {
      what: "204",
      answer: r => r.writeHead(204).end(),
      kind: "unexpectedStatus",
      maybeReceived: true,
      tries: 1,
      status: 204,
    },
    {
      what: "a redirect",
      answer: r => r.writeHead(302, { Location: "https://elsewhere.invalid/" }).end(),
      kind: "redirected",
      maybeReceived: false,
      tries: 1,
      status: 302,
    },
    {
      what: "304",
      answer: r => r.writeHead(304).end(),
      kind: "redirected",
      maybeReceived: false,
      tries: 1,
      status: 304,
    },
  ];
  const statuses: [number, RenderErrorKind, number][] = [
    [400, "badRequest", 1],
    [401, "unauthorized", 1],
    [402, "paymentRequired", 1],
    [403, "forbidden", 1],
    [404, "notFound", 1],
    [406, "notAcceptable", 1],
    [409, "conflict", 1],
    [410, "gone", 1],
    [418, "badRequest", 1],
    [429, "rateLimited", 4],
    [500, "serverError", 4],
    [502, "unavailable", 4],
    [503, "unavailable", 4],
    [504, "unavailable", 4],
    [501, "unavailable", 4],
    [521, "gatewayFailed", 4],
  ];
  for (const [status, kind, tries] of statuses)
    faults.push({
      what: `status ${status}`,
      answer: r => {
        json(r, status, {});
      },
      kind,
      maybeReceived: status >= 500,
      tries,
      status,
    });

  for (const { what, answer, kind, maybeReceived, tries, status } of faults) {
    it(`calls ${what} ${kind}, and asks ${tries} times`, async () => {
      const { http, server, clock, log } = await setUp(answer);
      const error = await errorOf(get(http));
      assert.equal(error.kind, kind);
      assert.equal(error.maybeReceived, maybeReceived);
      assert.equal(error.status, status);
      assert.equal(error.method, "GET");
      assert.equal(error.path, "/users");
      assert.equal(server.seen.length, tries);
      assert.equal(clock.sleeping, 0);
      assert.equal(log.lines.filter(line => line.includes(" -> ")).length, tries);
      assert.ok(!log.lines.join("\n").includes(key));
    });

    // Contents are the business of whoever reads the reply.
    if (!["notJson", "emptyBody", "badShape"].includes(kind))
      it(`sends a POST once when there is ${what}`, async () => {
        const { http, server, clock } = await setUp(answer);
        // The faults that come with 200 are just as good with 201.
        const work =
          status === 200
            ? http.post("/services/srv-1/deploys", {}, { hopedFor: [200], signal: never() })
            : post(http);
        const error = await errorOf(work);
        assert.equal(error.kind, kind);
        assert.equal(error.maybeReceived, maybeReceived);
        await clock.advance(120_000);
        assert.equal(server.seen.length, 1);
        assert.equal(clock.sleeping, 0);
      });
  }

  it("never follows a redirect, so that the key stays here", async () => {
    const target = await setUp(r => {
      json(r, 200, { name: "Ada" });
    });
    const { http } = await setUp(r => r.writeHead(307, { Location: `${target.server.url}/users` }).end());
    assert.equal((await errorOf(get(http))).kind, "redirected");
    assert.equal(target.server.seen.length, 0);
  });

  it("calls a closed port unreachable, surely not received", async () => {
    const { server } = await setUp(() => undefined);
    const { url } = server;
    await server.stop();
    const { http, log } = clientOf(url);
    for (const send of [get, post]) {
      const error = await errorOf(send(http));
      assert.equal(error.kind, "unreachable");
      assert.equal(error.maybeReceived, false);
      assert.match(inspect(error.cause), /ECONNREFUSED/);
    }
    assert.match(log.lines.at(-1) ?? "", /^POST \/services\/srv-1\/deploys -> unreachable, \d+ ms$/);
  });

  it("calls a name that does not exist dns, surely not received", async () => {
    const { http } = clientOf("https://render.invalid/v1");
    const error = await errorOf(post(http));
    assert.equal(error.kind, "dns");
    assert.equal(error.maybeReceived, false);
  });

  it("refuses a certificate that nobody vouches for, without a second try", async () => {
    let requests = 0;
    let handshakes = 0;
    const server = createTlsServer(selfSignedCertificate(), () => requests++);
    server.on("tlsClientError", () => undefined);
    server.on("connection", () => handshakes++);
    await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
    atEnd(async () => {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    });
    const { http } = clientOf(`https://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const error = await errorOf(get(http));
    assert.equal(error.kind, "tls");
    assert.equal(error.maybeReceived, false);
    assert.match(inspect(error.cause), /DEPTH_ZERO_SELF_SIGNED_CERT/);
    assert.equal(handshakes, 1);
    assert.equal(requests, 0);
  });

  it("calls a server that does not speak TLS tls", async () => {
    const { server } = await setUp(() => undefined);
    const { http } = clientOf(server.url.replace("http:", "https:"));
    assert.equal((await errorOf(get(http))).kind, "tls");
  });

  it("unpacks gzip and keeps the connection for the next request", async () => {
    const { http, server } = await setUp(r =>
      r.writeHead(200, { "Content-Encoding": "gzip" }).end(gzipSync('{"name":"Ada"}')),
    );
    for (let i = 0; i < 3; i++) assert.deepEqual(await get(http), { name: "Ada" });
    assert.equal(server.connections, 1);
  });

  it("stops reading a body that is too large, also one that unpacks to too much", async () => {
    const endless: Answer = response => {
      const chunk = Buffer.alloc(64 * 1024, " ");
      const more = (): void => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on("drain", more);
      more();
    };
    const bomb: Answer = r =>
      r.writeHead(200, { "Content-Encoding": "gzip" }).end(gzipSync(Buffer.alloc(20 * 1024 * 1024, " ")));
    for (const answer of [endless, bomb]) {
      const { http, server, clock } = await setUp(answer);
      const error = await errorOf(get(http));
      assert.equal(error.kind, "tooLarge");
      assert.equal(error.maybeReceived, true);
      assert.equal(server.seen.length, 1);
      assert.equal(clock.sleeping, 0);
    }
  });

  it("reads a body up to the limit", async () => {
    const body = JSON.stringify({ name: "x".repeat(5000) });
    const { http } = await setUp(r => r.end(body), { limits: { bodyBytes: body.length } });
    assert.equal((await get(http)).name.length, 5000);
    const tight = await setUp(r => r.end(body), { limits: { bodyBytes: body.length - 1 } });
    assert.equal((await errorOf(get(tight.http))).kind, "tooLarge");
  });

  it("calls a connection that closes without a word unreachable, maybe received", async () => {
    const server = createTcpServer(socket => socket.resume().end());
    await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
    atEnd(async () => {
      await new Promise(resolve => server.close(resolve));
    });
    const { http } = clientOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const error = await errorOf(post(http));
    assert.deepEqual([error.kind, error.maybeReceived], ["unreachable", true]);
  });
});
