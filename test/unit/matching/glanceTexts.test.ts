import assert from "node:assert/strict";
import { glanceSentence, glanceText, type Glance } from "../../../src/matching/glanceTexts.js";
import { without } from "../../support/without.js";

function aGlance(change: Partial<Glance> = {}): Glance {
  return {
    relation: { kind: "ahead", by: 3 },
    head: "a1b2c3d".padEnd(40, "0"),
    live: "b2c3d4e".padEnd(40, "0"),
    branch: "main",
    serviceBranch: "main",
    ...change,
  };
}

describe("glance texts", () => {
  const rows: [glance: Partial<Glance>, text: string, sentence: string][] = [
    [{}, "HEAD is 3 ahead", "HEAD (a1b2c3d, main) is 3 commits ahead of what is live (b2c3d4e)."],
    [
      { relation: { kind: "behind", by: 1 } },
      "live is 1 ahead",
      "HEAD (a1b2c3d, main) is 1 commit behind what is live (b2c3d4e).",
    ],
    [
      { relation: { kind: "diverged", ahead: 1, behind: 2 } },
      "diverged",
      "HEAD (a1b2c3d, main) has 1 commit that what is live (b2c3d4e) lacks, and lacks 2 of it.",
    ],
    [{ relation: { kind: "same" } }, "live", "HEAD (a1b2c3d, main) is live."],
    [
      { relation: { kind: "same" }, branch: "fog" },
      "live",
      "HEAD (a1b2c3d, fog) is live. The service follows main.",
    ],
    [
      { branch: "fog" },
      "another branch",
      "HEAD (a1b2c3d, fog) is 3 commits ahead of what is live (b2c3d4e). The service follows main.",
    ],
    [
      { relation: { kind: "unknown", why: "notHere" } },
      "",
      "HEAD (a1b2c3d, main) could not be compared with what is live (b2c3d4e), which is not in this clone.",
    ],
    [
      { relation: { kind: "unknown", why: "unreadable" } },
      "",
      "HEAD (a1b2c3d, main) could not be compared with what is live (b2c3d4e).",
    ],
  ];
  for (const [change, text, sentence] of rows)
    it(`${text || "nothing"}: ${sentence}`, () => {
      assert.equal(glanceText(aGlance(change)), text);
      assert.equal(glanceSentence(aGlance(change)), sentence);
    });

  it("names no branch on a detached HEAD, and does not call it another one", () => {
    const detached = without(aGlance(), "branch");
    assert.equal(glanceText(detached), "HEAD is 3 ahead");
    assert.match(glanceSentence(detached), /^HEAD \(a1b2c3d\) is 3 commits ahead/u);
  });
});
