import assert from "node:assert/strict";
import { shownCommitId, timelineCommitId } from "../../../src/git/timelineCommit.js";
import { sha } from "../../support/builders.js";

describe("timelineCommitId", () => {
  for (const [name, item, expected] of [
    ["the ref of a row", { ref: sha, id: "x" }, sha],
    ["the id of a row without a usable ref", { ref: "~", id: sha }, sha],
    ["a SHA-256", { ref: "a".repeat(64) }, "a".repeat(64)],
    ["none for staged changes", { ref: "~", id: "index" }, undefined],
    ["none for a short SHA", { ref: sha.slice(0, 12) }, undefined],
    ["none for what is no SHA", { ref: "g".repeat(40) }, undefined],
    ["none for other values", { ref: 7, id: null }, undefined],
    ["none for nothing, as VS Code hands it on", undefined, undefined],
    ["none for null", null, undefined],
    ["none for a text", sha, undefined],
  ] as const)
    it(`is ${name}`, () => {
      assert.equal(timelineCommitId(item), expected);
    });
});

describe("shownCommitId", () => {
  const path = "/home/ada/harbor/README.md";
  for (const [name, query, expected] of [
    ["the ref", JSON.stringify({ path, ref: sha }), sha],
    ["none for another file", JSON.stringify({ path: "/other", ref: sha }), undefined],
    ["none for the index", JSON.stringify({ path, ref: "~" }), undefined],
    ["none for what is no JSON", "ref=1", undefined],
    ["none for JSON of another kind", "null", undefined],
  ] as const)
    it(`is ${name}`, () => {
      assert.equal(shownCommitId(query, path), expected);
    });
});
