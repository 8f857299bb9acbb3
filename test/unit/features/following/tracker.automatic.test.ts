import assert from "node:assert/strict";
import { type AutomaticDeploy } from "../../../../src/features/autoDeploy/automaticDeploy.js";
import { automaticWithin } from "../../../../src/features/autoDeploy/automaticWait.js";
import { readRecord, writeRecord } from "../../../../src/features/following/ledger/followRecord.js";
import {
  isOver,
  type DeployOrder,
  type FollowedDeploy,
} from "../../../../src/features/following/followedDeploy.js";
import type { TriggerAnswer } from "../../../../src/render/client.js";
import type { Deploy } from "../../../../src/render/shapes.js";
import { aTracker } from "../../../support/aTracker.js";
import { aDeploy, anOrder, RecordingSink, sha } from "../../../support/builders.js";
import { FakeClock } from "../../../support/fakeClock.js";
import { MemoryLedger } from "../../../support/memoryLedger.js";
import { failure, settled } from "../../../support/trackerBench.js";

const start = 100_000;

/** A Render whose list is what the test says for the moment; a deploy goes live at the second look. */
class Pushed {
  readonly clock = new FakeClock({ now: start });
  readonly sink = new RecordingSink();
  readonly ledger = new MemoryLedger();
  readonly sent: number[] = [];
  deploys: (now: number) => Deploy[] = () => [];
  answer: (now: number) => TriggerAnswer = now => ({ kind: "created", deploy: ours(now) });
  readonly tracker = aTracker({
    clock: this.clock,
    sinks: [this.sink],
    ledger: this.ledger,
    render: {
      listDeploys: () => Promise.resolve(this.deploys(this.clock.now())),
      getDeploy: (_, id) => Promise.resolve(aDeploy({ id, status: "live", updatedAt: 2 })),
      async *events() {
        yield await Promise.resolve([]);
      },
      triggerDeploy: async () => {
        this.sent.push(this.clock.now() - start);
        await Promise.resolve();
        return this.answer(this.clock.now());
      },
      rollBack: () => Promise.reject(failure("conflict")),
      cancelDeploy: () => Promise.reject(failure("conflict")),
    },
  });

  async end(
    change: Partial<AutomaticDeploy> = {},
    order: Partial<DeployOrder> = {},
  ): Promise<FollowedDeploy> {
    await this.tracker.start(orderOf(change, order));
    return settled(this.sink);
  }
}

function orderOf(change: Partial<AutomaticDeploy> = {}, order: Partial<DeployOrder> = {}): DeployOrder {
  const automatic = {
    commitId: sha,
    when: "commit",
    since: start - 60_000,
    isConfirmed: true,
    ...change,
  } as const;
  return anOrder({ automatic, ...order });
}

/** What is left of it after it was written down. */
function readBack(followed: FollowedDeploy): FollowedDeploy {
  const read = readRecord(writeRecord({ origin: "https://api.render.com", owner: "", followed }));
  assert.ok(read);
  return read.followed;
}

const ours = (createdAt: number): Deploy => aDeploy({ id: "dep-ours", createdAt });
const automatic = aDeploy({ id: "dep-auto", trigger: "new_commit", createdAt: start + 4_000 });
const other = aDeploy({ id: "dep-other", commit: { id: "f".repeat(40) }, createdAt: 1_000 });

describe("DeployTracker and a deploy that Render makes by itself", () => {
  it("follows it, and sends nothing", async () => {
    const render = new Pushed();
    render.deploys = now => (now < start + 4_000 ? [] : [automatic]);
    const end = await render.end();
    assert.deepEqual(render.sink.stages, ["sending", "awaited", "following", "ended"]);
    assert.equal(end.stage.kind === "ended" && end.stage.deploy.id, "dep-auto");
    assert.deepEqual(render.sent, []);
  });

  it("sends the confirmed order, once, where none has come in its time", async () => {
    const render = new Pushed();
    const end = await render.end();
    assert.deepEqual(render.sink.stages, ["sending", "awaited", "sending", "following", "ended"]);
    assert.equal(render.sent.length, 1);
    const [after = 0] = render.sent;
    assert.ok(after >= automaticWithin.commit && after <= automaticWithin.commit + 5_000, String(after));
    assert.equal(end.stage.kind === "ended" && end.stage.deploy.id, "dep-ours");
  });

  it("sends nothing where it comes in the very moment in which the order would be sent", async () => {
    const render = new Pushed();
    let looks = 0;
    render.deploys = now => {
      if (now >= start + automaticWithin.commit) looks += 1;
      return looks > 1 ? [automatic] : [];
    };
    const end = await render.end();
    assert.deepEqual(render.sent, []);
    assert.equal(end.stage.kind === "ended" && end.stage.deploy.id, "dep-auto");
  });

  const found: readonly [name: string, deploy: Deploy][] = [
    ["one that a colleague asked for", aDeploy({ id: "dep-api", trigger: "manual", createdAt: start })],
    ["one that waits", aDeploy({ id: "dep-api", trigger: "new_commit", status: "queued", createdAt: start })],
    [
      "one whose SHA is written in capitals",
      { ...automatic, id: "dep-api", commit: { id: sha.toUpperCase() } },
    ],
  ];
  for (const [name, deploy] of found)
    it(`follows ${name} of the commit instead of sending another`, async () => {
      const render = new Pushed();
      render.deploys = () => [deploy];
      const end = await render.end();
      assert.deepEqual(render.sent, []);
      assert.equal(end.stage.kind === "ended" && end.stage.deploy.id, "dep-api");
    });

  it("does not take a deploy of the commit from before the push for it", async () => {
    const render = new Pushed();
    render.deploys = () => [aDeploy({ id: "dep-old", status: "build_failed", createdAt: start - 60_001 })];
    await render.end();
    assert.equal(render.sent.length, 1);
  });

  it("waits while another deploy runs, behind which Render may hold it back", async () => {
    const render = new Pushed();
    const until = start + 10 * 60_000;
    render.deploys = now => (now < until ? [other] : [{ ...other, status: "live" }]);
    await render.end();
    const [after = 0] = render.sent;
    assert.ok(after >= 10 * 60_000 + automaticWithin.commit - 10_000, String(after));
    assert.equal(render.sent.length, 1);
  });

  it("sends nothing over a later push that Render deploys", async () => {
    const render = new Pushed();
    const later = aDeploy({
      id: "dep-later",
      trigger: "new_commit",
      commit: { id: "f".repeat(40) },
      status: "live",
      createdAt: start + 1,
    });
    render.deploys = () => [later];
    const { stage } = await render.end();
    assert.deepEqual(stage, { kind: "lost", reason: { kind: "skipped", later } });
    assert.deepEqual(render.sent, []);
  });

  it("is not kept from sending by a push a moment earlier, of which Render's deploy has ended meanwhile", async () => {
    const render = new Pushed();
    const earlier = aDeploy({
      id: "dep-earlier",
      trigger: "new_commit",
      commit: { id: "f".repeat(40) },
      createdAt: start - 30_000,
    });
    render.deploys = now => (now < start + 20_000 ? [earlier] : [{ ...earlier, status: "live" }]);
    const { stage } = await render.end();
    assert.equal(stage.kind, "ended");
    assert.equal(render.sent.length, 1);
  });

  it("sends nothing once another window has taken it over, even in the last moment before", async () => {
    const render = new Pushed();
    const keep = render.ledger.keep.bind(render.ledger);
    render.ledger.keep = async followed => {
      await keep(followed);
      if (followed.sent) render.tracker.handOver(followed.key);
    };
    const { stage } = await render.end();
    assert.deepEqual(stage, { kind: "lost", reason: { kind: "elsewhere" } });
    for (let turns = 0; turns < 20; turns += 1) await render.clock.advance(1_000);
    assert.deepEqual(render.sent, []);
  });

  it("only tells that it is missing where nothing was confirmed but to follow it", async () => {
    const render = new Pushed();
    const { stage } = await render.end({ isConfirmed: false });
    assert.deepEqual(stage, { kind: "lost", reason: { kind: "automaticMissing" } });
    assert.deepEqual(render.sent, []);
  });

  describe("in a batch, which knows whose turn it is", () => {
    async function overdue(): Promise<{ render: Pushed; order: DeployOrder; key: string }> {
      const render = new Pushed();
      const order = orderOf({}, { batch: "batch-1" });
      const { key } = await render.tracker.start(order);
      for (let turns = 0; turns < 90; turns += 1) await render.clock.advance(1_000);
      assert.deepEqual(render.sink.told.at(-1)?.stage, { kind: "awaited", isOverdue: true });
      assert.deepEqual(render.sent, []);
      return { render, order, key };
    }

    it("is held back until that, and sent once then", async () => {
      const { render, order, key } = await overdue();
      const late = orderOf({ isOverdue: true }, { batch: "batch-1" });
      const sent = await Promise.all([late, late, order].map(each => render.tracker.start(each)));
      assert.deepEqual(
        sent.map(each => each.key),
        [key, key, key],
      );
      assert.equal((await settled(render.sink)).stage.kind, "ended");
      assert.equal(render.sent.length, 1);
    });

    it("is told as missing where the batch ends before that", async () => {
      const { render, key } = await overdue();
      await render.tracker.giveUp(key);
      assert.deepEqual(render.sink.told.at(-1)?.stage, {
        kind: "lost",
        reason: { kind: "automaticMissing" },
      });
      assert.deepEqual([render.sent, render.ledger.kept], [[], []]);
    });

    it("is sent by the next window where this one closes before that", async () => {
      const { render, order } = await overdue();
      render.tracker.dispose();
      const [kept] = render.ledger.kept;
      assert.ok(kept);
      assert.deepEqual(kept.order.automatic, order.automatic);
      const next = new Pushed();
      await next.clock.advance(100_000);
      next.tracker.resume(readBack(kept));
      await settled(next.sink);
      assert.equal(next.sent.length, 1);
    });
  });

  it("sends at once what is overdue, unless Render has made it by now", async () => {
    const render = new Pushed();
    await render.end({ isOverdue: true });
    assert.deepEqual(render.sent, [0]);
    const late = new Pushed();
    late.deploys = () => [automatic];
    await late.end({ isOverdue: true });
    assert.deepEqual(late.sent, []);
  });

  it("waits half an hour for checks", async () => {
    const render = new Pushed();
    render.deploys = now => (now < start + 29 * 60_000 ? [] : [automatic]);
    const end = await render.end({ when: "checksPass", isConfirmed: false });
    assert.equal(end.stage.kind, "ended");
  });

  it("is waited for once, however often it is asked for", async () => {
    const render = new Pushed();
    const first = await render.tracker.start(orderOf());
    const second = await render.tracker.start(orderOf({ since: start }));
    assert.equal(second.key, first.key);
    await settled(render.sink);
    assert.equal(render.sent.length, 1);
  });

  it("ends quietly where the same deploy is followed here already", async () => {
    const render = new Pushed();
    render.deploys = () => [automatic];
    render.tracker.followExisting(anOrder(), automatic);
    await render.tracker.start(orderOf());
    for (let turns = 0; turns < 100 && render.tracker.running.length > 0; turns += 1)
      await render.clock.advance(1_000);
    const ends = render.sink.told.filter(isOver).map(({ stage }) => stage);
    assert.deepEqual(ends.map(stage => (stage.kind === "lost" ? stage.reason.kind : stage.kind)).sort(), [
      "ended",
      "joined",
    ]);
    assert.deepEqual(render.sent, []);
  });

  describe("in a window that is closed meanwhile", () => {
    /** What the next window takes up. */
    async function left(): Promise<FollowedDeploy> {
      const render = new Pushed();
      await render.tracker.start(orderOf());
      render.tracker.dispose();
      const [kept] = render.ledger.kept;
      assert.ok(kept);
      return kept;
    }

    it("is written down, and waited for by the next one", async () => {
      const render = new Pushed();
      render.deploys = now => (now < start + 4_000 ? [] : [automatic]);
      render.tracker.resume(await left());
      const end = await settled(render.sink);
      assert.equal(end.stage.kind === "ended" && end.stage.deploy.id, "dep-auto");
    });

    it("is sent by the next one where none has come", async () => {
      const render = new Pushed();
      render.tracker.resume(await left());
      await settled(render.sink);
      assert.equal(render.sent.length, 1);
    });

    it("waits anew for a minute in which nothing runs, as nobody knows what ran meanwhile", async () => {
      const render = new Pushed();
      const kept = await left();
      await render.clock.advance(5 * 60_000);
      render.deploys = now =>
        now < start + 5 * 60_000 + 30_000 ? [] : [{ ...automatic, createdAt: start + 330_000 }];
      render.tracker.resume(kept);
      const end = await settled(render.sink);
      assert.equal(end.stage.kind === "ended" && end.stage.deploy.id, "dep-auto");
      assert.deepEqual(render.sent, []);
    });

    it("is sent however long something ran before, while somebody looked", async () => {
      const first = new Pushed();
      first.deploys = () => [other];
      await first.tracker.start(orderOf());
      await first.clock.advance(12 * 60_000);
      first.tracker.dispose();
      const [kept] = first.ledger.kept;
      assert.ok(kept);
      const render = new Pushed();
      await render.clock.advance(12 * 60_000 + 5_000);
      render.tracker.resume(kept);
      await settled(render.sink);
      assert.equal(render.sent.length, 1);
    });

    it("is not sent out of the blue a night later, but told", async () => {
      const render = new Pushed();
      const kept = await left();
      await render.clock.advance(8 * 3_600_000);
      render.tracker.resume(kept);
      const { stage } = await settled(render.sink);
      assert.deepEqual(stage, { kind: "lost", reason: { kind: "automaticMissing" } });
      assert.deepEqual(render.sent, []);
    });
  });
});
