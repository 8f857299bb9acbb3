import assert from "node:assert/strict";
import { DeployListeners } from "../../../../src/features/deployTask/deployListeners.js";
import type { FollowedDeploy } from "../../../../src/features/following/followedDeploy.js";
import { aDeploy, aFollowedDeploy } from "../../../support/builders.js";

const first = aFollowedDeploy();
const later = aFollowedDeploy({
  stage: { kind: "following", deploy: aDeploy({ status: "update_in_progress" }) },
});
const over = aFollowedDeploy({
  stage: { kind: "ended", deploy: aDeploy({ status: "live" }), outcome: "live" },
});

describe("DeployListeners", () => {
  let running: FollowedDeploy[];
  let listeners: DeployListeners;
  beforeEach(() => {
    running = [];
    listeners = new DeployListeners({
      get running() {
        return running;
      },
    });
  });

  it("tells each who listens of their deploy alone, until they stop", () => {
    const told: string[] = [];
    const stop = listeners.listen("deploy-1", now => told.push(`a ${now.stage.kind}`));
    listeners.listen("deploy-1", (now, before) =>
      told.push(`b ${now.stage.kind} ${String(before === first)}`),
    );
    listeners.listen("deploy-2", () => told.push("c"));
    listeners.deployChanged(later, first);
    stop();
    stop();
    listeners.deployChanged(over, later);
    assert.deepEqual(told, ["a following", "b following true", "b ended false"]);
  });

  it("lets one stop while it is told", () => {
    const told: string[] = [];
    const stop = listeners.listen("deploy-1", () => {
      told.push("a");
      stop();
    });
    listeners.listen("deploy-1", () => told.push("b"));
    listeners.deployChanged(later, first);
    listeners.deployChanged(over, later);
    assert.deepEqual(told, ["a", "b", "b"]);
  });

  it("knows what is followed as it is now", () => {
    running = [later];
    assert.equal(listeners.lastOf(first), later);
  });

  it("knows how one ended while somebody asked, and forgets it afterwards", async () => {
    await listeners.whileAsking(async () => {
      listeners.deployChanged(over, first);
      await Promise.resolve();
      assert.equal(listeners.lastOf(first), over);
    });
    assert.equal(listeners.lastOf(first), first);
    listeners.deployChanged(over, first);
    assert.equal(listeners.lastOf(first), first);
  });

  it("forgets it only when nobody asks any more, whatever came of asking", async () => {
    const asked = listeners.whileAsking(() => Promise.reject(new Error("left")));
    await listeners.whileAsking(async () => {
      listeners.deployChanged(over, first);
      await assert.rejects(asked, /left/u);
      assert.equal(listeners.lastOf(first), over);
    });
    assert.equal(listeners.lastOf(first), first);
  });
});
