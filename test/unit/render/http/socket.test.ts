import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocket, WebSocketServer } from "ws";
import type { RenderHttp } from "../../../../src/render/http/http.js";
import type { SocketEnd } from "../../../../src/render/http/socket.js";
import { RenderError } from "../../../../src/render/errors.js";
import { atEnd, clientOf, key, never, tearDown, type Overrides } from "./localRender.js";

/** What a server does with who asks for a socket. */
type Upgrade = (accept: () => Promise<WebSocket>, raw: Duplex) => void;

async function setUp(upgrade: Upgrade, overrides: Overrides = {}) {
  const sockets = new WebSocketServer({ noServer: true });
  const asked: IncomingMessage[] = [];
  const server = createServer();
  server.on("upgrade", (request: IncomingMessage, raw: Duplex, head: Buffer) => {
    asked.push(request);
    const accept = (): Promise<WebSocket> =>
      new Promise(resolve => {
        sockets.handleUpgrade(request, raw, head, resolve);
      });
    upgrade(accept, raw);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  atEnd(async () => {
    for (const socket of sockets.clients) socket.terminate();
    server.close();
    server.closeAllConnections();
    await once(server, "close");
  });
  const { port } = server.address() as AddressInfo;
  const client = clientOf(`http://127.0.0.1:${port}/v1`, {
    webSocket: () => Promise.resolve(WebSocket),
    ...overrides,
  });
  return { ...client, asked };
}

/** What a listener is told, as text, to its end. */
async function listen(
  http: RenderHttp,
  act: (told: string, ping: () => void, end: () => void) => void = () => undefined,
) {
  const told: string[] = [];
  const end = await new Promise<SocketEnd>((resolve, reject) => {
    const tell = (what: string): void => {
      told.push(what);
      // It may be told before it is handed out.
      setImmediate(() => {
        void opening.then(socket => {
          act(
            what,
            () => {
              socket.ping();
            },
            () => {
              socket.end();
            },
          );
        });
      });
    };
    const opening = http.socket(
      "/logs/subscribe",
      { ownerId: "tea-1" },
      {
        opened: () => {
          tell("opened");
        },
        message: text => {
          tell(text);
        },
        pong: () => {
          tell("pong");
        },
        ended: resolve,
      },
      never(),
    );
    opening.catch(reject);
  });
  return { told, end };
}

describe("a socket", () => {
  afterEach(tearDown);

  it("is asked for with the key, and tells what comes until it is closed", async () => {
    const { http, asked, log } = await setUp(accept => {
      void accept().then(socket => {
        socket.send("one");
        socket.send('{"message":"två"}');
        socket.on("ping", () => {
          setTimeout(() => {
            socket.close(1012);
          }, 20);
        });
      });
    });
    const { told, end } = await listen(http, (what, ping) => {
      if (what.includes("två")) ping();
    });
    assert.deepEqual(told, ["opened", "one", '{"message":"två"}', "pong"]);
    assert.deepEqual(end, { kind: "closed", code: 1012 });
    assert.equal(asked[0]?.url, "/v1/logs/subscribe?ownerId=tea-1");
    assert.equal(asked[0].headers.authorization, `Bearer ${key}`);
    assert.equal(asked[0].headers["user-agent"], "render-deploy/0.1.0 test");
    assert.ok(!log.lines.join("\n").includes(key));
    assert.match(log.lines.join("\n"), /WebSocket \/logs\/subscribe\?ownerId=tea-1 -> closed with 1012/u);
  });

  it("that breaks is closed with 1006", async () => {
    const { http } = await setUp((accept, raw) => {
      void accept().then(socket => {
        socket.send("one", () => {
          raw.destroy();
        });
      });
    });
    const { end } = await listen(http);
    assert.deepEqual(end, { kind: "closed", code: 1006 });
  });

  for (const [status, header, retryAfterMs] of [
    [401, "", undefined],
    [403, "Content-Type: text/html\r\n", undefined],
    [429, "Retry-After: 7\r\n", 7_000],
    [429, "Ratelimit-Reset: 11\r\n", 12_000],
    [503, "", undefined],
    [302, "Location: https://login.example/\r\n", undefined],
  ] as const)
    it(`that is refused with ${status} ${header.trim()} says so`, async () => {
      const { http } = await setUp((_accept, raw) => {
        raw.end(`HTTP/1.1 ${status} No\r\n${header}Content-Length: 3\r\nConnection: close\r\n\r\nno\n`);
      });
      const { told, end } = await listen(http);
      assert.deepEqual(told, []);
      assert.deepEqual(end, { kind: "refused", status, ...(retryAfterMs !== undefined && { retryAfterMs }) });
    });

  it("that nobody answers has failed, which may pass", async () => {
    const { http } = clientOf("http://127.0.0.1:1/v1", { webSocket: () => Promise.resolve(WebSocket) });
    assert.deepEqual((await listen(http)).end, { kind: "failed", isFinal: false });
  });

  it("that answers nonsense has failed", async () => {
    const { http } = await setUp((_accept, raw) => {
      raw.end(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: bm8=\r\n\r\n",
      );
    });
    const { end } = await listen(http);
    assert.deepEqual(end, { kind: "failed", isFinal: false });
  });

  it("that is ended tells nothing more", async () => {
    let closed: Promise<unknown> | undefined;
    const { http } = await setUp(accept => {
      void accept().then(socket => {
        closed = once(socket, "close");
        socket.send("one");
      });
    });
    const told: string[] = [];
    const leaving = new AbortController();
    const tell = (what: string) => () => {
      told.push(what);
    };
    const first = new Promise<void>(resolve => {
      void http.socket(
        "/logs/subscribe",
        {},
        {
          opened: tell("opened"),
          message: () => {
            told.push("message");
            resolve();
          },
          pong: tell("pong"),
          ended: tell("ended"),
        },
        leaving.signal,
      );
    });
    await first;
    leaving.abort();
    await closed;
    await new Promise(resolve => setTimeout(resolve, 20));
    assert.deepEqual(told, ["opened", "message"]);
  });

  for (const [name, kind, overrides] of [
    ["a key", "noKey", { apiKey: () => Promise.resolve(undefined) }],
    ["an address that can be used", "unreachable", { apiUrl: () => "ftp://render" }],
    ["what opens sockets", "unreachable", { webSocket: undefined as never }],
  ] as const)
    it(`is not asked for without ${name}`, async () => {
      const { http, asked } = await setUp(() => undefined, overrides);
      await assert.rejects(
        listen(http),
        (error: unknown) => error instanceof RenderError && error.kind === kind,
      );
      assert.equal(asked.length, 0);
    });
});
