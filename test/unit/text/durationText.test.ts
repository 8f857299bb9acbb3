import assert from "node:assert/strict";
import fc from "fast-check";
import { ageText, durationText } from "../../../src/text/durationText.js";

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

describe("durationText", () => {
  for (const [ms, text] of [
    [-5, "0 s"],
    [0, "0 s"],
    [499, "0 s"],
    [500, "1 s"],
    [42 * second, "42 s"],
    [59_499, "59 s"],
    [59_500, "1 min"],
    [65 * second, "1 min 5 s"],
    [10 * minute, "10 min"],
    [hour - 1, "1 h"],
    [hour + 59 * second, "1 h"],
    [2 * hour + 3 * minute + 20 * second, "2 h 3 min"],
    [100 * hour, "100 h"],
  ] as const)
    it(`shows ${ms} ms as "${text}"`, () => {
      assert.equal(durationText(ms), text);
    });

  it("never shows less than nothing, and no number that its unit does not hold", () => {
    fc.assert(
      fc.property(fc.integer({ min: -day, max: 1000 * day }), ms => {
        const text = durationText(ms);
        const match =
          /^(?:(?<h>\d+) h(?: (?<m>[1-9]\d?) min)?|(?<min>\d+) min(?: (?<s>[1-9]\d?) s)?|(?<sec>\d+) s)$/u;
        const groups = match.exec(text)?.groups;
        assert.ok(groups, text);
        for (const small of [groups["m"], groups["min"], groups["s"], groups["sec"]])
          assert.ok(Number(small ?? 0) < 60, text);
      }),
    );
  });
});

describe("ageText", () => {
  for (const [ms, text] of [
    [-hour, "now"],
    [0, "now"],
    [minute - 1, "now"],
    [minute, "1 min"],
    [hour - 1, "59 min"],
    [hour, "1 h"],
    [day - 1, "23 h"],
    [day, "1 d"],
    [60 * day - 1, "59 d"],
    [60 * day, "2 mo"],
    [365 * day - 1, "12 mo"],
    [365 * day, "1 y"],
    [800 * day, "2 y"],
  ] as const)
    it(`shows ${ms} ms ago as "${text}"`, () => {
      assert.equal(ageText(ms), text);
    });
});
