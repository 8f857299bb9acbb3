import assert from "node:assert/strict";
import { isOver } from "../../../../src/features/following/followedDeploy.js";
import { setImmediate as turn } from "node:timers/promises";
import { aDeploy, anOrder } from "../../../support/builders.js";
import { failure, settled, trackerBench } from "../../../support/trackerBench.js";
import { without } from "../../../support/without.js";

describe("DeployTracker and answers that come late or never", () => {
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
        const { render, sink, tracker } = trackerBench();
        render.lists.push([old], [old], [aDeploy(), old]);
        render.triggers.push(failure(kind, true));
        render.deploys.push(aDeploy({ status: "live" }));
        await tracker.start(anOrder());
        const end = await settled(sink);
        assert.deepEqual(sink.stages, ["sending", "lookingUp", "following", "ended"]);
        assert.equal(end.answerLost, true);
        assert.equal(render.calls.filter(call => call.startsWith("trigger")).length, 1);
      });

    for (const [asked, ref] of [
      ["nginx:1.27", "docker.io/library/nginx:1.27"],
      ["index.docker.io/ada/web:2", "docker.io/ada/web:2"],
      ["ghcr.io/harbor-labs/thumbs", "ghcr.io/harbor-labs/thumbs:latest"],
    ] as const)
      it(`to a trigger of ${asked}: the deploy of ${ref} is found`, async () => {
        const { render, sink, tracker } = trackerBench();
        const ours = { ...without(aDeploy({ status: "live" }), "commit"), image: { ref } };
        render.lists.push([old], [ours, old]);
        render.triggers.push(failure("cutOff", true));
        await tracker.start(anOrder({ body: { imageUrl: asked } }));
        assert.equal((await settled(sink)).stage.kind, "ended");
      });

    it("with nothing new and nothing running was surely not acted on", async () => {
      const { render, clock, sink, tracker } = trackerBench();
      render.lists.push(...Array.from({ length: 7 }, () => [old]));
      render.triggers.push(failure("timeout", true));
      await tracker.start(anOrder());
      assert.equal((await settled(sink)).stage.kind, "notStarted");
      assert.deepEqual(clock.slept, [2_000, 4_000, 8_000, 8_000, 8_000]);
    });

    it("cannot be told while another deploy runs, as ours may wait behind it unseen", async () => {
      const { render, sink, tracker } = trackerBench();
      const running = aDeploy({ id: "dep-0", createdAt: 500, commit: { id: "f".repeat(40) } });
      render.lists.push(...Array.from({ length: 7 }, () => [running]));
      render.triggers.push(failure("timeout", true));
      await tracker.start(anOrder());
      assert.equal((await settled(sink)).stage.kind, "unclear");
    });

    it("cannot be told when the list cannot be read either", async () => {
      const { render, sink, tracker } = trackerBench();
      render.lists.push([old], ...Array.from({ length: 6 }, () => failure("unreachable")));
      render.triggers.push(failure("cutOff", true));
      await tracker.start(anOrder());
      assert.equal((await settled(sink)).stage.kind, "unclear");
    });

    it("does not take a colleague's deploy of another commit, or an automatic one, for ours", async () => {
      const { render, sink, tracker } = trackerBench();
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
      const { render, sink, tracker } = trackerBench();
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

    it("knows how far the running one is while it waits", async () => {
      const { render, sink, tracker } = trackerBench();
      const queued = aDeploy({ status: "queued" });
      const deploying = { ...running, status: "update_in_progress" };
      const replaced = { ...running, status: "deactivated" };
      render.lists.push([running], [queued, running], [queued, deploying], [aDeploy(), replaced]);
      render.triggers.push({ kind: "queued" });
      render.deploys.push(queued, aDeploy(), aDeploy({ status: "live" }));
      await tracker.start(anOrder());
      await settled(sink);
      const seen = sink.told
        .map(({ behind }) => behind?.status)
        .filter((status, i, all) => status !== all[i - 1]);
      assert.deepEqual(seen, ["build_in_progress", "update_in_progress", "deactivated"]);
    });

    it("of an image is found under its whole name", async () => {
      const { render, sink, tracker } = trackerBench();
      const image = { ref: "docker.io/library/nginx:1.27", sha: `sha256:${"5".repeat(64)}` };
      const ours = { ...without(aDeploy({ status: "live" }), "commit"), image };
      render.lists.push([running], [ours, { ...running, status: "deactivated" }]);
      render.triggers.push({ kind: "queued" });
      await tracker.start(anOrder({ body: { imageUrl: "nginx:1.27" } }));
      assert.equal((await settled(sink)).stage.kind, "ended");
    });

    it("is found even if it has left the queue before it was seen there", async () => {
      const { render, sink, tracker } = trackerBench();
      render.lists.push([running], [aDeploy({ status: "live" }), { ...running, status: "deactivated" }]);
      render.triggers.push({ kind: "queued" });
      await tracker.start(anOrder());
      assert.equal((await settled(sink)).stage.kind, "ended");
    });

    it("that Render skips for a later one is said to be skipped", async () => {
      const { render, sink, tracker } = trackerBench();
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
      const { render, clock, sink, tracker } = trackerBench();
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
      const { render, sink, tracker } = trackerBench();
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

  describe("several orders of one service", () => {
    it("are sent one after the other, so that each can tell its own deploy", async () => {
      const { render, sink, tracker } = trackerBench();
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
      const { render, sink, tracker } = trackerBench();
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
      const { render, sink, tracker } = trackerBench();
      const later = aDeploy({ id: "dep-2", createdAt: 5_000, commit: { id: "d".repeat(40) } });
      render.lists.push([], [later]);
      render.triggers.push({ kind: "created", deploy: aDeploy({ status: "queued" }) });
      render.deploys.push(failure("notFound"));
      await tracker.start(anOrder());
      const { stage } = await settled(sink);
      assert.deepEqual(stage.kind === "lost" && stage.reason, { kind: "skipped", later });
    });
  });

  it("sends a rollback once and follows the new deploy", async () => {
    const { render, sink, tracker } = trackerBench();
    const target = aDeploy({ id: "dep-0", status: "deactivated", createdAt: 1 });
    render.lists.push([target]);
    render.rollbacks.push(aDeploy({ trigger: "rollback" }));
    render.deploys.push(aDeploy({ trigger: "rollback", status: "live" }));
    await tracker.start(anOrder({ body: {}, rollbackTo: target }));
    assert.equal((await settled(sink)).stage.kind, "ended");
    assert.deepEqual(render.calls.slice(0, 2), ["list srv-1", "roll back srv-1 to dep-0"]);
  });

  it("finds a rollback whose answer was lost by how it was started", async () => {
    const { render, sink, tracker } = trackerBench();
    const target = aDeploy({ id: "dep-0", status: "deactivated", createdAt: 1 });
    const others = aDeploy({ id: "dep-5", createdAt: 2_000 });
    render.lists.push([target], [aDeploy({ trigger: "rollback", createdAt: 3_000 }), others, target]);
    render.rollbacks.push(failure("timeout", true));
    render.deploys.push(aDeploy({ status: "live" }));
    await tracker.start(anOrder({ body: {}, rollbackTo: target }));
    const end = await settled(sink);
    assert.equal(end.stage.kind === "ended" && end.stage.deploy.id, "dep-1");
  });
});
