import assert from "node:assert/strict";
import { plainLine, readableLines } from "../../../../src/features/deployLog/logLines.js";

describe("the lines of a log", () => {
  const entry = (id: string, timestamp: string, message = id) => ({ id, timestamp, message });

  it("stand in the order of their times, whose last zeros are cut, each once", () => {
    const lines = readableLines([
      entry("exit", "2026-06-12T08:06:10.5Z"),
      entry("trace 2", "2026-06-12T08:06:10.499999999Z"),
      entry("trace 1", "2026-06-12T08:06:10.49Z"),
      entry("before", "2026-06-12T08:06:10Z"),
      entry("trace 2", "2026-06-12T08:06:10.499999999Z"),
    ]);
    assert.deepEqual(
      lines.map(({ text }) => text),
      ["before", "trace 1", "trace 2", "exit"],
    );
  });

  it("keep their order where they have the same time", () => {
    const at = "2026-06-12T08:06:10.123456789Z";
    const lines = readableLines([entry("c", at), entry("a", at), entry("b", at)]);
    assert.deepEqual(
      lines.map(({ text }) => text),
      ["c", "a", "b"],
    );
  });

  it("are as many as were printed in one", () => {
    const [first, second] = readableLines([
      entry("x", "2026-06-12T08:06:10Z", "one\r\n\u001b[31mtwo\u001b[0m\n"),
    ]);
    assert.deepEqual([first?.text, second?.text], ["one", "two"]);
  });

  for (const [name, printed, plain] of [
    ["colours", "\u001b[1m\u001b[31merror\u001b[39m\u001b[22m TS2322", "error TS2322"],
    ["character sets", "==>\u001b(B Running 'npm start'\u001b(B", "==> Running 'npm start'"],
    ["cursor moves", "\u001b[2K\u001b[1Gadded 412 packages", "added 412 packages"],
    ["a link", "\u001b]8;;https://vite.dev\u0007docs\u001b]8;;\u0007", "docs"],
    ["what was written over", "12%\r57%\r100% done", "100% done"],
    ["a code that the end of the line cuts", "done \u001b[3", "done"],
    ["spaces and tabs within", "  at\tmain.ts:3", "  at\tmain.ts:3"],
  ] as const)
    it(`are read without ${name}`, () => {
      assert.equal(plainLine(printed), plain);
    });
});
