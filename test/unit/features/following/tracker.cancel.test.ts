import assert from "node:assert/strict";
import { RenderError } from "../../../../src/render/errors.js";
import { aDeploy, anOrder } from "../../../support/builders.js";
import { failure, settled, trackerBench } from "../../../support/trackerBench.js";

const signal = new AbortController().signal;

describe("DeployTracker and canceled deploys", () => {
  describe("cancel", () => {
    async function started() {
      const parts = trackerBench();
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
      const { render, tracker } = trackerBench();
      render.cancels.push(failure("badRequest"));
      render.deploys.push(aDeploy({ status: "live" }));
      const result = await tracker.cancel("srv-1", "dep-1", signal);
      assert.equal(result.kind === "tooLate" && result.deploy.status, "live");
    });

    it("whose answer was lost is read from the deploy", async () => {
      const { render, tracker } = trackerBench();
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
      const { render, tracker } = trackerBench();
      render.cancels.push(failure("unreachable"));
      render.deploys.push(failure("unreachable"));
      assert.equal((await tracker.cancel("srv-1", "dep-1", signal)).kind, "failed");
    });
  });

  it("names the deploy that took the place of a canceled one", async () => {
    const { render, sink, tracker } = trackerBench();
    const successor = aDeploy({ id: "dep-2", createdAt: 5_000 });
    render.lists.push([], [successor, aDeploy({ status: "canceled" })]);
    render.triggers.push({ kind: "created", deploy: aDeploy() });
    render.deploys.push(aDeploy({ status: "canceled" }));
    await tracker.start(anOrder());
    const { stage } = await settled(sink);
    assert.equal(stage.kind === "ended" && stage.replacedBy?.id, "dep-2");
  });
});
