import assert from "node:assert/strict";
import { storySoFar } from "../../../../src/features/deployTask/terminalStory.js";
import type { FollowedDeploy } from "../../../../src/features/following/followedDeploy.js";
import { aDeploy, aFollowedDeploy } from "../../../support/builders.js";

const texts = (followed: FollowedDeploy): string[] => storySoFar(followed, 40_000).map(({ text }) => text);

describe("storySoFar", () => {
  it("begins with the order while it is sent", () => {
    const [first, , , ...others] = texts(aFollowedDeploy({ stage: { kind: "sending" }, steps: [] }));
    assert.equal(first, "Deploy 7c1f0e9 Cache port lookups (main)");
    assert.deepEqual(others, ["Sending"]);
  });

  it("tells the steps that are over, each with its time, and the one that goes on", () => {
    const told = texts(
      aFollowedDeploy({
        stage: { kind: "following", deploy: aDeploy({ status: "update_in_progress" }) },
        steps: [
          { status: "build_in_progress", since: 10_000, until: 31_000 },
          { status: "update_in_progress", since: 31_000 },
        ],
      }),
    );
    assert.equal(told[0], "Watching the deploy of 7c1f0e9 Cache port lookups (main)");
    assert.ok(told.some(text => text.startsWith("Render started dep-1: https://dashboard.render.com/")));
    assert.deepEqual(told.slice(-2), ["  Building took 21 s", "Deploying"]);
  });

  it("tells the end of what is over", () => {
    const lines = storySoFar(
      aFollowedDeploy({
        stage: {
          kind: "ended",
          deploy: aDeploy({ status: "build_failed" }),
          outcome: "failed",
          reason: { text: "Likely cause: a type error.", lines: ["quay.ts(7,3): error TS2322: no"] },
        },
      }),
      40_000,
    );
    const end = lines.findIndex(({ kind }) => kind === "error");
    assert.equal(
      lines[end]?.text,
      "harbor-api was not deployed: the build failed after 30 s (7c1f0e9 Cache port lookups (main)). Likely cause: a type error. What was live before keeps running.",
    );
    assert.deepEqual(lines[end + 1], { kind: "log", text: "quay.ts(7,3): error TS2322: no" });
  });
});
