import assert from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import { isOver, type FollowedDeploy } from "../../../../src/core/deploy/followedDeploy.js";
import { longestWatch } from "../../../../src/core/deploy/deployLooks.js";
import type { FollowLedger } from "../../../../src/core/deploy/following.js";
import { RenderError, type RenderErrorKind } from "../../../../src/core/render/errors.js";
import { aDeploy, aFollowedDeploy, anOrder, RecordingSink, sha } from "../../../support/builders.js";
import { aTracker } from "../../../support/aTracker.js";
import { FakeClock } from "../../../support/fakeClock.js";
import { MemoryLedger } from "../../../support/memoryLedger.js";
import { ScriptedRender } from "../../../support/scriptedRender.js";

const signal = new AbortController().signal;

function setUp() {
  const render = new ScriptedRender();
  const clock = new FakeClock({ now: 10_000 });
  const sink = new RecordingSink();
  const tracker = aTracker({ render, clock, sinks: [sink] });
  return { render, clock, sink, tracker };
}

function failure(kind: RenderErrorKind, maybeReceived = false): RenderError {
  return new RenderError(kind, { method: "POST", path: "/services/srv-1/deploys", maybeReceived });
}

async function settled(sink: RecordingSink): Promise<FollowedDeploy> {
  for (let turns = 0; turns < 10_000; turns += 1) {
    const last = sink.told.at(-1);
    if (last && isOver(last)) return last;
    await turn();
  }
  throw new Error(`not over: ${sink.stages.join(" ")}`);
}

describe("DeployTracker", () => {
  describe("a deploy that was created", () => {
    it("is followed through its statuses to live, each step with its times", async () => {
      const { render, clock, sink, tracker } = setUp();
      render.lists.push([]);
      render.triggers.push({ kind: "created", deploy: aDeploy() });
      render.deploys.push(
        aDeploy(),
        aDeploy({ status: "update_in_progress", updatedAt: 2 }),
        aDeploy({ status: "live", updatedAt: 3 }),
      );
      await tracker.start(anOrder());
      const end = await settled(sink);
      assert.equal(end.stage.kind === "ended" && end.stage.outcome, "live");
      assert.deepEqual(sink.stages, ["sending", "following", "ended"]);
      assert.deepEqual(
        end.steps.map(({ status, since, until }) => [status, since, until]),
        [
          ["build_in_progress", 10_000, 14_000],
          ["update_in_progress", 14_000, 16_000],
          ["live", 16_000, undefined],
        ],
      );
      assert.deepEqual(clock.slept, [2_000, 2_000, 2_000]);
      assert.equal(render.calls.filter(call => call.startsWith("trigger")).length, 1);
      assert.equal(clock.sleeping, 0);
      assert.deepEqual(tracker.running, []);
    });

    it("that is live in the answer already is not polled", async () => {
      const { render, sink, tracker } = setUp();
      render.lists.push([]);
      render.triggers.push({ kind: "created", deploy: aDeploy({ status: "live" }) });
      await tracker.start(anOrder());
      assert.equal((await settled(sink)).stage.kind, "ended");
      assert.deepEqual(render.calls, ["list srv-1", `trigger srv-1 {"commitId":"${sha}"}`]);
    });

    for (const [status, outcome] of [
      ["live", "live"],
      ["deactivated", "replaced"],
      ["build_failed", "failed"],
      ["pre_deploy_failed", "failed"],
      ["update_failed", "failed"],
      ["canceled", "canceled"],
    ] as const)
      it(`ends as ${outcome} with ${status}`, async () => {
        const { render, sink, tracker } = setUp();
        render.lists.push([], []);
        render.triggers.push({ kind: "created", deploy: aDeploy() });
        render.deploys.push(aDeploy({ status }));
        await tracker.start(anOrder());
        const { stage } = await settled(sink);
        assert.equal(stage.kind === "ended" && stage.outcome, outcome);
      });

    it("with a status nobody knows goes on until it ends", async () => {
      const { render, sink, tracker } = setUp();
      render.lists.push([]);
      render.triggers.push({ kind: "created", deploy: aDeploy({ status: "warming_up" }) });
      render.deploys.push(aDeploy({ status: "warming_up" }), aDeploy({ status: "live" }));
      await tracker.start(anOrder());
      const end = await settled(sink);
      assert.deepEqual(
        end.steps.map(({ status }) => status),
        ["warming_up", "live"],
      );
    });

    it("that never ends is given up after the longest watch", async () => {
      const { render, clock, sink, tracker } = setUp();
      render.lists.push([]);
      render.triggers.push({ kind: "created", deploy: aDeploy() });
      render.deploys.push(...Array.from({ length: 3_000 }, () => aDeploy()));
      await tracker.start(anOrder());
      const { stage } = await settled(sink);
      assert.deepEqual(stage.kind === "lost" && stage.reason, { kind: "timeLimit" });
      assert.ok(clock.now() - 10_000 > longestWatch && clock.now() - 10_000 < longestWatch + 60_000);
    });

    it("survives looks that fail, waits longer each time and tells when it can look again", async () => {
      const { render, clock, sink, tracker } = setUp();
      render.lists.push([]);
      render.triggers.push({ kind: "created", deploy: aDeploy() });
      render.deploys.push(
        failure("unreachable"),
        failure("notJson"),
        failure("serverError"),
        aDeploy(),
        aDeploy({ status: "live" }),
      );
      await tracker.start(anOrder());
      await settled(sink);
      assert.deepEqual(clock.slept, [2_000, 5_000, 10_000, 20_000, 2_000]);
      assert.deepEqual(
        sink.told
          .map(({ trouble }) => trouble instanceof RenderError && trouble.kind)
          .filter((kind, i, all) => kind !== all[i - 1]),
        [false, "unreachable", "notJson", "serverError", false],
      );
    });

    for (const kind of ["unauthorized", "forbidden", "notFound", "gone", "noKey"] as const)
      it(`is no longer watched after ${kind}, which looking again cannot mend`, async () => {
        const { render, sink, tracker } = setUp();
        render.lists.push([]);
        render.triggers.push({ kind: "created", deploy: aDeploy() });
        render.deploys.push(failure(kind));
        await tracker.start(anOrder());
        const { stage } = await settled(sink);
        assert.equal(stage.kind === "lost" && stage.reason.kind, "error");
      });
  });

  describe("a trigger", () => {
    it("that is asked for twice at once is sent once", async () => {
      const { render, sink, tracker } = setUp();
      render.lists.push([]);
      render.triggers.push({ kind: "created", deploy: aDeploy({ status: "live" }) });
      const [one, two] = await Promise.all([tracker.start(anOrder()), tracker.start(anOrder())]);
      assert.equal(one, two);
      await settled(sink);
      assert.equal(render.calls.filter(call => call.startsWith("trigger")).length, 1);
    });

    it("is not sent when the deploys before it cannot be read", async () => {
      const { render, sink, tracker } = setUp();
      render.lists.push(failure("unreachable"));
      await tracker.start(anOrder());
      assert.equal((await settled(sink)).stage.kind, "notStarted");
      assert.deepEqual(render.calls, ["list srv-1"]);
    });

    for (const kind of [
      "badRequest",
      "unauthorized",
      "notFound",
      "conflict",
      "gone",
      "rateLimited",
      "dns",
      "tls",
    ] as const)
      it(`refused with ${kind} started nothing, and is not sent again`, async () => {
        const { render, sink, tracker } = setUp();
        render.lists.push([]);
        render.triggers.push(failure(kind));
        await tracker.start(anOrder());
        const { stage } = await settled(sink);
        assert.equal(
          stage.kind === "notStarted" && stage.error instanceof RenderError && stage.error.kind,
          kind,
        );
        assert.equal(render.calls.length, 2);
      });
  });

  describe("a lost answer", () => {
    const old = aDeploy({ id: "dep-0", status: "live", createdAt: 500 });

    for (const kind of [
      "timeout",
      "cutOff",
      "serverError",
      "unavailable",
      "notJson",
      "badShape",
      "emptyBody",
    ] as const)
      it(`after ${kind}: the deploy it started is found and followed, and nothing is sent again`, async () => {
        const { render, sink, tracker } = setUp();
        render.lists.push([old], [old], [aDeploy(), old]);
        render.triggers.push(failure(kind, true));
        render.deploys.push(aDeploy({ status: "live" }));
        await tracker.start(anOrder());
        const end = await settled(sink);
        assert.deepEqual(sink.stages, ["sending", "lookingUp", "following", "ended"]);
        assert.equal(end.answerLost, true);
        assert.equal(render.calls.filter(call => call.startsWith("trigger")).length, 1);
      });

    it("with nothing new and nothing running was surely not acted on", async () => {
      const { render, clock, sink, tracker } = setUp();
      render.lists.push(...Array.from({ length: 7 }, () => [old]));
      render.triggers.push(failure("timeout", true));
      await tracker.start(anOrder());
      assert.equal((await settled(sink)).stage.kind, "notStarted");
      assert.deepEqual(clock.slept, [2_000, 4_000, 8_000, 8_000, 8_000]);
    });

    it("cannot be told while another deploy runs, as ours may wait behind it unseen", async () => {
      const { render, sink, tracker } = setUp();
      const running = aDeploy({ id: "dep-0", createdAt: 500, commit: { id: "f".repeat(40) } });
      render.lists.push(...Array.from({ length: 7 }, () => [running]));
      render.triggers.push(failure("timeout", true));
      await tracker.start(anOrder());
      assert.equal((await settled(sink)).stage.kind, "unclear");
    });

    it("cannot be told when the list cannot be read either", async () => {
      const { render, sink, tracker } = setUp();
      render.lists.push([old], ...Array.from({ length: 6 }, () => failure("unreachable")));
      render.triggers.push(failure("cutOff", true));
      await tracker.start(anOrder());
      assert.equal((await settled(sink)).stage.kind, "unclear");
    });

    it("does not take a colleague's deploy of another commit, or an automatic one, for ours", async () => {
      const { render, sink, tracker } = setUp();
      const others = [
        aDeploy({ id: "dep-8", createdAt: 2_000, status: "live", commit: { id: "f".repeat(40) } }),
        aDeploy({ id: "dep-9", createdAt: 2_000, status: "live", trigger: "new_commit" }),
      ];
      render.lists.push([old], ...Array.from({ length: 6 }, () => [...others, old]));
      render.triggers.push(failure("timeout", true));
      await tracker.start(anOrder());
      assert.equal((await settled(sink)).stage.kind, "notStarted");
    });
  });

  describe("an accepted deploy that waits (202)", () => {
    const running = aDeploy({
      id: "dep-0",
      createdAt: 500,
      trigger: "new_commit",
      commit: { id: "e".repeat(40) },
    });

    it("is queued behind the running one, found when it appears, and followed", async () => {
      const { render, sink, tracker } = setUp();
      render.lists.push([running], [running], [aDeploy({ status: "queued" }), running]);
      render.triggers.push({ kind: "queued" });
      render.deploys.push(
        aDeploy({ status: "build_in_progress", updatedAt: 1 }),
        aDeploy({ status: "live", updatedAt: 2 }),
      );
      const queued = await tracker.start(anOrder());
      assert.equal(queued.stage.kind, "queued");
      assert.equal(queued.behind?.id, "dep-0");
      await settled(sink);
      assert.deepEqual(sink.stages, ["sending", "queued", "following", "ended"]);
    });

    it("is found even if it has left the queue before it was seen there", async () => {
      const { render, sink, tracker } = setUp();
      render.lists.push([running], [aDeploy({ status: "live" }), { ...running, status: "deactivated" }]);
      render.triggers.push({ kind: "queued" });
      await tracker.start(anOrder());
      assert.equal((await settled(sink)).stage.kind, "ended");
    });

    it("that Render skips for a later one is said to be skipped", async () => {
      const { render, sink, tracker } = setUp();
      const later = aDeploy({
        id: "dep-7",
        createdAt: 3_000,
        status: "live",
        commit: { id: "d".repeat(40) },
      });
      render.lists.push([running], [running], [later, { ...running, status: "deactivated" }]);
      render.triggers.push({ kind: "queued" });
      await tracker.start(anOrder());
      const { stage } = await settled(sink);
      assert.deepEqual(stage.kind === "lost" && stage.reason, { kind: "skipped", later });
    });

    it("that never appears is given up after five minutes in which nothing ran", async () => {
      const { render, clock, sink, tracker } = setUp();
      render.lists.push(
        ...Array.from({ length: 200 }, () => [aDeploy({ id: "dep-0", status: "live", createdAt: 500 })]),
      );
      render.triggers.push({ kind: "queued" });
      await tracker.start(anOrder());
      const { stage } = await settled(sink);
      assert.deepEqual(stage.kind === "lost" && stage.reason, { kind: "neverAppeared" });
      assert.ok(clock.now() - 10_000 < 6 * 60_000);
    });

    it("tells when it waits behind another one", async () => {
      const { render, sink, tracker } = setUp();
      const next = { ...running, id: "dep-5", createdAt: 600, trigger: "manual" };
      render.lists.push([running], [next], [aDeploy({ status: "live" })]);
      render.triggers.push({ kind: "queued" });
      await tracker.start(anOrder());
      await settled(sink);
      assert.deepEqual(
        [...new Set(sink.told.map(({ behind }) => behind?.id))],
        [undefined, "dep-0", "dep-5"],
      );
    });
  });

  describe("cancel", () => {
    async function started() {
      const parts = setUp();
      parts.render.lists.push([]);
      parts.render.triggers.push({ kind: "created", deploy: aDeploy() });
      await parts.tracker.start(anOrder());
      return parts;
    }

    it("ends the deploy at Render and is known as the person's own doing", async () => {
      const { render, sink, tracker } = await started();
      render.cancels.push(aDeploy({ status: "canceled" }));
      render.deploys.push(aDeploy({ status: "canceled" }));
      const result = await tracker.cancel("srv-1", "dep-1", signal);
      assert.equal(result.kind, "canceled");
      const end = await settled(sink);
      assert.equal(end.cancelAsked, true);
      assert.ok(render.calls.every(call => !call.startsWith("list") || call === render.calls[0]));
    });

    it("that comes too late says what became of the deploy instead", async () => {
      const { render, tracker } = setUp();
      render.cancels.push(failure("badRequest"));
      render.deploys.push(aDeploy({ status: "live" }));
      const result = await tracker.cancel("srv-1", "dep-1", signal);
      assert.equal(result.kind === "tooLate" && result.deploy.status, "live");
    });

    it("whose answer was lost is read from the deploy", async () => {
      const { render, tracker } = setUp();
      render.cancels.push(failure("timeout", true));
      render.deploys.push(aDeploy({ status: "canceled" }));
      assert.equal((await tracker.cancel("srv-1", "dep-1", signal)).kind, "canceled");
    });

    it("that Render refuses is a failure with Render's reason, and the deploy goes on", async () => {
      const { render, sink, tracker } = await started();
      render.cancels.push(failure("forbidden"));
      render.deploys.push(aDeploy(), aDeploy({ status: "canceled" }));
      render.lists.push([]);
      const result = await tracker.cancel("srv-1", "dep-1", signal);
      assert.equal(
        result.kind === "failed" && result.error instanceof RenderError && result.error.kind,
        "forbidden",
      );
      assert.equal((await settled(sink)).cancelAsked, false);
    });

    it("that can neither be sent nor checked is a failure", async () => {
      const { render, tracker } = setUp();
      render.cancels.push(failure("unreachable"));
      render.deploys.push(failure("unreachable"));
      assert.equal((await tracker.cancel("srv-1", "dep-1", signal)).kind, "failed");
    });
  });

  it("names the deploy that took the place of a canceled one", async () => {
    const { render, sink, tracker } = setUp();
    const successor = aDeploy({ id: "dep-2", createdAt: 5_000 });
    render.lists.push([], [successor, aDeploy({ status: "canceled" })]);
    render.triggers.push({ kind: "created", deploy: aDeploy() });
    render.deploys.push(aDeploy({ status: "canceled" }));
    await tracker.start(anOrder());
    const { stage } = await settled(sink);
    assert.equal(stage.kind === "ended" && stage.replacedBy?.id, "dep-2");
  });

  describe("what another window wrote down", () => {
    const sent = { baseline: { ids: ["dep-0"], newest: 500 }, sentAt: 9_000 };
    const taken = (change: Partial<FollowedDeploy>): FollowedDeploy =>
      aFollowedDeploy({ key: "from-another-window", askedAt: 9_000, sent, steps: [], ...change });

    it("is looked at at once and followed to its end", async () => {
      const { render, clock, sink, tracker } = setUp();
      render.deploys.push(aDeploy({ updatedAt: 2 }), aDeploy({ status: "live", updatedAt: 3 }));
      tracker.resume(taken({ stage: { kind: "following", deploy: aDeploy() } }));
      assert.equal((await settled(sink)).stage.kind, "ended");
      assert.deepEqual(clock.slept, [2_000]);
    });

    it("is told at once when it ended meanwhile, however long ago", async () => {
      const { render, clock, sink, tracker } = setUp();
      await clock.advance(longestWatch * 10);
      render.deploys.push(aDeploy({ status: "build_failed" }));
      tracker.resume(taken({ stage: { kind: "following", deploy: aDeploy() } }));
      const { stage } = await settled(sink);
      assert.equal(stage.kind === "ended" && stage.outcome, "failed");
      assert.deepEqual(clock.slept, []);
    });

    it("and was still being sent is looked for, as an answer that was lost", async () => {
      const { render, sink, tracker } = setUp();
      render.lists.push([aDeploy({ createdAt: 9_500 })]);
      render.deploys.push(aDeploy({ status: "live" }));
      tracker.resume(taken({ stage: { kind: "sending" } }));
      const end = await settled(sink);
      assert.deepEqual(sink.stages, ["sending", "lookingUp", "following", "ended"]);
      assert.equal(end.answerLost, true);
      assert.ok(render.calls.every(call => !call.startsWith("trigger")));
    });

    it("and surely never reached Render is said not to have started", async () => {
      const { render, sink, tracker } = setUp();
      const old = aDeploy({ id: "dep-0", status: "live", createdAt: 500 });
      const later = aDeploy({ id: "dep-later", status: "live", createdAt: 9_000_000 });
      render.lists.push(...Array.from({ length: 6 }, () => [later, old]));
      tracker.resume(taken({ stage: { kind: "sending" } }));
      assert.equal((await settled(sink)).stage.kind, "notStarted");
    });

    it("and was queued is looked for until it appears", async () => {
      const { render, sink, tracker } = setUp();
      render.lists.push([aDeploy({ createdAt: 9_500, status: "live" })]);
      tracker.resume(taken({ stage: { kind: "queued" } }));
      assert.equal((await settled(sink)).stage.kind, "ended");
    });

    it("is not followed twice", async () => {
      const { render, sink, tracker } = setUp();
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

  describe("several orders of one service", () => {
    it("are sent one after the other, so that each can tell its own deploy", async () => {
      const { render, sink, tracker } = setUp();
      render.lists.push([], [aDeploy({ status: "live" })]);
      render.triggers.push(
        { kind: "created", deploy: aDeploy({ status: "live" }) },
        { kind: "created", deploy: aDeploy({ id: "dep-2", status: "live" }) },
      );
      await Promise.all([tracker.start(anOrder()), tracker.start(anOrder({ body: {} }))]);
      await settled(sink);
      assert.deepEqual(
        render.calls.map(call => call.split(" ")[0]),
        ["list", "trigger", "list", "trigger"],
      );
    });

    it("that wait: the deploy is taken for the later one's, and the earlier one was skipped", async () => {
      const { render, sink, tracker } = setUp();
      const running = aDeploy({ id: "dep-0", createdAt: 500, commit: { id: "e".repeat(40) } });
      const ours = aDeploy({ id: "dep-9", createdAt: 700, status: "live" });
      const over = { ...running, status: "deactivated" };
      render.lists.push([running], [running], ...Array.from({ length: 4 }, () => [ours, over]));
      render.triggers.push({ kind: "queued" }, { kind: "queued" });
      await Promise.all([
        tracker.start(anOrder()),
        tracker.start(anOrder({ body: { ...anOrder().body, clearCache: "clear" } })),
      ]);
      while (tracker.running.length > 0) await turn();
      const ends = sink.told.filter(isOver).map(({ key, stage }) => [key, stage.kind]);
      assert.deepEqual(ends, [
        ["deploy-1", "lost"],
        ["deploy-2", "ended"],
      ]);
    });

    it("that wait: a deploy that vanished from the list was skipped for the later one", async () => {
      const { render, sink, tracker } = setUp();
      const later = aDeploy({ id: "dep-2", createdAt: 5_000, commit: { id: "d".repeat(40) } });
      render.lists.push([], [later]);
      render.triggers.push({ kind: "created", deploy: aDeploy({ status: "queued" }) });
      render.deploys.push(failure("notFound"));
      await tracker.start(anOrder());
      const { stage } = await settled(sink);
      assert.deepEqual(stage.kind === "lost" && stage.reason, { kind: "skipped", later });
    });
  });

  it("gives a deploy one more look after a night in which the machine slept", async () => {
    const render = new ScriptedRender();
    const clock = new FakeClock({ flowBelowMs: 0 });
    const sink = new RecordingSink();
    const tracker = aTracker({ render, clock, sinks: [sink] });
    render.lists.push([]);
    render.triggers.push({ kind: "created", deploy: aDeploy() });
    render.deploys.push(aDeploy({ status: "live" }));
    await tracker.start(anOrder());
    await clock.advance(longestWatch * 2);
    assert.equal((await settled(sink)).stage.kind, "ended");
  });

  it("sends a rollback once and follows the new deploy", async () => {
    const { render, sink, tracker } = setUp();
    const target = aDeploy({ id: "dep-0", status: "deactivated", createdAt: 1 });
    render.lists.push([target]);
    render.rollbacks.push(aDeploy({ trigger: "rollback" }));
    render.deploys.push(aDeploy({ trigger: "rollback", status: "live" }));
    await tracker.start(anOrder({ body: {}, rollbackTo: target }));
    assert.equal((await settled(sink)).stage.kind, "ended");
    assert.deepEqual(render.calls.slice(0, 2), ["list srv-1", "roll back srv-1 to dep-0"]);
  });

  it("finds a rollback whose answer was lost by how it was started", async () => {
    const { render, sink, tracker } = setUp();
    const target = aDeploy({ id: "dep-0", status: "deactivated", createdAt: 1 });
    const others = aDeploy({ id: "dep-5", createdAt: 2_000 });
    render.lists.push([target], [aDeploy({ trigger: "rollback", createdAt: 3_000 }), others, target]);
    render.rollbacks.push(failure("timeout", true));
    render.deploys.push(aDeploy({ status: "live" }));
    await tracker.start(anOrder({ body: {}, rollbackTo: target }));
    const end = await settled(sink);
    assert.equal(end.stage.kind === "ended" && end.stage.deploy.id, "dep-1");
  });

  it("follows a deploy that was started elsewhere, once", async () => {
    const { render, sink, tracker } = setUp();
    render.deploys.push(aDeploy({ status: "live" }));
    const one = tracker.followExisting(anOrder(), aDeploy());
    assert.equal(tracker.followExisting(anOrder(), aDeploy()), one);
    assert.equal((await settled(sink)).stage.kind, "ended");
  });

  it("stops watching when told, and says so once", async () => {
    const clock = new FakeClock({ flowBelowMs: 0 });
    const render = new ScriptedRender();
    const sink = new RecordingSink();
    const tracker = aTracker({ render, clock, sinks: [sink] });
    render.lists.push([]);
    render.triggers.push({ kind: "created", deploy: aDeploy() });
    const { key } = await tracker.start(anOrder());
    await tracker.stopWatching(key);
    await tracker.stopWatching(key);
    await turn();
    assert.deepEqual(sink.stages, ["sending", "following", "lost"]);
    assert.equal(clock.sleeping, 0);
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

  describe("a deploy that exists already", () => {
    it("is followed to its end without anything being sent", async () => {
      const { render, sink, tracker } = setUp();
      render.deploys.push(aDeploy({ status: "live", updatedAt: 2 }));
      tracker.followExisting(anOrder(), aDeploy({ trigger: "new_commit" }));
      const end = await settled(sink);
      assert.equal(end.stage.kind === "ended" && end.stage.outcome, "live");
      assert.deepEqual(sink.stages, ["following", "ended"]);
      assert.deepEqual(render.calls, ["get srv-1/dep-1"]);
    });

    it("that is followed is not followed twice", async () => {
      const { render, sink, tracker } = setUp();
      render.deploys.push(aDeploy({ status: "live", updatedAt: 2 }));
      tracker.followExisting(anOrder(), aDeploy());
      tracker.followExisting(anOrder(), aDeploy());
      assert.equal(tracker.running.length, 1);
      await settled(sink);
      assert.equal(sink.told.filter(({ key }) => key !== "deploy-1").length, 0);
    });
  });
});
