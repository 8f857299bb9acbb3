import assert from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import { longestWatch } from "../../../../src/features/following/polling.js";
import type { FollowedDeploy } from "../../../../src/features/following/followedDeploy.js";
import type { FollowLedger } from "../../../../src/features/following/followingParts.js";
import { aTracker } from "../../../support/aTracker.js";
import { aDeploy, aFollowedDeploy, anOrder, RecordingSink } from "../../../support/builders.js";
import { FakeClock } from "../../../support/fakeClock.js";
import { MemoryLedger } from "../../../support/memoryLedger.js";
import { ScriptedRender } from "../../../support/scriptedRender.js";
import { settled, trackerBench } from "../../../support/trackerBench.js";

describe("DeployTracker and other windows", () => {
  describe("what another window wrote down", () => {
    const sent = { baseline: { ids: ["dep-0"], newest: 500 }, sentAt: 9_000 };
    const taken = (change: Partial<FollowedDeploy>): FollowedDeploy =>
      aFollowedDeploy({ key: "from-another-window", askedAt: 9_000, sent, steps: [], ...change });

    it("is looked at at once and followed to its end", async () => {
      const { render, clock, sink, tracker } = trackerBench();
      render.deploys.push(aDeploy({ updatedAt: 2 }), aDeploy({ status: "live", updatedAt: 3 }));
      tracker.resume(taken({ stage: { kind: "following", deploy: aDeploy() } }));
      assert.equal((await settled(sink)).stage.kind, "ended");
      assert.deepEqual(clock.slept, [2_000]);
    });

    it("is told at once when it ended meanwhile, however long ago", async () => {
      const { render, clock, sink, tracker } = trackerBench();
      await clock.advance(longestWatch * 10);
      render.deploys.push(aDeploy({ status: "build_failed" }));
      tracker.resume(taken({ stage: { kind: "following", deploy: aDeploy() } }));
      const { stage } = await settled(sink);
      assert.equal(stage.kind === "ended" && stage.outcome, "failed");
      // No look is waited for, only the reason, and that at most so long.
      assert.deepEqual(clock.slept, [8_000]);
    });

    it("and was still being sent is looked for, as an answer that was lost", async () => {
      const { render, sink, tracker } = trackerBench();
      render.lists.push([aDeploy({ createdAt: 9_500 })]);
      render.deploys.push(aDeploy({ status: "live" }));
      tracker.resume(taken({ stage: { kind: "sending" } }));
      const end = await settled(sink);
      assert.deepEqual(sink.stages, ["sending", "lookingUp", "following", "ended"]);
      assert.equal(end.answerLost, true);
      assert.ok(render.calls.every(call => !call.startsWith("trigger")));
    });

    it("and surely never reached Render is said not to have started", async () => {
      const { render, sink, tracker } = trackerBench();
      const old = aDeploy({ id: "dep-0", status: "live", createdAt: 500 });
      const later = aDeploy({ id: "dep-later", status: "live", createdAt: 9_000_000 });
      render.lists.push(...Array.from({ length: 6 }, () => [later, old]));
      tracker.resume(taken({ stage: { kind: "sending" } }));
      assert.equal((await settled(sink)).stage.kind, "notStarted");
    });

    it("and was queued is looked for until it appears", async () => {
      const { render, sink, tracker } = trackerBench();
      render.lists.push([aDeploy({ createdAt: 9_500, status: "live" })]);
      tracker.resume(taken({ stage: { kind: "queued" } }));
      assert.equal((await settled(sink)).stage.kind, "ended");
    });

    it("is not followed twice", async () => {
      const { render, sink, tracker } = trackerBench();
      render.deploys.push(aDeploy({ status: "live" }));
      const again = taken({ stage: { kind: "following", deploy: aDeploy() } });
      tracker.resume(again);
      tracker.resume(again);
      await settled(sink);
      assert.equal(render.calls.length, 1);
    });
  });

  describe("and other windows", () => {
    it("is written down before the trigger is sent, and taken out before the end is told", async () => {
      const steps: string[] = [];
      const render = new ScriptedRender();
      render.lists.push([]);
      render.triggers.push({ kind: "created", deploy: aDeploy({ status: "live" }) });
      const ledger: FollowLedger = {
        keep: ({ stage }) => {
          steps.push(`keep ${stage.kind} after ${render.calls.length} calls`);
          return Promise.resolve();
        },
        settle: () => {
          steps.push("settle");
          return Promise.resolve(true);
        },
      };
      const told = { deployChanged: ({ stage }: FollowedDeploy) => void steps.push(`tell ${stage.kind}`) };
      const tracker = aTracker({ render, clock: new FakeClock(), ledger, sinks: [told] });
      await tracker.start(anOrder());
      await turn();
      assert.deepEqual(steps, [
        "tell sending",
        "keep sending after 1 calls",
        "tell sending",
        "keep sending after 2 calls",
        "tell sending",
        "keep following after 2 calls",
        "tell following",
        "settle",
        "tell ended",
      ]);
    });

    it("tells nothing of an end that another window has told", async () => {
      const render = new ScriptedRender();
      render.lists.push([]);
      render.triggers.push({ kind: "created", deploy: aDeploy({ status: "live" }) });
      const sink = new RecordingSink();
      const ledger = { keep: () => Promise.resolve(), settle: () => Promise.resolve(false) };
      const tracker = aTracker({ render, clock: new FakeClock(), ledger, sinks: [sink] });
      await tracker.start(anOrder());
      const { stage } = await settled(sink);
      assert.deepEqual(stage.kind === "lost" && stage.reason, { kind: "elsewhere" });
    });

    it("hands over what another window follows, and leaves all when the key is gone", async () => {
      const { tracker, sink, ledger } = await twoFollowed();
      const [first, second] = tracker.running;
      tracker.handOver(first?.key ?? "");
      tracker.leaveAll({ kind: "signedOut" });
      await turn();
      const reasons = sink.told.flatMap(({ stage }) => (stage.kind === "lost" ? [stage.reason.kind] : []));
      assert.deepEqual(reasons, ["elsewhere", "signedOut"]);
      // What was handed over stays written down for whoever has it.
      assert.deepEqual(
        ledger.kept.map(({ key }) => key),
        [first?.key],
      );
      assert.ok(second);
    });

    it("leaves written down what it follows when the window closes", async () => {
      const { tracker, ledger } = await twoFollowed();
      tracker.dispose();
      await turn();
      assert.equal(ledger.kept.length, 2);
    });

    async function twoFollowed() {
      const render = new ScriptedRender();
      const clock = new FakeClock({ flowBelowMs: 0 });
      const sink = new RecordingSink();
      const ledger = new MemoryLedger();
      const tracker = aTracker({ render, clock, ledger, sinks: [sink] });
      render.lists.push([], []);
      render.triggers.push(
        { kind: "created", deploy: aDeploy() },
        { kind: "created", deploy: aDeploy({ id: "dep-2" }) },
      );
      await tracker.start(anOrder());
      await tracker.start(anOrder({ body: {} }));
      return { tracker, sink, ledger };
    }
  });

  it("leaves nothing behind when disposed, and tells nothing more", async () => {
    const clock = new FakeClock({ flowBelowMs: 0 });
    const render = new ScriptedRender();
    const sink = new RecordingSink();
    const tracker = aTracker({ render, clock, sinks: [sink] });
    render.lists.push([]);
    render.triggers.push({ kind: "created", deploy: aDeploy() });
    await tracker.start(anOrder());
    const told = sink.told.length;
    tracker.dispose();
    await turn();
    assert.equal(clock.sleeping, 0);
    assert.equal(sink.told.length, told);
  });
});
