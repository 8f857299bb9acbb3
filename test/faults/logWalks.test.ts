import assert from "node:assert/strict";
import fc from "fast-check";
import { LogTail } from "../../src/features/deployLog/logTail.js";
import { LogWriter } from "../../src/features/deployLog/logWriter.js";
import type { SocketEnd } from "../../src/render/http/socket.js";
import type { LogEntry } from "../../src/render/logShapes.js";
import { FakeClock } from "../support/fakeClock.js";
import { LossyLog, type Fate, type WrittenLine } from "../support/lossyLog.js";
import { figures } from "./figures.js";
import { seed } from "./seed.js";

const sessions = 1_000;
const began = Date.parse("2026-06-12T08:00:00Z");

/** A line can be had so much later than one that was written after it; milliseconds. */
const latest = 8_000;

const closed = (code: number): SocketEnd => ({ kind: "closed", code });
const refused = (status: number): SocketEnd => ({ kind: "refused", status });

/** What trying again mends, and what ends all sockets, so that pages must do (Render's own client draws the same line). */
const passing: readonly SocketEnd[] = [
  ...[1000, 1001, 1006, 1011, 1012, 1013].map(closed),
  ...[429, 500, 502, 503].map(refused),
  { kind: "failed", isFinal: false },
];
const final: readonly SocketEnd[] = [
  ...[1008, 4000].map(closed),
  ...[400, 401, 403, 404, 302].map(refused),
  { kind: "failed", isFinal: true },
];

const fate: fc.Arbitrary<Fate> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      holdsFor: fc.integer({ min: 0, max: 12_000 }),
      end: fc.constantFrom(...passing.filter(isClosing)),
      repeats: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ refused: fc.constantFrom(...passing.filter(end => !isClosing(end))) }),
  },
  { weight: 1, arbitrary: fc.constant<Fate>({ isSilent: true }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Fate>(
      ...final.map(end => (isClosing(end) ? { holdsFor: 500, end } : { refused: end })),
    ),
  },
);

const written = fc.array(
  fc.record({
    gap: fc.integer({ min: 0, max: 400 }),
    late: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: latest })),
  }),
  { minLength: 1, maxLength: 200 },
);

function isClosing(end: SocketEnd): boolean {
  return end.kind === "closed";
}

/** Lines with times of nanoseconds, whose last zeros are cut as Render does. */
function linesOf(gaps: readonly { readonly gap: number; readonly late: number }[]): WrittenLine[] {
  let at = began;
  return gaps.map(({ gap, late }, index) => {
    at += gap;
    const nanos = String(index % 1_000).padStart(6, "0");
    const timestamp = `${new Date(at).toISOString().slice(0, -1)}${nanos}`.replace(/\.?0+$/u, "");
    return {
      at,
      availableAt: at + late,
      entry: { id: `line ${index}`, message: `said ${index}`, timestamp: `${timestamp}Z` },
    };
  });
}

/** Reads a log to its end; gives what was taken, and what a person saw last. */
async function read(
  lines: readonly WrittenLine[],
  fates: readonly Fate[],
): Promise<{ taken: LogEntry[]; shown: string; log: LossyLog }> {
  const clock = new FakeClock({ now: began, flowBelowMs: 0 });
  const log = new LossyLog(lines, clock, fates[Symbol.iterator]());
  const end = new AbortController();
  let shown = "";
  const view = {
    append: (text: string) => {
      shown += text;
    },
    replace: (text: string) => {
      shown = text;
    },
  };
  const writer = new LogWriter(view, [], clock, end.signal);
  const taken: LogEntry[] = [];
  const tail = new LogTail(
    {
      render: log,
      watch: log,
      clock,
      renderNow: () => clock.now(),
      take: entries => {
        taken.push(...entries);
        writer.take(entries);
      },
      setLive: () => undefined,
    },
    { ownerId: "tea-1", serviceId: "srv-1", from: began },
  );
  const running = tail.run(end.signal);
  const last = Math.max(...lines.map(({ availableAt }) => availableAt));
  await clock.advance(last - began);
  // Each connection that fails takes its time: silence a minute, the waits between them up to half a minute.
  for (let minutes = 0; minutes < 60 && taken.length < lines.length; minutes++) await clock.advance(60_000);
  const finished = writer.finish();
  await clock.advance(10);
  await finished;
  end.abort();
  await running;
  await clock.advance(0);
  assert.equal(clock.sleeping, 0, "timers that were left behind");
  return { taken, shown, log };
}

function checkWhole(
  lines: readonly WrittenLine[],
  { taken, shown }: { taken: LogEntry[]; shown: string },
): void {
  const ids = taken.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length, "a line came twice");
  assert.equal(ids.length, lines.length, "a line was lost");
  assert.deepEqual(
    shown
      .split("\n")
      .filter(line => line !== "")
      .map(line => line.slice(10)),
    // They were written in this order.
    lines.map(({ entry }) => entry.message),
  );
}

describe("a log that is read as it grows", () => {
  it(`loses nothing and gives nothing twice in ${sessions} sessions`, async function () {
    this.timeout(280_000);
    await fc.assert(
      fc.asyncProperty(written, fc.array(fate, { maxLength: 12 }), async (gaps, fates) => {
        const lines = linesOf(gaps);
        const result = await figures.time("a log walk", () => read(lines, fates));
        figures.add("log walks");
        checkWhole(lines, result);
      }),
      { seed, numRuns: sessions, endOnFailure: process.env["RENDER_TEST_SHRINK"] === undefined },
    );
  });

  it("of 10,000 lines out of order, twice each, over connections that break every 5 s, has each once and in order", async function () {
    this.timeout(120_000);
    const gaps = Array.from({ length: 10_000 }, (_, i) => ({ gap: 10, late: (i * 7_919) % latest }));
    const lines = linesOf(gaps);
    const fates = Array.from({ length: 1_000 }, (): Fate => ({ holdsFor: 5_000, repeats: true }));
    const result = await read(lines, fates);
    checkWhole(lines, result);
    assert.ok(result.log.connections >= 15, `${result.log.connections} connections`);
  });
});
