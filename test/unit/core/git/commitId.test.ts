import assert from "node:assert/strict";
import fc from "fast-check";
import { isFullCommitId, parseCommitId } from "../../../../src/core/git/commitId.js";

const hex = (length: number): string => "0123456789abcdef".repeat(5).slice(0, length);

describe("parseCommitId", () => {
  for (const [typed, commitId] of [
    [hex(40), hex(40)],
    [hex(64), hex(64)],
    [` ${hex(40).toUpperCase()}\n`, hex(40)],
    ["a1b2", "a1b2"],
    ["a1b", undefined],
    [hex(65), undefined],
    ["", undefined],
    ["main", undefined],
    ["0x1234", undefined],
    [`${hex(40)}\n${hex(40)}`, undefined],
    [`${hex(20)} ${hex(20)}`, undefined],
    [`${hex(39)}g`, undefined],
  ] as const)
    it(`reads ${JSON.stringify(typed)} as ${commitId ?? "none"}`, () => {
      assert.equal(parseCommitId(typed), commitId);
    });

  it("gives nothing but lower-case hexadecimal digits, whatever was typed", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\s*[0-9a-fA-F]{1,70}\s*$/u)), typed => {
        assert.match(parseCommitId(typed) ?? "0000", /^[0-9a-f]{4,64}$/u);
      }),
    );
  });
});

describe("isFullCommitId", () => {
  for (const [length, full] of [
    [4, false],
    [7, false],
    [39, false],
    [40, true],
    [41, false],
    [63, false],
    [64, true],
  ] as const)
    it(`${length} digits are ${full ? "a" : "no"} whole SHA`, () => {
      assert.equal(isFullCommitId(hex(length)), full);
    });
});
