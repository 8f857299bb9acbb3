import assert from "node:assert/strict";
import {
  isOwnNewCommit,
  movedTogether,
  pushedSince,
  pushedTo,
  type BranchState,
} from "../../../src/git/push.js";

const [a, b] = ["a".repeat(40), "b".repeat(40)];

const upstream = { remote: "origin", name: "main" };
const fork = { remote: "fork", name: "main" };

function state(change: Partial<BranchState> = {}): BranchState {
  const { ahead = 0, behind = 0 } = change;
  const own = "upstream" in change ? change.upstream : upstream;
  const level = own && ahead === 0 && behind === 0 ? [own] : [];
  return { branch: "main", commit: a, upstream: own, ahead, behind, level, at: 1_000, ...change };
}

/** Where nothing says what the branch is pushed to. */
const alone = (change: Partial<BranchState> = {}): BranchState => state({ upstream: undefined, ...change });

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
    ["another upstream", state({ upstream: fork, ahead: 1 }), state(), "none"],
    ["the first push of a branch, with an upstream from now on", alone(), state(), "push"],
    ["an upstream for what was there already", alone({ level: [upstream] }), state(), "none"],
    ["an upstream that is ahead", alone(), state({ behind: 1 }), "none"],
    ["an upstream of another name", alone({ branch: "fog" }), state({ branch: "fog" }), "none"],
    ["a push without an upstream", alone(), alone({ level: [upstream] }), "push"],
    ["a push to one more remote", alone({ level: [fork] }), alone({ level: [fork, upstream] }), "push"],
    [
      "nothing moved, without an upstream",
      alone({ level: [upstream] }),
      alone({ level: [upstream] }),
      "none",
    ],
    [
      "commit and push without an upstream between two readings",
      alone({ level: [upstream] }),
      alone({ commit: b, level: [upstream] }),
      "together",
    ],
    [
      "two commits and the first push without an upstream between two readings",
      alone(),
      alone({ commit: b, level: [upstream] }),
      "together",
    ],
    ["a commit without an upstream", alone({ level: [upstream] }), alone({ commit: b }), "none"],
    ["the upstream was taken away", state(), alone({ level: [upstream] }), "none"],
    ["a detached HEAD", state({ ahead: 1 }), alone({ branch: undefined }), "none"],
    ["a branch without a commit", state({ commit: undefined }), state(), "none"],
  ];
  for (const [name, before, now, seen] of changes)
    it(`${name}: ${seen}`, () => {
      assert.deepEqual(
        [pushedTo(before, now), movedTogether(before, now)],
        [seen === "push" ? upstream : undefined, seen === "together" ? upstream : undefined],
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
    for (const unknown of [state({ commit: undefined }), alone()])
      assert.equal(pushedSince(unknown), undefined);
  });
});
