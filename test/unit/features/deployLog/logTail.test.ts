import assert from "node:assert/strict";
import { LogTail } from "../../../../src/features/deployLog/logTail.js";
import type { SocketEnd } from "../../../../src/render/http/socket.js";
import { RenderError } from "../../../../src/render/errors.js";
import { FakeClock } from "../../../support/fakeClock.js";
import { LossyLog, type Fate, type WrittenLine } from "../../../support/lossyLog.js";

const began = Date.parse("2026-06-12T08:00:00Z");
const second = 1_000;

function line(at: number): WrittenLine {
  const timestamp = new Date(began + at).toISOString();
  return { at: began + at, availableAt: began + at, entry: { id: `at ${at}`, message: `${at}`, timestamp } };
}

/** Reads for some time, with what becomes of each connection; then it is left. */
async function readFor(ms: number, fates: readonly Fate[], lines: readonly WrittenLine[] = []) {
  const clock = new FakeClock({ now: began, flowBelowMs: 0 });
  const log = new LossyLog(lines, clock, fates[Symbol.iterator]());
  const from: number[] = [];
  const asked: number[] = [];
  const live: boolean[] = [];
  const taken: string[] = [];
  const end = new AbortController();
  const tail = new LogTail(
    {
      render: {
        logSocket: (of, listener, signal) => {
          asked.push(clock.now() - began);
          from.push(of.from - began);
          return log.logSocket(of, listener, signal);
        },
      },
      watch: log,
      clock,
      renderNow: () => clock.now(),
      take: entries => {
        taken.push(...entries.map(({ message }) => message));
      },
      setLive: isLive => {
        live.push(isLive);
      },
    },
    { ownerId: "tea-1", serviceId: "srv-1", from: began },
  );
  const running = tail.run(end.signal);
  await clock.advance(ms);
  end.abort();
  await running;
  return { log, asked, from, live, taken };
}

const refused = (status: number, retryAfterMs?: number): Fate => ({
  refused: { kind: "refused", status, ...(retryAfterMs !== undefined && { retryAfterMs }) },
});
const cut: SocketEnd = { kind: "closed", code: 1006 };

describe("LogTail", () => {
  it("says whether lines come by themselves", async () => {
    const { live } = await readFor(20 * second, [{ holdsFor: 5 * second }]);
    assert.deepEqual(live, [true, false, true, false]);
  });

  it("asks for a sign of life every 20 s, and goes on with another connection after a minute without one", async () => {
    const alive = await readFor(300 * second, []);
    assert.equal(alive.log.connections, 1);
    assert.equal(alive.log.pings, 14);
    const silent = await readFor(100 * second, [{ isSilent: true }]);
    assert.equal(silent.log.connections, 2);
    assert.ok(
      (silent.asked[1] ?? 0) >= 60 * second && (silent.asked[1] ?? 0) <= 65 * second,
      String(silent.asked),
    );
  });

  it("waits 1 s to 30 s between connections that bring nothing, and 1 s again after one that did", async () => {
    const { asked } = await readFor(
      200 * second,
      Array.from({ length: 7 }, () => refused(503)),
    );
    const waits = asked.slice(1).map((at, i) => Math.round((at - (asked[i] ?? 0)) / second));
    assert.deepEqual(waits, [1, 2, 4, 8, 16, 30, 30]);
    const lively = await readFor(
      40 * second,
      [refused(503), refused(503), refused(503), { holdsFor: 3 * second, end: cut }],
      [line(5 * second), line(8 * second)],
    );
    const [last = 0, before = 0] = lively.asked.toReversed();
    assert.ok(last - before < 5 * second, String(lively.asked));
  });

  it("waits as long as it is asked to", async () => {
    const { asked } = await readFor(60 * second, [refused(429, 17 * second)]);
    assert.equal(Math.round((asked[1] ?? 0) / second), 17);
  });

  it("reads pages while it is asked to wait for long, and asks again after five minutes", async () => {
    const { asked, log, taken } = await readFor(
      400 * second,
      [refused(503, 3_600 * second)],
      [line(30 * second)],
    );
    assert.equal(asked.length, 2);
    assert.ok((asked[1] ?? 0) >= 300 * second && (asked[1] ?? 0) <= 311 * second, String(asked));
    assert.ok(log.reads >= 25, String(log.reads));
    assert.deepEqual(taken, [`${30 * second}`]);
  });

  it("begins again 10 s before the newest line, and never before where it began at first", async () => {
    const { from, taken } = await readFor(
      40 * second,
      [{ holdsFor: 4 * second }, { holdsFor: 20 * second }],
      [line(2 * second), line(20 * second)],
    );
    assert.deepEqual(from, [0, 0, 10 * second]);
    assert.deepEqual(taken, [`${2 * second}`, `${20 * second}`]);
  });

  for (const [name, fate] of [
    ["400", refused(400)],
    ["401", refused(401)],
    ["403", refused(403)],
    ["404", refused(404)],
    ["a certificate that is not believed", { refused: { kind: "failed", isFinal: true } }],
    ["closing 1008", { holdsFor: 0, end: { kind: "closed", code: 1008 } }],
  ] as readonly (readonly [string, Fate])[])
    it(`opens no socket any more after ${name}, and reads pages every 10 s`, async () => {
      const { log, taken } = await readFor(65 * second, [fate], [line(3 * second), line(30 * second)]);
      assert.equal(log.connections, 1);
      assert.equal(log.reads, 7);
      assert.deepEqual(taken, [`${3 * second}`, `${30 * second}`]);
    });

  it("ends with what asking again cannot mend", async () => {
    const clock = new FakeClock({ now: began });
    const error = new RenderError("forbidden", { method: "GET", path: "/logs", status: 403 });
    const tail = new LogTail(
      {
        render: {
          logSocket: (_of, listener) => {
            listener.ended({ kind: "refused", status: 403 });
            return Promise.resolve({ ping: () => undefined, end: () => undefined });
          },
        },
        watch: {
          // eslint-disable-next-line require-yield
          async *logs() {
            await Promise.resolve();
            throw error;
          },
        },
        clock,
        renderNow: () => clock.now(),
        take: () => undefined,
        setLive: () => undefined,
      },
      { ownerId: "tea-1", serviceId: "srv-1", from: began },
    );
    await assert.rejects(tail.run(new AbortController().signal), error);
    assert.equal(clock.sleeping, 0);
  });

  it("takes a message with missing fields, and what is no JSON for the end of sockets", async () => {
    const clock = new FakeClock({ now: began, flowBelowMs: 0 });
    const taken: unknown[] = [];
    let connections = 0;
    const end = new AbortController();
    const tail = new LogTail(
      {
        render: {
          logSocket: (_of, listener) => {
            connections += 1;
            listener.opened();
            for (const text of ['{"message":"half a line"}', '{"id":"l2"}', "null", "42", "<html>"])
              listener.message(text);
            return Promise.resolve({ ping: () => undefined, end: () => undefined });
          },
        },
        watch: new LossyLog([], clock, [][Symbol.iterator]()),
        clock,
        renderNow: () => clock.now(),
        take: entries => taken.push(...entries.map(({ message }) => message)),
        setLive: () => undefined,
      },
      { ownerId: "tea-1", serviceId: "srv-1", from: began },
    );
    const running = tail.run(end.signal);
    await clock.advance(120 * second);
    end.abort();
    await running;
    assert.deepEqual(taken, ["half a line"]);
    assert.equal(connections, 1);
  });
});
