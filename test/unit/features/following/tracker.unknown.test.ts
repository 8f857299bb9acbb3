import assert from "node:assert/strict";
import { aDeploy, aFollowedDeploy, anOrder } from "../../../support/builders.js";
import { failure, settled, trackerBench } from "../../../support/trackerBench.js";

describe("DeployTracker and a deploy that Render does not find", () => {
  const notFound = failure("notFound");
  const live = aDeploy({ status: "live" });

  it("right after it was created: is looked for in the list, and followed to its end", async () => {
    const { render, sink, tracker } = trackerBench();
    render.lists.push([], [aDeploy()]);
    render.triggers.push({ kind: "created", deploy: aDeploy() });
    render.deploys.push(notFound, live);
    await tracker.start(anOrder());
    const { stage, trouble } = await settled(sink);
    assert.equal(stage.kind === "ended" && stage.outcome, "live");
    assert.equal(trouble, undefined);
  });

  it("nor in the list, for some seconds: goes on", async () => {
    const { render, sink, tracker } = trackerBench();
    render.lists.push([], [], [], []);
    render.triggers.push({ kind: "created", deploy: aDeploy() });
    render.deploys.push(notFound, notFound, notFound, aDeploy(), live);
    await tracker.start(anOrder());
    assert.equal((await settled(sink)).stage.kind, "ended");
  });

  it("after it was seen once, as another of Render's machines answered: goes on", async () => {
    const { render, sink, tracker } = trackerBench();
    render.lists.push([], []);
    render.triggers.push({ kind: "created", deploy: aDeploy() });
    render.deploys.push(aDeploy({ updatedAt: 1 }), notFound, live);
    await tracker.start(anOrder());
    assert.equal((await settled(sink)).stage.kind, "ended");
  });

  it("right after a rollback: goes on", async () => {
    const { render, sink, tracker } = trackerBench();
    const target = aDeploy({ id: "dep-0", status: "deactivated", createdAt: 1 });
    render.lists.push([target], [target]);
    render.rollbacks.push(aDeploy({ trigger: "rollback" }));
    render.deploys.push(notFound, { ...live, trigger: "rollback" });
    await tracker.start(anOrder({ body: {}, rollbackTo: target }));
    assert.equal((await settled(sink)).stage.kind, "ended");
  });

  it("in a window that takes it up from another one: goes on while it is new", async () => {
    const { render, sink, tracker } = trackerBench();
    render.lists.push([]);
    render.deploys.push(notFound, live);
    tracker.resume(aFollowedDeploy());
    assert.equal((await settled(sink)).stage.kind, "ended");
  });

  it("nor can the list be read: is tried again, as nothing is known", async () => {
    const { render, sink, tracker } = trackerBench();
    render.lists.push([], failure("unreachable"), [aDeploy()]);
    render.triggers.push({ kind: "created", deploy: aDeploy() });
    render.deploys.push(notFound, notFound, live);
    await tracker.start(anOrder());
    assert.equal((await settled(sink)).stage.kind, "ended");
  });

  it("for more than a minute: is no longer watched, and why is told", async () => {
    const { render, clock, sink, tracker } = trackerBench();
    render.lists.push(...Array.from({ length: 40 }, () => []));
    render.triggers.push({ kind: "created", deploy: aDeploy() });
    render.deploys.push(...Array.from({ length: 40 }, () => notFound));
    await tracker.start(anOrder());
    const { stage } = await settled(sink);
    assert.deepEqual(stage.kind === "lost" && stage.reason, { kind: "error", error: notFound });
    assert.equal(clock.now(), 10_000 + 60_000);
  });

  it("long after it was created: is no longer watched at once", async () => {
    const { render, clock, sink, tracker } = trackerBench();
    render.lists.push([aDeploy({ id: "dep-0", status: "live", createdAt: 500 })]);
    render.deploys.push(notFound);
    tracker.resume(aFollowedDeploy({ steps: [{ status: "build_in_progress", since: -60_000 }] }));
    const { stage } = await settled(sink);
    assert.equal(stage.kind === "lost" && stage.reason.kind, "error");
    assert.deepEqual(clock.slept, []);
  });
});
