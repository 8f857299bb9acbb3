import assert from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import { isOver, type FollowedDeploy } from "../../../../src/core/deploy/followedDeploy.js";
import { DeployTracker, longestWatch } from "../../../../src/core/deploy/tracker.js";
import { RenderError, type RenderErrorKind } from "../../../../src/core/render/errors.js";
import { aDeploy, anOrder, RecordingSink, sha } from "../../../support/builders.js";
import { FakeClock } from "../../../support/fakeClock.js";
import { ScriptedRender } from "../../../support/scriptedRender.js";

const signal = new AbortController().signal;

function setUp(pace: (minimum: number) => number = minimum => minimum) {
  const render = new ScriptedRender();
  const clock = new FakeClock({ now: 10_000 });
  const sink = new RecordingSink();
  const tracker = new DeployTracker({ render, clock, pace, sinks: [sink] });
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

    it("leaves room to a person when the rate limit is short, the more so the more deploys are followed", async () => {
      const { render, clock, tracker } = setUp(() => 7_000);
      render.lists.push([], []);
      render.triggers.push(
        { kind: "created", deploy: aDeploy() },
        { kind: "created", deploy: aDeploy({ id: "dep-2" }) },
      );
      render.deploys.push(aDeploy({ status: "live" }), aDeploy({ id: "dep-2", status: "live" }));
      await Promise.all([tracker.start(anOrder()), tracker.start(anOrder({ body: {} }))]);
      while (tracker.running.length > 0) await turn();
      assert.ok(clock.slept.every(ms => ms >= 7_000));
      assert.ok(clock.slept.includes(14_000), String(clock.slept));
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
      render.lists.push([old], [old], [old], [old], [old]);
      render.triggers.push(failure("timeout", true));
      await tracker.start(anOrder());
      assert.equal((await settled(sink)).stage.kind, "notStarted");
      assert.deepEqual(clock.slept, [2_000, 4_000, 8_000]);
    });

    it("cannot be told while another deploy runs, as ours may wait behind it unseen", async () => {
      const { render, sink, tracker } = setUp();
      const running = aDeploy({ id: "dep-0", createdAt: 500, commit: { id: "f".repeat(40) } });
      render.lists.push(...Array.from({ length: 5 }, () => [running]));
      render.triggers.push(failure("timeout", true));
      await tracker.start(anOrder());
      assert.equal((await settled(sink)).stage.kind, "unclear");
    });

    it("cannot be told when the list cannot be read either", async () => {
      const { render, sink, tracker } = setUp();
      render.lists.push([old], ...Array.from({ length: 4 }, () => failure("unreachable")));
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
      render.lists.push([old], ...Array.from({ length: 4 }, () => [...others, old]));
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

  it("stops watching when told, and says so once", async () => {
    const clock = new FakeClock({ flowBelowMs: 0 });
    const render = new ScriptedRender();
    const sink = new RecordingSink();
    const tracker = new DeployTracker({ render, clock, pace: minimum => minimum, sinks: [sink] });
    render.lists.push([]);
    render.triggers.push({ kind: "created", deploy: aDeploy() });
    const { key } = await tracker.start(anOrder());
    tracker.stopWatching(key);
    tracker.stopWatching(key);
    await turn();
    assert.deepEqual(sink.stages, ["sending", "following", "lost"]);
    assert.equal(clock.sleeping, 0);
  });

  it("leaves nothing behind when disposed, and tells nothing more", async () => {
    const clock = new FakeClock({ flowBelowMs: 0 });
    const render = new ScriptedRender();
    const sink = new RecordingSink();
    const tracker = new DeployTracker({ render, clock, pace: minimum => minimum, sinks: [sink] });
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
      assert.deepEqual(sink.stages, ["sending", "following", "ended"]);
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
