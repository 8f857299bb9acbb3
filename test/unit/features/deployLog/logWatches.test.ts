import assert from "node:assert/strict";
import { LogWatches } from "../../../../src/features/deployLog/logWatches.js";
import { aDeploy, aService } from "../../../support/builders.js";
import { FakeClock } from "../../../support/fakeClock.js";
import { LossyLog, type Fate, type WrittenLine } from "../../../support/lossyLog.js";

const began = Date.parse("2026-06-12T08:00:00Z");
const second = 1_000;

function line(after: number, message: string): WrittenLine {
  const at = began + after * second;
  return { at, availableAt: at, entry: { id: message, message, timestamp: new Date(at).toISOString() } };
}

function watching(lines: readonly WrittenLine[], fates: readonly Fate[] = []) {
  const clock = new FakeClock({ now: began, flowBelowMs: 0 });
  const log = new LossyLog(lines, clock, fates[Symbol.iterator]());
  const closing = new AbortController();
  const deployEnds = new AbortController();
  const shown = { text: "" };
  const told: (number | boolean)[] = [];
  const watches = new LogWatches({
    render: log,
    watch: log,
    clock,
    renderNow: () => clock.now(),
    closing: closing.signal,
    viewOf: () => ({
      append: text => {
        shown.text += text;
      },
      replace: text => {
        shown.text = text;
      },
    }),
  });
  const signs = {
    mayHaveChanged: () => {
      told.push(Math.round((clock.now() - began) / second));
    },
    setLive: (isLive: boolean) => {
      told.push(isLive);
    },
  };
  const begin = (id = "dep-1") =>
    watches.watch(
      aService({ name: "lighthouse" }),
      aDeploy({ id, createdAt: began }),
      signs,
      deployEnds.signal,
    );
  return { clock, log, closing, deployEnds, shown, told, watches, begin };
}

describe("the logs of followed deploys", () => {
  it("tell when one of Render's own lines may mean a new status, and of nothing else", async () => {
    const { clock, deployEnds, told, begin } = watching([
      line(1, "==> Cloning from https://github.com/harbor-labs/lighthouse"),
      line(2, "\u001b[1m==>\u001b(B Running build command 'npm ci && npm run build'..."),
      line(3, "$ echo '==> Build successful'"),
      line(10, "\u001b[32m==>\u001b(B Build successful 🎉"),
      line(12, "==> Deploying..."),
      line(20, "==> No open ports detected, continuing to scan..."),
      line(25, "==> A line that nobody knows yet"),
      line(30, "==> Your service is live 🎉"),
      line(
        33,
        'error: failed to solve: process "/bin/sh -c npm ci" did not complete successfully: exit code: 1',
      ),
    ]);
    const over = begin();
    await clock.advance(40 * second);
    assert.deepEqual(told, [true, 10, 12, 25, 30, 33]);
    deployEnds.abort();
    await clock.advance(10 * second);
    await over;
    assert.equal(clock.sleeping, 0);
  });

  it("show what is written, and what comes shortly after the end", async () => {
    const { clock, deployEnds, shown, told, watches, begin } = watching([
      line(1, "==> Build failed 😞"),
      line(8, "==> Common ways to troubleshoot your deploy"),
    ]);
    const over = begin();
    await clock.advance(6 * second);
    assert.ok(watches.isGrowing("dep-1"));
    deployEnds.abort();
    const before = told.length;
    assert.ok(!watches.isGrowing("dep-1"));
    await clock.advance(10 * second);
    await over;
    assert.match(
      shown.text,
      /^lighthouse · .*\n\n08:00:01 {2}==> Build failed 😞\n08:00:08 {2}==> Common ways/u,
    );
    assert.equal(told.length, before, "whoever followed it has left");
  });

  it("say when what was written until the end is read", async () => {
    const { clock, deployEnds, watches, begin } = watching(
      [line(1, "one")],
      [{ refused: { kind: "refused", status: 403 } }],
    );
    const over = begin();
    await clock.advance(3 * second);
    const read: string[] = [];
    watches.readAlong("dep-1", lines => read.push(...lines));
    let isRead = false;
    const waiting = watches.whenRead("dep-1").then(() => {
      isRead = true;
    });
    deployEnds.abort();
    await clock.advance(500);
    assert.deepEqual(read, ["one"]);
    assert.equal(isRead, false);
    await clock.advance(second);
    assert.equal(isRead, true);
    await watches.whenRead("dep-2");
    await clock.advance(10 * second);
    await Promise.all([over, waiting]);
  });

  it("are whole at the end where no socket was to be had", async () => {
    const refused: Fate = { refused: { kind: "refused", status: 403 } };
    const { clock, deployEnds, shown, begin } = watching(
      [line(1, "added 412 packages"), line(2, "==> Build failed 😞")],
      [refused],
    );
    const over = begin();
    await clock.advance(3 * second);
    assert.doesNotMatch(shown.text, /Build failed/u);
    deployEnds.abort();
    await clock.advance(second);
    assert.match(shown.text, /added 412 packages\n08:00:02 {2}==> Build failed/u);
    await clock.advance(10 * second);
    await over;
  });

  it("give way to those of a later deploy of the same service", async () => {
    const { clock, deployEnds, shown, watches, begin } = watching([
      line(1, "==> Your service is live 🎉"),
      line(4, "==> Cloning from https://github.com/harbor-labs/lighthouse"),
    ]);
    const first = begin("dep-1");
    await clock.advance(2 * second);
    const later = begin("dep-2");
    assert.ok(!watches.isGrowing("dep-1") && !watches.isShown("dep-1"), "another one is shown");
    assert.ok(watches.isGrowing("dep-2") && watches.isShown("dep-2"));
    const read: string[] = [];
    await clock.advance(3 * second);
    watches.readAlong("dep-1", lines => read.push(...lines))();
    assert.equal(read.length, 2, "who reads along has all of it");
    assert.equal(shown.text.match(/^lighthouse · /gmu)?.length, 1);
    assert.equal(shown.text.match(/Cloning from/gu)?.length, 1);
    deployEnds.abort();
    await clock.advance(10 * second);
    await Promise.all([first, later]);
    assert.equal(clock.sleeping, 0);
  });

  it("are handed on to who reads along, what is there first, and no more when that is over", async () => {
    const { clock, deployEnds, watches, begin } = watching([
      line(1, "\u001b[31mone\u001b[0m"),
      line(3, "two"),
      line(5, "three"),
    ]);
    const read: string[] = [];
    const over = begin();
    await clock.advance(2 * second);
    assert.ok(!watches.isReadAlong("dep-1"));
    const stop = watches.readAlong("dep-1", lines => read.push(...lines));
    assert.deepEqual(read, ["one"]);
    await clock.advance(2 * second);
    stop();
    await clock.advance(2 * second);
    assert.deepEqual(read, ["one", "two"]);
    assert.ok(watches.isReadAlong("dep-1"));
    deployEnds.abort();
    await clock.advance(10 * second);
    await over;
    assert.ok(!watches.isReadAlong("dep-1"));
  });

  it("are handed on from their first line to who has waited for them", async () => {
    const { clock, deployEnds, watches, begin } = watching([line(1, "one")]);
    const read: string[] = [];
    watches.readAlong("dep-1", lines => read.push(...lines));
    const over = begin();
    await clock.advance(2 * second);
    assert.deepEqual(read, ["one"]);
    assert.ok(watches.isReadAlong("dep-1"));
    deployEnds.abort();
    await clock.advance(10 * second);
    await over;
  });

  it("are at most eight at a time, and each is read once", async () => {
    const { clock, log, deployEnds, begin } = watching([]);
    const all = ["a", "a", "b", "c", "d", "e", "f", "g", "h", "i", "j"].map(id => begin(id));
    await clock.advance(second);
    assert.equal(log.connections, 8);
    deployEnds.abort();
    await clock.advance(10 * second);
    await Promise.all(all);
    const again = begin("k");
    await again;
    assert.equal(log.connections, 8, "its deploy has ended");
  });

  it("end at once when the window closes, and show nothing more", async () => {
    const { clock, closing, shown, begin } = watching([line(1, "one"), line(1, "two")]);
    const over = begin();
    await clock.advance(1_050);
    closing.abort();
    const before = shown.text;
    await over;
    await clock.advance(60 * second);
    assert.equal(shown.text, before);
    assert.equal(clock.sleeping, 0);
  });
});
