import assert from "node:assert/strict";
import fc from "fast-check";
import { isFullCommitId, isSha256, parseCommitId, sameCommit } from "../../../src/git/commitId.js";

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

  for (const [length, heads, full] of [
    [40, [64], false],
    [64, [64], true],
    [64, [40], false],
    [40, [40, 64], true],
    [40, [undefined], true],
    [39, [undefined], false],
  ] as const)
    it(`${length} digits are ${full ? "a" : "no"} whole SHA where HEAD has ${heads.map(String).join(" or ")}`, () => {
      const ids = heads.map(digits => (digits === undefined ? undefined : "f".repeat(digits)));
      assert.equal(isFullCommitId(hex(length), ids), full);
    });
});

describe("isSha256", () => {
  for (const [commitId, is] of [
    [hex(64), true],
    [hex(40), false],
    [hex(7), false],
    [undefined, false],
  ] as const)
    it(`is ${is} of ${commitId?.length ?? "no"} digits`, () => {
      assert.equal(isSha256(commitId), is);
    });
});

describe("sameCommit", () => {
  for (const [name, one, other, same] of [
    ["one SHA", hex(40), hex(40), true],
    ["one SHA in capitals", hex(40).toUpperCase(), hex(40), true],
    ["a SHA and its first 7 digits", hex(40), hex(7), true],
    ["a SHA and its first 12 digits in capitals", hex(40), hex(12).toUpperCase(), true],
    ["a SHA-256 and its first 40 digits", hex(64), hex(40), true],
    ["a SHA-256 and its last 40 digits", hex(64), hex(64).slice(24), false],
    ["a SHA and 6 digits, which may stand for others too", hex(40), hex(6), false],
    ["two abbreviations of different length", hex(9), hex(7), false],
    ["two SHAs", hex(40), "f".repeat(40), false],
    ["a SHA and other first digits", hex(40), "fffffff", false],
    ["a SHA and nothing", hex(40), undefined, false],
    ["a SHA and an empty text", hex(40), "", false],
    ["nothing twice", undefined, undefined, false],
  ] as const)
    it(`is ${same} of ${name}, either way round`, () => {
      assert.equal(sameCommit(one, other), same);
      assert.equal(sameCommit(other, one), same);
    });
});
