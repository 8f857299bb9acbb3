import assert from "node:assert/strict";
import { looksLikeBlueprint } from "../../../src/blueprints/looksLikeBlueprint.js";

describe("looksLikeBlueprint", () => {
  for (const [name, text, expected] of [
    ["services", "# ours\nservices:\n  - type: web\n", true],
    ["projects", "projects : []\r\n", true],
    ["ungrouped services", "ungrouped:\r\n  services: []\r\n", true],
    ["services further in", "version: 2\nx:\n  services: []\n", false],
    ["a workflow", "on: push\njobs:\n  test:\n    services: {}\n", false],
    ["nothing", "", false],
    ["far more than people write", `services:\n${" ".repeat(200_000)}`, false],
  ] as const)
    it(`says ${expected ? "yes" : "no"} to ${name}`, () => {
      assert.equal(looksLikeBlueprint(text), expected);
    });
});
