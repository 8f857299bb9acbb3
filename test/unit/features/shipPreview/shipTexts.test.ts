import assert from "node:assert/strict";
import type { NoPreview, ShipPreview } from "../../../../src/features/shipPreview/shipPreview.js";
import {
  commitRow,
  fileRow,
  goesHeading,
  noPreviewText,
  shipSummary,
  shipTitle,
} from "../../../../src/features/shipPreview/shipTexts.js";

const commit = { id: "a1b2c3d".padEnd(40, "0"), message: "Cache port lookups\n\nMore.", createdAt: 0 };
const live = "b2c3d4e".padEnd(40, "0");

function aPreview(change: Partial<ShipPreview> = {}): ShipPreview {
  return {
    serviceName: "harbor-api",
    target: commit,
    live,
    relation: { kind: "ahead", by: 1 },
    comes: [commit],
    goes: [],
    files: [],
    ...change,
  };
}

describe("ship preview texts", () => {
  it("names both sides", () => {
    assert.equal(shipTitle(aPreview()), "harbor-api: b2c3d4e → a1b2c3d");
  });

  const file = (path: string) => ({ path, change: "modified" as const });
  const summaries: [change: Partial<ShipPreview>, text: string][] = [
    [{ files: [file("a.ts")] }, "1 commit, 1 file"],
    [
      { comes: [commit, commit], files: [file("go.sum"), file("yarn.lock")] },
      "2 commits, 2 files; 2 lock files",
    ],
    [
      { files: [file("render.yaml"), file("migrations/1.sql")] },
      "1 commit, 2 files; render.yaml, 1 migration",
    ],
    [{ comes: [], goes: [commit], files: [] }, "1 commit taken back, 0 files"],
    [{ goes: [commit, commit] }, "1 commit, 2 commits taken back, 0 files"],
    [{ comes: [] }, "0 commits, 0 files"],
  ];
  for (const [change, text] of summaries)
    it(text, () => {
      assert.equal(shipSummary(aPreview(change)), text);
    });

  it("says how many commits are taken back", () => {
    assert.equal(goesHeading(aPreview({ goes: [commit] })), "taken back: 1 commit that is live now");
    assert.equal(
      goesHeading(aPreview({ goes: [commit, commit] })),
      "taken back: 2 commits that are live now",
    );
  });

  it("rows of commits and files", () => {
    assert.deepEqual(commitRow(commit, 7_200_000), {
      label: "$(git-commit) Cache port lookups",
      description: "a1b2c3d · 2 h",
    });
    assert.deepEqual(commitRow({ id: commit.id }, 0), { label: "$(git-commit) a1b2c3d", description: "" });
    assert.deepEqual(fileRow({ path: "src/a.ts", change: "modified" }), {
      label: "$(diff-modified) a.ts",
      description: "src",
    });
    assert.deepEqual(fileRow({ path: "db/migrate/1.rb", change: "added" }), {
      label: "$(diff-added) 1.rb",
      description: "db/migrate · added · ⚠ migration: changes the database",
    });
    assert.deepEqual(fileRow({ path: "$(zap).ts", change: "deleted" }), {
      label: "$(diff-removed) $ (zap).ts",
      description: "deleted",
    });
  });

  const reasons: NoPreview[] = [
    { why: "noClone" },
    { why: "noHead" },
    { why: "nothingLive" },
    { why: "deploysUnread" },
    { why: "same", live },
    { why: "notHere", live },
    { why: "targetNotHere", live },
    { why: "noCommonHistory", live },
    { why: "unreadable", live },
  ];
  for (const reason of reasons)
    it(`${reason.why} is a whole sentence`, () => {
      assert.match(noPreviewText("harbor-api", reason), /^[A-Zb].*\.$/u);
    });
});
