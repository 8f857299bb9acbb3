import assert from "node:assert/strict";
import fc from "fast-check";
import { relationOf, type Relation, type RelationReading } from "../../../src/git/relation.js";

const commit = "a".repeat(40);
const live = "b".repeat(40);
const base = "c".repeat(40);

describe("relationOf", () => {
  const rows: [name: string, reading: Partial<RelationReading>, relation: Relation][] = [
    ["the same commit", { commit: live, mergeBase: live }, { kind: "same" }],
    [
      "the same commit, whatever Git counts",
      { commit: live, mergeBase: undefined, ahead: 3 },
      { kind: "same" },
    ],
    ["ahead", { mergeBase: live, ahead: 3 }, { kind: "ahead", by: 3 }],
    ["behind", { mergeBase: commit, behind: 2 }, { kind: "behind", by: 2 }],
    ["diverged", { mergeBase: base, ahead: 1, behind: 2 }, { kind: "diverged", ahead: 1, behind: 2 }],
    ["no merge base", { mergeBase: undefined }, { kind: "unknown", why: "noCommonHistory" }],
    ["an empty merge base", { mergeBase: "" }, { kind: "unknown", why: "noCommonHistory" }],
  ];
  for (const [name, reading, relation] of rows)
    it(name, () => {
      assert.deepEqual(
        relationOf({ commit, live, mergeBase: base, ahead: 0, behind: 0, ...reading }),
        relation,
      );
    });

  it("is mirrored when the sides change places", () => {
    const opposite: Record<Relation["kind"], Relation["kind"]> = {
      same: "same",
      ahead: "behind",
      behind: "ahead",
      diverged: "diverged",
      unknown: "unknown",
    };
    const id = fc.constantFrom(commit, live, base);
    fc.assert(
      fc.property(
        id,
        id,
        fc.option(id, { nil: undefined }),
        fc.nat(),
        fc.nat(),
        (a, b, mergeBase, ahead, behind) => {
          const there = relationOf({ commit: a, live: b, mergeBase, ahead, behind });
          const back = relationOf({ commit: b, live: a, mergeBase, ahead: behind, behind: ahead });
          assert.equal(back.kind, opposite[there.kind]);
        },
      ),
    );
  });
});
