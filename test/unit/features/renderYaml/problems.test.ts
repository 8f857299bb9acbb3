import assert from "node:assert/strict";
import { BlueprintFile } from "../../../../src/blueprints/blueprintFile.js";
import { problemsOf } from "../../../../src/features/renderYaml/problems.js";
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

  describe("places an error without a place", () => {
    const text = `# Harbor, for services and databases: see "harbor-api"

previewsExpireAfterDays: soon

services:
  # plan: gold is gone
  - type: web
    name: harbor-api
    plan: gold
    envVars:
      - key: API_KEY
        sync: no

  - type: worker
    name: harbor-mail
    plan: gold
    buildComand: make
databases:
  - name: harbor-db
    plan: basic
`;
    const lines = text.split("\n");
    const told = new BlueprintFile(text);
    for (const [error, path, expected] of [
      ['service "harbor-mail": invalid plan "gold"', undefined, "    plan: gold"],
      ['invalid plan "gold" for service "harbor-mail"', undefined, "    plan: gold"],
      ["harbor-mail: plan is not available", undefined, "    plan: gold"],
      ["services[1].plan is not available", undefined, "    plan: gold"],
      ["services[1].region is required", undefined, "  - type: worker"],
      ["region is required", "services[1].region", "  - type: worker"],
      ["field buildComand not found", undefined, "    buildComand: make"],
      ["unknown field 'buildComand'", "services[1]", "    buildComand: make"],
      ['service "harbor-db" must have a type', undefined, "  - name: harbor-db"],
      ["yaml: line 12: could not find expected ':'", undefined, "        sync: no"],
      ["error at line 20, column 5", undefined, "    plan: basic"],
      ["yaml: line 13: did not find expected key", undefined, "        sync: no"],
      ["yaml: line 6: did not find expected key", undefined, "services:"],
      ["yaml: line 1: found a tab", undefined, "previewsExpireAfterDays: soon"],
      ["environment variable `API_KEY` needs a value", undefined, "      - key: API_KEY"],
      ["previewsExpireAfterDays must be a number", undefined, "previewsExpireAfterDays: soon"],
      ["databases may not be empty", undefined, "databases:"],
      ["something is wrong", undefined, "previewsExpireAfterDays: soon"],
      ['something is wrong with "nothing here"', undefined, "previewsExpireAfterDays: soon"],
      ["", undefined, "previewsExpireAfterDays: soon"],
    ] as const)
      it(`where it points: ${JSON.stringify(error)}${path === undefined ? "" : ` at ${path}`}`, () => {
        const [problem] = problemsOf([{ error, ...(path !== undefined && { path }) }], told);
        const { start, end } = problem?.span ?? assert.fail();
        assert.equal(lines[start.line], expected);
        if (error.includes("harbor-mail") || error.includes("services[1]")) assert.ok(start.line > 12);
        assert.ok(end.line > start.line || end.column > start.column);
      });

    for (const [name, broken, line] of [
      ["of which nothing was read", `# x\n\n%YAML 1.2\n---\n  - ${"[".repeat(900)}`, 4],
      ["with a comment behind the mark of its document", "--- # x\n# y\na: 1\n", 2],
      ["without any text", "# x\n", 0],
    ] as const)
      it(`in a file ${name}`, () => {
        const [problem] = problemsOf([{ error: "bad" }], new BlueprintFile(broken));
        assert.equal(problem?.span.start.line, line);
      });

    it("however many there are", () => {
      const errors = Array.from({ length: 2_000 }, () => ({ error: '"harbor-mail" is bad' }));
      assert.equal(problemsOf(errors, told).length, 500);
    });
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
