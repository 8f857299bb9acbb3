import assert from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import { longestWatch } from "../../../../src/features/following/polling.js";
import { RenderError } from "../../../../src/render/errors.js";
import { aTracker } from "../../../support/aTracker.js";
import { aDeploy, anOrder, RecordingSink, sha } from "../../../support/builders.js";
import { FakeClock } from "../../../support/fakeClock.js";
import { ScriptedRender } from "../../../support/scriptedRender.js";
import { failure, settled, trackerBench } from "../../../support/trackerBench.js";

describe("DeployTracker", () => {
  describe("a deploy that was created", () => {
    it("is followed through its statuses to live, each step with its times", async () => {
      const { render, clock, sink, tracker } = trackerBench();
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
      const { render, sink, tracker } = trackerBench();
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
        const { render, sink, tracker } = trackerBench();
        render.lists.push([], []);
        render.triggers.push({ kind: "created", deploy: aDeploy() });
        render.deploys.push(aDeploy({ status }));
        await tracker.start(anOrder());
        const { stage } = await settled(sink);
        assert.equal(stage.kind === "ended" && stage.outcome, outcome);
      });

    const reason = { text: "The command ended with exit code 1.", lines: ["the tide is out"] };
    for (const [name, why, expected] of [
      ["with its reason", () => Promise.resolve(reason), reason],
      ["without a reason that cannot be read", () => Promise.reject(failure("timeout")), undefined],
      ["without a reason that does not come in time", () => new Promise<never>(() => undefined), undefined],
    ] as const)
      it(`that failed is told ${name}`, async () => {
        const render = new ScriptedRender();
        const clock = new FakeClock({ now: 10_000 });
        const sink = new RecordingSink();
        const tracker = aTracker({ render, clock, sinks: [sink], why });
        render.lists.push([]);
        render.triggers.push({ kind: "created", deploy: aDeploy({ status: "build_failed" }) });
        await tracker.start(anOrder());
        const { stage } = await settled(sink);
        assert.deepEqual(stage.kind === "ended" && stage.reason, expected);
        assert.equal(clock.sleeping, 0);
      });

    it("with a status nobody knows goes on until it ends", async () => {
      const { render, sink, tracker } = trackerBench();
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
      const { render, clock, sink, tracker } = trackerBench();
      render.lists.push([]);
      render.triggers.push({ kind: "created", deploy: aDeploy() });
      render.deploys.push(...Array.from({ length: 3_000 }, () => aDeploy()));
      await tracker.start(anOrder());
      const { stage } = await settled(sink);
      assert.deepEqual(stage.kind === "lost" && stage.reason, { kind: "timeLimit" });
      assert.ok(clock.now() - 10_000 > longestWatch && clock.now() - 10_000 < longestWatch + 60_000);
    });

    it("survives looks that fail, waits longer each time and tells when it can look again", async () => {
      const { render, clock, sink, tracker } = trackerBench();
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

    for (const kind of ["unauthorized", "forbidden", "gone", "noKey"] as const)
      it(`is no longer watched after ${kind}, which looking again cannot mend`, async () => {
        const { render, sink, tracker } = trackerBench();
        render.lists.push([], []);
        render.triggers.push({ kind: "created", deploy: aDeploy() });
        render.deploys.push(failure(kind));
        await tracker.start(anOrder());
        const { stage } = await settled(sink);
        assert.equal(stage.kind === "lost" && stage.reason.kind, "error");
      });
  });

  describe("a trigger", () => {
    it("that is asked for twice at once is sent once", async () => {
      const { render, sink, tracker } = trackerBench();
      render.lists.push([]);
      render.triggers.push({ kind: "created", deploy: aDeploy({ status: "live" }) });
      const [one, two] = await Promise.all([tracker.start(anOrder()), tracker.start(anOrder())]);
      assert.equal(one, two);
      await settled(sink);
      assert.equal(render.calls.filter(call => call.startsWith("trigger")).length, 1);
    });

    it("that is asked for twice under two names of one image is sent once", async () => {
      const { render, sink, tracker } = trackerBench();
      render.lists.push([]);
      render.triggers.push({ kind: "created", deploy: aDeploy({ status: "live" }) });
      const names = ["nginx:1.27", "docker.io/library/nginx:1.27"];
      const [one, two] = await Promise.all(
        names.map(imageUrl => tracker.start(anOrder({ body: { imageUrl } }))),
      );
      assert.equal(one, two);
      await settled(sink);
      assert.equal(render.calls.filter(call => call.startsWith("trigger")).length, 1);
    });

    it("is not sent when the deploys before it cannot be read", async () => {
      const { render, sink, tracker } = trackerBench();
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
        const { render, sink, tracker } = trackerBench();
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

  it("follows a deploy that was started elsewhere, once", async () => {
    const { render, sink, tracker } = trackerBench();
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

  describe("a deploy that exists already", () => {
    it("is followed to its end without anything being sent", async () => {
      const { render, sink, tracker } = trackerBench();
      render.deploys.push(aDeploy({ status: "live", updatedAt: 2 }));
      tracker.followExisting(anOrder(), aDeploy({ trigger: "new_commit" }));
      const end = await settled(sink);
      assert.equal(end.stage.kind === "ended" && end.stage.outcome, "live");
      assert.deepEqual(sink.stages, ["following", "ended"]);
      assert.deepEqual(render.calls, ["get srv-1/dep-1"]);
    });

    it("that is followed is not followed twice", async () => {
      const { render, sink, tracker } = trackerBench();
      render.deploys.push(aDeploy({ status: "live", updatedAt: 2 }));
      tracker.followExisting(anOrder(), aDeploy());
      tracker.followExisting(anOrder(), aDeploy());
      assert.equal(tracker.running.length, 1);
      await settled(sink);
      assert.equal(sink.told.filter(({ key }) => key !== "deploy-1").length, 0);
    });
  });
});
