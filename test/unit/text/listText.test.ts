import assert from "node:assert/strict";
import { counted, fewListed, joined, listed } from "../../../src/text/listText.js";

describe("Texts of several things", () => {
  it("leave out what says nothing", () => {
    assert.equal(joined(["", "a", "", "b"], " · "), "a · b");
    assert.equal(joined(["", ""], " · "), "");
  });

  it("count", () => {
    assert.deepEqual(
      [0, 1, 2].map(count => counted(count, "lock file")),
      ["0 lock files", "1 lock file", "2 lock files"],
    );
    assert.deepEqual(
      [1, 2].map(count => counted(count, "branch", "branches")),
      ["1 branch", "2 branches"],
    );
  });

  const rows: [names: string[], text: string, few: string, plain: string][] = [
    [[], "", "", ""],
    [["a"], "a", "a", "a"],
    [["a", "b"], "a and b", "a and b", "a, b"],
    [["a", "b", "c"], "a, b and c", "a, b and 1 more", "a, b and 1 more"],
    [["a", "b", "c", "d"], "a, b, c and d", "a, b and 2 more", "a, b and 2 more"],
  ];
  for (const [names, text, few, plain] of rows)
    it(`name ${names.length}`, () => {
      assert.equal(listed(names), text);
      assert.equal(fewListed(names, 2), few);
      assert.equal(fewListed(names, 2, ", "), plain);
    });
});
