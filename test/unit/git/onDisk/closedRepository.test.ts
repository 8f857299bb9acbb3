import assert from "node:assert/strict";
import { whyClosed } from "../../../../src/git/onDisk/closedRepository.js";

describe("whyClosed", () => {
  for (const [isAbove, openInParents, isSafe, expected] of [
    [true, "prompt", true, "inParent"],
    [true, "never", true, "inParent"],
    // The Git extension asks for the folder above first.
    [true, "never", false, "inParent"],
    [true, "always", false, "ofOther"],
    [true, "always", true, "closed"],
    [false, "never", false, "ofOther"],
    [false, "never", true, "closed"],
  ] as const)
    it(`is ${expected} ${isAbove ? "above" : "at"} the folder with "${openInParents}", ${isSafe ? "" : "not "}safe`, () => {
      assert.equal(whyClosed({ isAbove, openInParents, isSafe }), expected);
    });
});
