import assert from "node:assert/strict";
import { headIn, type Head, type ReportedHead } from "../../../src/git/head.js";

const commit = "a".repeat(40);
const upstream = { remote: "origin", name: "main" };
const detached: Head = { branch: undefined, commit, upstream: undefined, ahead: 0, behind: 0 };
const main: Head = { ...detached, branch: "main" };

/** What the Git extension of VS Code 1.100 and 1.139 says (`extensions/git/dist/main.js`, `getHEADRef`). */
const rows: readonly [name: string, reported: ReportedHead | undefined, expected: Head][] = [
  [
    "a branch with an upstream",
    { type: 0, name: "main", commit, upstream, ahead: 1, behind: 2 },
    { ...main, upstream, ahead: 1, behind: 2 },
  ],
  ["a branch without an upstream", { type: 0, name: "main", commit, ahead: 0, behind: 0 }, main],
  ["a branch without a commit", { type: 0, name: "main" }, { ...main, commit: undefined }],
  [
    "a branch that follows a local one",
    { type: 0, name: "main", commit, upstream: { remote: ".", name: "trunk" }, ahead: 3, behind: 1 },
    main,
  ],
  [
    "a commit: of a rebase, a bisect, or a remote's branch that was checked out",
    { type: 0, commit },
    detached,
  ],
  ["a commit that has a tag", { type: 2, name: "v1.2.0", commit }, detached],
  ["a commit that has a tag called like a branch", { type: 2, name: "main", commit }, detached],
  ["a remote's branch", { type: 1, name: "main", commit }, detached],
  ["nothing yet", undefined, { ...detached, commit: undefined }],
];

describe("HEAD", () => {
  for (const [name, reported, expected] of rows)
    it(`is what Git says it is: ${name}`, () => {
      assert.deepEqual(headIn(reported), expected);
    });
});
