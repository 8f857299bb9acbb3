import assert from "node:assert/strict";
import fc from "fast-check";
import { LogWriter } from "../../../../src/features/deployLog/logWriter.js";
import type { LogEntry } from "../../../../src/render/logShapes.js";
import { FakeClock } from "../../../support/fakeClock.js";

function entry(ms: number, message = `line ${ms}`): LogEntry {
  return { id: message, message, timestamp: new Date(Date.UTC(2026, 5, 12, 8, 0, 0, ms)).toISOString() };
}

function writer(head: readonly string[] = []) {
  const clock = new FakeClock({ flowBelowMs: 0 });
  const end = new AbortController();
  const shown = { text: "", appends: 0, replaces: 0 };
  const view = {
    append: (text: string) => {
      shown.text += text;
      shown.appends += 1;
    },
    replace: (text: string) => {
      shown.text = text;
      shown.replaces += 1;
    },
  };
  return { log: new LogWriter(view, head, clock, end.signal), clock, end, shown };
}

describe("LogWriter", () => {
  it("shows its head at once, and lines in blocks", async () => {
    const { log, clock, shown } = writer(["lighthouse · a1b2c3d", ""]);
    assert.equal(shown.text, "lighthouse · a1b2c3d\n\n");
    for (let ms = 0; ms < 500; ms++) log.take([entry(ms)]);
    assert.equal(shown.appends, 0);
    await clock.advance(100);
    assert.equal(shown.appends, 1);
    assert.equal(shown.text.split("\n").length, 503);
    assert.match(shown.text, /^08:00:00 {2}line 499$/mu);
  });

  it("takes out every kind of escape code", async () => {
    const { log, clock, shown } = writer();
    log.take([
      entry(
        1,
        "\u001b[1m==>\u001b(B \u001b[38;5;196mBuild failed\u001b[0m\u001b[K\u001b]8;;https://a.example\u0007x\u001b]8;;\u0007",
      ),
    ]);
    await clock.advance(100);
    assert.equal(shown.text, "08:00:00  ==> Build failedx\n");
  });

  it("puts what comes late where it belongs, and not at each line", async () => {
    const { log, clock, shown } = writer();
    log.take([entry(10, "exit")]);
    await clock.advance(100);
    log.take([entry(5, "trace 1")]);
    log.take([entry(20, "later")]);
    await clock.advance(100);
    assert.equal(shown.text, "08:00:00  exit\n08:00:00  later\n");
    await clock.advance(1_000);
    assert.equal(shown.text, "08:00:00  trace 1\n08:00:00  exit\n08:00:00  later\n");
    assert.equal(shown.replaces, 2);
    for (let i = 0; i < 50; i++) {
      log.take([entry(4 - i / 50, `late ${i}`)]);
      await clock.advance(20);
    }
    const replaces: number = shown.replaces;
    assert.ok(replaces <= 4, String(replaces));
  });

  it("shows what comes while something waits for its place", async () => {
    const { log, clock, shown } = writer();
    log.take(Array.from({ length: 20_000 }, (_, i) => entry(1_000 + i / 100)));
    await clock.advance(1_000);
    log.take([entry(5, "late")]);
    await clock.advance(200);
    log.take([entry(5_000, "new")]);
    await clock.advance(100);
    assert.match(shown.text, /new\n$/u);
    assert.doesNotMatch(shown.text, /late/u);
    await clock.advance(10_000);
    assert.match(shown.text, /^08:00:00 {2}late\n/u);
    assert.match(shown.text, /new\n$/u);
  });

  it("keeps 50,000 lines in sight, and says how many were left out", async () => {
    const { log, clock, shown } = writer(["head"]);
    for (let block = 0; block < 62; block++) {
      log.take(Array.from({ length: 1_000 }, (_, i) => entry(block * 1_000 + i)));
      await clock.advance(100);
    }
    await clock.advance(60_000);
    const lines = shown.text.trimEnd().split("\n");
    assert.equal(lines[0], "head");
    const said = /^([\d,]+) earlier lines left out here; the Dashboard has them\.$/u.exec(lines[1] ?? "");
    const leftOut = Number(said?.[1]?.replaceAll(",", ""));
    assert.ok(leftOut > 0 && leftOut <= 12_000, lines[1]);
    assert.ok(lines.length - 3 >= 50_000 && lines.length - 3 <= 55_000, String(lines.length));
    assert.equal(lines.length - 3 + leftOut, 62_000);
    assert.match(lines.at(-1) ?? "", /line 61999$/u);
  });

  it("whatever comes in which order and blocks: at the end each line is there once, in order", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 0, max: 900 }), { maxLength: 60 }),
        fc.array(fc.integer({ min: 0, max: 2_000 }), { maxLength: 8 }),
        async (times, waits) => {
          const { log, clock, end, shown } = writer();
          for (const [i, ms] of times.entries()) {
            log.take([entry(ms)]);
            await clock.advance(waits[i] ?? 0);
          }
          const finished = log.finish();
          await clock.advance(10);
          await finished;
          end.abort();
          await clock.advance(0);
          const expected = times.toSorted((a, b) => a - b).map(ms => `08:00:00  line ${ms}\n`);
          assert.equal(shown.text, expected.join(""));
          assert.equal(clock.sleeping, 0);
        },
      ),
      { numRuns: 200 },
    );
  });
});
