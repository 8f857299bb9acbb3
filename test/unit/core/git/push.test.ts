import assert from "node:assert/strict";
import {
  isOwnNewCommit,
  isPush,
  movedTogether,
  pushedSince,
  type BranchState,
} from "../../../../src/core/git/push.js";

const [a, b] = ["a".repeat(40), "b".repeat(40)];

function state(change: Partial<BranchState> = {}): BranchState {
  return { branch: "main", commit: a, upstream: "origin/main", ahead: 0, behind: 0, at: 1_000, ...change };
}

describe("a push", () => {
  const changes: readonly [
    name: string,
    before: BranchState | undefined,
    now: BranchState,
    seen: "push" | "together" | "none",
  ][] = [
    ["the upstream moved to HEAD", state({ ahead: 2 }), state(), "push"],
    ["the upstream was overwritten with HEAD", state({ ahead: 1, behind: 1 }), state(), "push"],
    ["the first reading", undefined, state(), "none"],
    ["nothing moved", state(), state(), "none"],
    ["a commit", state(), state({ commit: b, ahead: 1 }), "none"],
    ["a fetch", state(), state({ behind: 2 }), "none"],
    ["a push of some of the commits", state({ ahead: 2 }), state({ ahead: 1 }), "none"],
    ["a pull after a fetch", state({ behind: 1 }), state({ commit: b }), "none"],
    ["commit and push between two readings, or a pull", state(), state({ commit: b }), "together"],
    ["one more commit, and a push", state({ ahead: 1 }), state({ commit: b }), "together"],
    ["back behind the upstream", state(), state({ commit: b, behind: 1 }), "none"],
    ["another branch", state({ branch: "fog", ahead: 1 }), state(), "none"],
    ["another upstream", state({ upstream: "fork/main", ahead: 1 }), state(), "none"],
    ["an upstream that is new", state({ upstream: undefined, ahead: 0 }), state(), "none"],
    ["a detached HEAD", state({ ahead: 1 }), state({ branch: undefined, upstream: undefined }), "none"],
    ["a branch without a commit", state({ commit: undefined }), state(), "none"],
  ];
  for (const [name, before, now, seen] of changes)
    it(`${name}: ${seen}`, () => {
      assert.deepEqual(
        [isPush(before, now), movedTogether(before, now)],
        [seen === "push", seen === "together"],
      );
    });

  it("of a commit of one's own that was just made is none that was pulled", () => {
    const me = "author@harbor.example";
    const own = { createdAt: 100_000, email: "Author@harbor.example" };
    assert.equal(isOwnNewCommit(own, me, 120_000), true);
    assert.equal(isOwnNewCommit(own, me, 160_001), false);
    assert.equal(isOwnNewCommit({ ...own, email: "colleague@harbor.example" }, me, 120_000), false);
    for (const email of [undefined, ""]) assert.equal(isOwnNewCommit(own, email, 120_000), false);
    assert.equal(isOwnNewCommit({ email: me }, me, 120_000), false);
    assert.equal(isOwnNewCommit({ createdAt: 100_000 }, me, 120_000), false);
  });

  it("began where the upstream was", () => {
    assert.equal(pushedSince(state({ ahead: 3 })), `${a}~3`);
    assert.equal(pushedSince(state({ commit: undefined })), undefined);
  });
});
