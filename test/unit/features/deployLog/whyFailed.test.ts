import assert from "node:assert/strict";
import { whyFailed } from "../../../../src/features/deployLog/whyFailed.js";
import { logBefore, logOf } from "../../../../src/features/deployLog/readLog.js";
import type { LogQuery, RenderClient } from "../../../../src/render/client.js";
import { aDeploy } from "../../../support/builders.js";
import { without } from "../../../support/without.js";

type Readings = Pick<RenderClient, "events" | "logs">;

describe("why a deploy failed", () => {
  const service = { id: "srv-1", ownerId: "tea-1" };
  const { signal } = new AbortController();
  const ended = { id: "evt-1", type: "deploy_ended", deployId: "dep-1", failure: { nonZeroExit: 3 } };
  const said = { id: "log-1", message: "the tide is out", timestamp: "2026-06-12T08:06:10Z" };

  function readings({ events = true, logs = true }) {
    const asked: { events?: unknown; logs?: unknown } = {};
    const render: Readings = {
      async *events(_, options) {
        asked.events = options;
        if (!events) throw new Error("no events");
        yield Promise.resolve([ended]);
      },
      async *logs(options) {
        asked.logs = options;
        if (!logs) throw new Error("no log");
        yield Promise.resolve([said]);
      },
    };
    return { render, asked };
  }

  it("is asked of the events around it, and of its log", async () => {
    const { render, asked } = readings({});
    const deploy = aDeploy({ status: "update_failed", createdAt: 100_000, finishedAt: 190_000 });
    const { cause } = await whyFailed(render, service, deploy, 999_000, signal);
    assert.deepEqual(cause, { told: { kind: "exit", code: 3 }, lines: ["the tide is out"] });
    const { types, ...range } = asked.events as { types: readonly string[] };
    assert.ok(types.includes("deploy_ended") && types.includes("build_ended"), types.join());
    assert.deepEqual(range, { from: 40_000, until: 255_000 });
    assert.deepEqual(asked.logs, { ownerId: "tea-1", serviceId: "srv-1", from: 100_000, until: 195_000 });
  });

  it("of a build is asked of what builds write, as what is live goes on writing", async () => {
    const { render, asked } = readings({});
    await whyFailed(render, service, aDeploy({ status: "build_failed", finishedAt: 9_000 }), 9_000, signal);
    assert.deepEqual((asked.logs as LogQuery).filter, { types: ["build"] });
  });

  it("is told by one of the two where the other cannot be read", async () => {
    const failed = aDeploy({ status: "update_failed", finishedAt: 9_000 });
    const read = async (which: Parameters<typeof readings>[0]) =>
      (await whyFailed(readings(which).render, service, failed, 9_000, signal)).cause;
    assert.deepEqual(await read({ logs: false }), { told: { kind: "exit", code: 3 }, lines: [] });
    assert.deepEqual(await read({ events: false }), { lines: ["the tide is out"] });
    assert.equal(await read({ events: false, logs: false }), undefined);
  });

  it("gives the lines that it was read from, so that they are asked for once", async () => {
    const failed = aDeploy({ status: "build_failed", createdAt: 1_000, finishedAt: 9_000 });
    const { log, of } = await whyFailed(readings({}).render, service, failed, 9_000, signal);
    assert.deepEqual(log, { lines: [{ text: said.message, timestamp: said.timestamp }], isCut: false });
    assert.deepEqual(of, {
      ownerId: "tea-1",
      serviceId: "srv-1",
      from: 1_000,
      until: 14_000,
      filter: { types: ["build"] },
    });
  });
});

describe("the lines before those that were read", () => {
  const of = {
    ownerId: "tea-1",
    serviceId: "srv-1",
    from: 1_000,
    until: 90_000,
    filter: { types: ["build"] },
  };
  const line = (ms: number) => ({ text: "fog", timestamp: new Date(ms).toISOString() });

  it("end with the oldest of these, and with what was written in the same millisecond", () => {
    assert.deepEqual(logBefore({ lines: [line(40_000), line(50_000)], isCut: true }, of), {
      ...of,
      until: 40_001,
    });
  });

  it("are none where all were read, and where it is not told when they were written", () => {
    assert.equal(logBefore({ lines: [line(40_000)], isCut: false }, of), undefined);
    assert.equal(logBefore({ lines: [line(1_000)], isCut: true }, of), undefined);
    assert.equal(logBefore({ lines: [], isCut: true }, of), undefined);
    assert.equal(logBefore({ lines: [{ text: "fog", timestamp: "soon" }], isCut: true }, of), undefined);
  });
});

describe("where the lines of a deploy lie", () => {
  const service = { id: "srv-1", ownerId: "tea-1" };
  const second = 1_000;
  const hour = 3_600 * second;

  for (const [name, change, from] of [
    ["from its creation, as it did not wait", { createdAt: hour, startedAt: hour + 300 }, hour],
    [
      "from its start, as another one wrote while it waited",
      { createdAt: hour, startedAt: 2 * hour },
      2 * hour,
    ],
    ["from its creation where its start is not told", { createdAt: hour }, hour],
    ["from its start where its creation is not told", { startedAt: hour }, hour],
    ["from a minute ago where it runs and neither is told", {}, 9 * hour - 60 * second],
    ["from an hour before its end where neither is told", { finishedAt: 5 * hour }, 4 * hour + 5 * second],
  ] as const)
    it(name, () => {
      const bare = without(aDeploy(), "createdAt", "startedAt", "finishedAt");
      assert.equal(logOf(service, { ...bare, ...change }, 9 * hour).from, from);
    });
});
