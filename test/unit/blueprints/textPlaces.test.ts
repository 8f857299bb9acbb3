import assert from "node:assert/strict";
import fc from "fast-check";
import { TextPlaces } from "../../../src/blueprints/textPlaces.js";

describe("TextPlaces", () => {
  for (const [name, text, offset, line, column] of [
    ["the beginning", "ab\ncd", 0, 0, 0],
    ["the end of a line", "ab\ncd", 2, 0, 2],
    ["the beginning of the next", "ab\ncd", 3, 1, 0],
    ["after CRLF", "ab\r\ncd", 4, 1, 0],
    ["after CR", "ab\rcd", 3, 1, 0],
    ["past the end", "ab\ncd", 99, 1, 2],
    ["before the beginning", "ab", -3, 0, 0],
    ["an empty text", "", 0, 0, 0],
  ] as const)
    it(`finds ${name}`, () => {
      assert.deepEqual(new TextPlaces(text).at(offset), { line, column });
    });

  it("counts as whoever splits the text into lines", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", " ", "\n", "\r\n", "é", "😀")), fc.nat(60), (parts, at) => {
        const text = parts.join("");
        const offset = Math.min(at, text.length);
        const { line, column } = new TextPlaces(text).at(offset);
        const before = text.slice(0, offset).split("\n");
        assert.equal(line, before.length - 1);
        assert.equal(column, before.at(-1)?.length);
      }),
    );
  });

  for (const [name, line, column, expected] of [
    ["what a line holds", 1, 0, [1, 2, 8]],
    ["from a column on", 1, 6, [1, 6, 8]],
    ["all of it for a column outside", 1, 40, [1, 2, 8]],
    ["all of it for a column in the space before", 1, 1, [1, 2, 8]],
    ["nothing on an empty line", 2, 0, [2, 0, 0]],
    ["the last line for one past the end", 9, 0, [3, 0, 1]],
    ["the first line for one before the beginning", -1, 0, [0, 0, 1]],
  ] as const)
    it(`spans ${name}`, () => {
      const { start, end } = new TextPlaces("a\n  b: cde \t\n\nz").contentOf(line, column);
      assert.deepEqual([start.line, start.column, end.column], expected);
      assert.equal(end.line, start.line);
    });
});
