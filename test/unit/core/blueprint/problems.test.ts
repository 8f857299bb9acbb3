import assert from "node:assert/strict";
import { BlueprintFile } from "../../../../src/core/blueprint/blueprintFile.js";
import { problemsOf } from "../../../../src/core/blueprint/problems.js";
import { hostileTexts } from "../../../support/hostileText.js";

const file = new BlueprintFile("services:\n  - type: boat\n    name: api\n\n");

describe("problemsOf", () => {
  for (const [name, error, place] of [
    ["line and column", { line: 2, column: 11 }, [1, 10, 14]],
    ["a line alone", { line: 2 }, [1, 2, 14]],
    ["a path alone", { path: "services[0].type" }, [1, 4, 14]],
    ["a path on the line given", { path: "services[0].type", line: 2 }, [1, 4, 14]],
    ["a path on another line than the one given", { path: "services[0].type", line: 3 }, [2, 4, 13]],
    ["a path of which there is only a part", { path: "services[0].plan" }, [1, 4, 14]],
    ["a path that is not there", { path: "databases[0]" }, [0, 0, 9]],
    ["no place at all", {}, [0, 0, 9]],
    ["a line past the end", { line: 99 }, [4, 0, 0]],
    ["a line of 0", { line: 0, column: 0 }, [0, 0, 9]],
  ] as const)
    it(`places an error with ${name}`, () => {
      const [problem, ...others] = problemsOf([{ error: "wrong", ...error }], file);
      assert.deepEqual(others, []);
      const { start, end } = problem?.span ?? assert.fail();
      assert.deepEqual([start.line, start.column, end.column], place);
    });

  it("says the path where the text does not", () => {
    const texts = problemsOf(
      [
        { error: "bad plan", path: "services[0].plan" },
        { error: "services[0] is bad", path: "services[0]" },
      ],
      file,
    ).map(({ text }) => text);
    assert.deepEqual(texts, ["bad plan (services[0].plan)", "services[0] is bad"]);
  });

  it("says that there is no reason where Render gives none", () => {
    assert.deepEqual(
      problemsOf([], file).map(({ text }) => text),
      ["Render says that this file is not valid, but not why."],
    );
  });

  it("makes what Render says safe to show", () => {
    for (const error of hostileTexts) {
      const [problem] = problemsOf([{ error, path: error }], file);
      assert.doesNotMatch(problem?.text ?? "", /[\n\r]|\$\(|\]\(/u);
    }
  });
});
