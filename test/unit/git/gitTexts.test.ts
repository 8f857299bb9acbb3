import assert from "node:assert/strict";
import { commitsText, countText } from "../../../src/git/gitTexts.js";
import { mostCounted } from "../../../src/git/relation.js";

describe("countText and commitsText", () => {
  const rows: [count: number, text: string, commits: string][] = [
    [0, "0", "0 commits"],
    [1, "1", "1 commit"],
    [2, "2", "2 commits"],
    [mostCounted - 1, "999", "999 commits"],
    [mostCounted, "1000+", "1000+ commits"],
    [mostCounted + 5, "1000+", "1000+ commits"],
  ];
  for (const [count, text, commits] of rows)
    it(`${count}`, () => {
      assert.equal(countText(count), text);
      assert.equal(commitsText(count), commits);
    });
});
