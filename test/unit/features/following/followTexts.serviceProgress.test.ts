import assert from "node:assert/strict";
import { serviceProgressText } from "../../../../src/features/following/followTexts.js";
import { RenderError } from "../../../../src/render/errors.js";
import { aDeploy, aFollowedDeploy } from "../../../support/builders.js";

const error = new RenderError("unreachable", { method: "GET", path: "/services/srv-1/deploys" });

describe("serviceProgressText", () => {
  const ours = aDeploy({ status: "queued", commit: { id: "a".repeat(40) }, createdAt: 2_000 });
  const running = aDeploy({ id: "dep-0" });
  const waits = aFollowedDeploy({ stage: { kind: "following", deploy: ours }, behind: running });
  for (const [name, followed, deploys, text] of [
    ["ours waits for one that runs", waits, [ours, running], "building 7c1f0e9 · 1 queued"],
    [
      "ours waits, and is not in the list",
      aFollowedDeploy({ stage: { kind: "queued" } }),
      [running],
      "building 7c1f0e9 · 1 queued",
    ],
    ["ours runs, and another one waits", aFollowedDeploy(), [ours, running], "building 7c1f0e9 · 1 queued"],
    ["ours runs alone", aFollowedDeploy(), [aDeploy()], "Building · 10 s"],
    ["ours waits for what is not known", waits, [ours], "Queued behind 7c1f0e9 · 10 s"],
    ["nothing was read", aFollowedDeploy(), [], "Building · 10 s"],
    [
      "nothing can be read any more",
      { ...waits, trouble: error },
      [ours, running],
      "building 7c1f0e9 · 1 queued · Render cannot be read right now, trying again",
    ],
  ] as const)
    it(`is "${text}" where ${name}`, () => {
      assert.equal(serviceProgressText(followed, deploys, 20_000), text);
    });
});
