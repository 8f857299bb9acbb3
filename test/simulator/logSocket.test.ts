import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { openLogSocket, refusedSocket, socketUrl } from "./openLogSocket";
import { rawCall } from "./rawCall";
import { type Fault, startSimulator } from "./simulator";
import { type Bench, withSimulator } from "./withSimulator";
import type { LogLine } from "./wire";

const subscribe = /^\/logs\/subscribe$/;
const texts = (lines: readonly LogLine[]): string[] => lines.map(({ message }) => message);

async function deploy({ call }: Bench, id: string): Promise<void> {
  assert.equal((await call("POST", `/services/${id}/deploys`, {})).status, 201);
}

/** What `GET /logs` has of a service since a moment, oldest first. */
async function read({ call }: Bench, id: string, startTime: string, more = ""): Promise<LogLine[]> {
  const query = `ownerId=tea-d0000000000000000001&resource=${id}&startTime=${startTime}&direction=forward`;
  return ((await call("GET", `/logs?${query}&limit=1000${more}`)).json as { logs: LogLine[] }).logs;
}

describe("simulator: log socket", () => {
  it("sends one log object a message, each line once, as a deploy writes them", async () => {
    await withSimulator({}, async bench => {
      const { simulator, clock, add } = bench;
      const record = add({ preDeployCommand: "npm run migrate" });
      const start = new Date(clock.now()).toISOString();
      const socket = await openLogSocket(simulator, record);
      await deploy(bench, record.service.id);
      clock.advance(10_000);
      await socket.settled();
      const early = socket.lines();
      assert.ok(early.length > 1 && early.length < 5, `${early.length} lines`);
      clock.advance(50_000);
      await socket.settled();
      assert.deepEqual(socket.lines(), await read(bench, record.service.id, start));
      const [first] = socket.lines();
      assert.deepEqual(Object.keys(first ?? {}).sort(), ["id", "labels", "message", "timestamp"]);
      assert.deepEqual(first?.labels, [
        { name: "resource", value: record.service.id },
        { name: "level", value: "info" },
        { name: "type", value: "build" },
      ]);
      assert.ok(texts(socket.lines()).includes("==> Your service is live 🎉"));
    });
  });

  it("tells the words of a failed step when it ends", async () => {
    await withSimulator({}, async bench => {
      const record = bench.add();
      bench.simulator.nextDeploy(record.service.id, { fails: "build" });
      const socket = await openLogSocket(bench.simulator, record);
      await deploy(bench, record.service.id);
      bench.clock.advance(39_950);
      await socket.settled();
      assert.ok(!texts(socket.lines()).includes("==> Build failed 😞"));
      bench.clock.advance(200);
      await socket.settled();
      assert.ok(texts(socket.lines()).includes("==> Build failed 😞"));
    });
  });

  it("goes on from startTime, that moment included, however often it is opened again", async () => {
    await withSimulator({}, async bench => {
      const { simulator, clock, add } = bench;
      const record = add();
      const start = new Date(clock.now()).toISOString();
      await deploy(bench, record.service.id);
      const seen = new Map<string, LogLine>();
      let startTime = start;
      for (let part = 0; part < 6; part++) {
        const socket = await openLogSocket(simulator, record, { startTime });
        clock.advance(9_700);
        await socket.settled();
        const lines = socket.lines();
        if (part > 0) assert.equal(lines[0]?.timestamp, startTime, "the last line comes again");
        for (const line of lines) seen.set(line.id, line);
        startTime = lines.at(-1)?.timestamp ?? startTime;
        socket.client.terminate();
        await socket.closed;
        clock.advance(300);
      }
      assert.deepEqual([...seen.values()], await read(bench, record.service.id, start));
      while (simulator.openSockets > 0) await wait(1);
    });
  });

  for (const [backlog, expected] of [
    ["lastHour", true],
    ["none", false],
  ] as const) {
    it(`begins without startTime as the quirk says: ${backlog}`, async () => {
      await withSimulator({ quirks: { logSocketBacklog: backlog } }, async bench => {
        const record = bench.add();
        await deploy(bench, record.service.id);
        bench.clock.advance(20_000);
        const socket = await openLogSocket(bench.simulator, record);
        await socket.settled();
        assert.equal(texts(socket.lines()).includes("==> Downloading cache..."), expected);
        bench.clock.advance(40_000);
        await socket.settled();
        assert.ok(texts(socket.lines()).includes("==> Build successful 🎉"));
      });
    });
  }

  it("takes the filters of GET /logs", async () => {
    await withSimulator({}, async bench => {
      const { simulator, clock, add } = bench;
      const [one, other] = [add(), add({ name: "lamp" })];
      const start = new Date(clock.now()).toISOString();
      const query = { resource: [one.service.id, other.service.id], type: "build", text: "/^==> Cl/" };
      const socket = await openLogSocket(simulator, one, query);
      const apps = await openLogSocket(simulator, one, { type: "app", level: "info" });
      for (const { service } of [one, other]) await deploy(bench, service.id);
      clock.advance(60_000);
      await Promise.all([socket.settled(), apps.settled()]);
      const services = socket.lines().map(({ labels }) => labels[0]?.value);
      assert.deepEqual(services.sort(), [one.service.id, other.service.id].sort());
      assert.ok(texts(socket.lines()).every(text => text.startsWith("==> Cloning from ")));
      assert.ok(apps.lines().length > 0);
      assert.deepEqual(apps.lines(), await read(bench, one.service.id, start, "&type=app&level=info"));
    });
  });

  it("keeps lines as long as the plan does", async () => {
    await withSimulator({ quirks: { logRetentionDays: 7 } }, async bench => {
      const { simulator, clock, add } = bench;
      const record = add({ type: "static_site" });
      const startTime = new Date(clock.now()).toISOString();
      await deploy(bench, record.service.id);
      clock.advance(60_000);
      for (const [days, kept] of [
        [6, true],
        [2, false],
      ] as const) {
        clock.advance(days * 86_400_000);
        const socket = await openLogSocket(simulator, record, { startTime });
        await socket.settled();
        assert.equal(socket.lines().length > 0, kept);
        assert.equal((await read(bench, record.service.id, startTime)).length > 0, kept);
      }
    });
  });

  it("answers pings, and ends every socket when it is closed or reset", async () => {
    const simulator = await startSimulator();
    const [record] = simulator.services;
    assert.ok(record);
    const first = await openLogSocket(simulator, record);
    await first.settled();
    simulator.reset();
    assert.equal(await first.closed, 1006);
    const second = await openLogSocket(simulator, record);
    simulator.refuseSockets("hang");
    const url = socketUrl(simulator, { ownerId: record.service.ownerId, resource: record.service.id });
    const hanging = refusedSocket(url, simulator.key);
    while (simulator.requests.at(-1)?.fault !== "hang") await wait(1);
    await simulator.close();
    assert.equal(await second.closed, 1006);
    assert.equal((await hanging).status, 0);
    assert.equal(simulator.openSockets, 0);
  });
});

describe("simulator: handshakes of the log socket", () => {
  const refusals: [name: string, query: Record<string, string>, status: number, body: RegExp][] = [
    ["no workspace", { ownerId: "" }, 400, /workspace/],
    ["an unknown service", { resource: "srv-unknown" }, 404, /not found: srv-unknown/],
    ["a time that is none", { startTime: "yesterday" }, 400, /invalid startTime/],
    ["a pattern that is none", { text: "/(/" }, 400, /invalid regular expression/],
  ];
  for (const [name, query, status, body] of refusals) {
    it(`are refused with an HTTP status and a body: ${name}`, async () => {
      await withSimulator({}, async ({ simulator, add }) => {
        const { service } = add();
        const url = socketUrl(simulator, { ownerId: service.ownerId, resource: service.id, ...query });
        const answer = await refusedSocket(url, simulator.key);
        assert.equal(answer.status, status);
        assert.match((JSON.parse(answer.body) as { message: string }).message, body);
        assert.equal(simulator.requests.at(-1)?.status, status);
      });
    });
  }

  it("need the key, and are no plain calls", async () => {
    await withSimulator({}, async ({ simulator, add }) => {
      const { service } = add();
      const url = socketUrl(simulator, { ownerId: service.ownerId, resource: service.id });
      const answer = await refusedSocket(url, "rnd_wrong");
      assert.deepEqual([answer.status, answer.body], [401, '{"message":"unauthorized"}\n']);
      const plain = await rawCall({ url: url.replace("ws:", "http:"), key: simulator.key });
      assert.equal(plain.status, 400);
    });
  });

  it("are recorded, and share the budget of GET /logs", async () => {
    await withSimulator({ limits: { logs: 3 } }, async bench => {
      const { simulator, clock, add, call } = bench;
      const record = add();
      const { id, ownerId } = record.service;
      const socket = await openLogSocket(simulator, record, { type: "build" });
      const entry = simulator.requests.at(-1);
      assert.deepEqual(
        [entry?.method, entry?.path, entry?.status, entry?.query.getAll("type"), entry?.authorized],
        ["GET", "/logs/subscribe", 101, ["build"], true],
      );
      for (const expected of [200, 200, 429])
        assert.equal((await call("GET", `/logs?ownerId=${ownerId}&resource=${id}`)).status, expected);
      const refused = await refusedSocket(socketUrl(simulator, { ownerId, resource: id }), simulator.key);
      assert.deepEqual([refused.status, refused.body], [429, '{"error":"rate limit exceeded"}\n']);
      assert.equal(refused.headers["ratelimit-limit"], "3");
      assert.equal(simulator.requests.at(-1)?.status, 429);
      clock.advance(60_000);
      await (await openLogSocket(simulator, record)).settled();
      await socket.settled();
    });
  });

  for (const status of [400, 401, 403, 404, 429, 500, 503]) {
    it(`are refused once with ${status}, then work`, async () => {
      await withSimulator({}, async ({ simulator, add }) => {
        const record = add();
        const { id, ownerId } = record.service;
        const down: Fault = { kind: "status", status, body: { message: "not now" } };
        simulator.fail({ path: subscribe, with: down });
        const answer = await refusedSocket(socketUrl(simulator, { ownerId, resource: id }), simulator.key);
        assert.deepEqual([answer.status, answer.body], [status, '{"message":"not now"}']);
        await (await openLogSocket(simulator, record)).settled();
      });
    });
  }

  for (const how of [403, 502] as const) {
    it(`are refused by a proxy with a web page and ${how}, until it is taken away`, async () => {
      await withSimulator({}, async ({ simulator, add }) => {
        const record = add();
        const { id, ownerId } = record.service;
        const proxy = simulator.refuseSockets(how);
        for (let time = 1; time <= 2; time++) {
          const answer = await refusedSocket(socketUrl(simulator, { ownerId, resource: id }), simulator.key);
          assert.equal(answer.status, how);
          assert.match(String(answer.headers["content-type"]), /^text\/html/);
          assert.match(answer.body, /^<!doctype html>/);
          assert.equal(proxy.hits, time);
        }
        proxy.clear();
        await (await openLogSocket(simulator, record)).settled();
      });
    });
  }

  it("are cut, or wait by the simulator's clock", async () => {
    await withSimulator({}, async ({ simulator, clock, add }) => {
      const record = add();
      const url = socketUrl(simulator, { ownerId: record.service.ownerId, resource: record.service.id });
      for (const kind of ["cutBefore", "cutAfter"] as const) {
        simulator.fail({ path: subscribe, with: { kind } });
        assert.equal((await refusedSocket(url, simulator.key)).status, 0);
      }
      simulator.fail({ path: subscribe, with: { kind: "delay", ms: 5_000 } });
      const late = openLogSocket(simulator, record);
      while (clock.pending === 0) await wait(1);
      assert.equal(simulator.openSockets, 0);
      clock.advance(5_000);
      await (await late).settled();
      assert.equal(simulator.openSockets, 1);
    });
  });
});

describe("simulator: faults of the log socket", () => {
  it("cut the connection every few seconds, without a close frame", async () => {
    await withSimulator({}, async ({ simulator, clock, add }) => {
      const record = add();
      const fault = simulator.failSockets({ kind: "cut", afterMs: 5_000 });
      for (let time = 1; time <= 3; time++) {
        const socket = await openLogSocket(simulator, record);
        clock.advance(4_900);
        await socket.settled();
        clock.advance(100);
        assert.equal(await socket.closed, 1006);
        assert.equal(fault.hits, time);
      }
    });
  });

  for (const code of [1000, 1001, 1006, 1008, 1011, 1012, 1013, 4000]) {
    it(`close it with ${code}`, async () => {
      await withSimulator({}, async ({ simulator, clock, add }) => {
        const record = add();
        simulator.failSockets({ kind: "close", code, afterMs: 1_000 }, 1);
        const planned = await openLogSocket(simulator, record);
        clock.advance(1_000);
        assert.equal(await planned.closed, code);
        const open = await openLogSocket(simulator, record);
        clock.advance(60_000);
        await open.settled();
        simulator.closeSockets(code);
        assert.equal(await open.closed, code);
      });
    });
  }

  it("leave pings without a pong", async () => {
    await withSimulator({}, async ({ simulator, add }) => {
      const record = add();
      for (const [fault, expected] of [
        [simulator.failSockets({ kind: "noPong" }), 0],
        [undefined, 1],
      ] as const) {
        const { client, closed } = await openLogSocket(simulator, record);
        let pongs = 0;
        client.on("pong", () => pongs++);
        client.ping();
        // The server answers in order: what it makes of a ping is here before its answer to the close.
        client.close(1000);
        assert.equal(await closed, 1000);
        assert.equal(pongs, expected);
        fault?.clear();
      }
    });
  });

  it("send lines out of order within a window, and more than once", async () => {
    await withSimulator({}, async bench => {
      const { simulator, clock, add } = bench;
      const record = add();
      const start = new Date(clock.now()).toISOString();
      simulator.failSockets({ kind: "outOfOrder", windowMs: 15_000 });
      simulator.failSockets({ kind: "repeated", times: 2 });
      const socket = await openLogSocket(simulator, record, { type: "build" });
      await deploy(bench, record.service.id);
      clock.advance(60_000);
      await socket.settled();
      const times = socket.lines().map(({ timestamp }) => Date.parse(timestamp));
      assert.ok(times.some((time, index) => time < (times[index - 1] ?? 0)));
      assert.ok(times.every((time, index) => time >= Math.max(...times.slice(0, index)) - 15_000));
      const sent = socket.lines().map(({ id }) => id);
      const all = (await read(bench, record.service.id, start, "&type=build")).map(({ id }) => id);
      assert.deepEqual([...sent].sort(), [...all, ...all].sort());
    });
  });

  it("send a burst, broken JSON, and lines without fields", async () => {
    await withSimulator({}, async bench => {
      const { simulator, clock, add } = bench;
      const record = add();
      simulator.failSockets({ kind: "burst", lines: 20_000 }, 1);
      const many = await openLogSocket(simulator, record);
      await many.settled();
      assert.equal(new Set(many.lines().map(({ id }) => id)).size, 20_000);
      simulator.failSockets({ kind: "badJson" }, 1);
      const broken = await openLogSocket(simulator, record);
      const bare = await openLogSocket(simulator, record, { type: "build" });
      simulator.failSockets({ kind: "missingFields", fields: ["labels", "timestamp"] });
      const lacking = await openLogSocket(simulator, record, { type: "build" });
      await deploy(bench, record.service.id);
      clock.advance(10_000);
      await Promise.all([broken.settled(), bare.settled(), lacking.settled()]);
      assert.throws(() => JSON.parse(broken.messages[0] ?? "") as unknown, SyntaxError);
      assert.doesNotThrow(() => JSON.parse(broken.messages[1] ?? "") as unknown);
      assert.deepEqual(
        lacking.lines(),
        bare.lines().map(({ id, message }) => ({ id, message })),
      );
      simulator.clearFaults();
      const well = await openLogSocket(simulator, record, { type: "build" });
      await well.settled();
      assert.deepEqual(well.lines(), bare.lines());
    });
  });
});
