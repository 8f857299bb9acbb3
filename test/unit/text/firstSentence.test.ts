import assert from "node:assert/strict";
import { firstSentence } from "../../../src/text/firstSentence.js";

describe("firstSentence", () => {
  for (const [sentences, first] of [
    ["", ""],
    ["It ran out of memory. Let it use less.", "It ran out of memory."],
    ["package.json has no script. Add it.", "package.json has no script."],
    ["The last line: npm ERR! code 1", "The last line: npm ERR! code 1."],
    ["Why not? Because", "Why not? Because."],
    ["It was cut…", "It was cut…"],
  ] as const)
    it(`of "${sentences}" is "${first}"`, () => {
      assert.equal(firstSentence(sentences), first);
    });
});
