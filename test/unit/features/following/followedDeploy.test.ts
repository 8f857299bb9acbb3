import assert from "node:assert/strict";
import { deployOf, isOver, type DeployStage } from "../../../../src/features/following/followedDeploy.js";
import { aDeploy, aFollowedDeploy } from "../../../support/builders.js";

describe("FollowedDeploy", () => {
  const deploy = aDeploy();
  const error = new Error("offline");
  const stages: readonly (readonly [DeployStage, over: boolean, known: boolean])[] = [
    [{ kind: "sending" }, false, false],
    [{ kind: "lookingUp", error }, false, false],
    [{ kind: "queued" }, false, false],
    [{ kind: "following", deploy }, false, true],
    [{ kind: "ended", deploy, outcome: "live" }, true, true],
    [{ kind: "notStarted", error }, true, false],
    [{ kind: "unclear", error }, true, false],
    [{ kind: "lost", reason: { kind: "stopped" }, deploy }, true, true],
    [{ kind: "lost", reason: { kind: "neverAppeared" } }, true, false],
  ];
  for (const [stage, over, known] of stages)
    it(`${stage.kind} is ${over ? "an end" : "no end"}${known ? " and has its deploy" : ""}`, () => {
      const followed = aFollowedDeploy({ stage });
      assert.equal(isOver(followed), over);
      assert.equal(deployOf(followed), known ? deploy : undefined);
    });
});
