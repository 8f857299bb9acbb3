import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import ts from "typescript";

describe("a sentence about an error", () => {
  // It may point to the output, so whoever shows it writes the details there: `explainAndWrite` does both.
  it("is made by the editor side in one place alone, but where the error has been written already", () => {
    const makers = ts.sys
      .readDirectory("src/vscode", [".ts"])
      .filter(path => /\bexplain\(/u.test(readFileSync(path, "utf8")))
      .map(path => path.replace(/^.*src\/vscode\//u, ""));
    // The account's error, of which `Services` writes a line.
    assert.deepEqual(makers.sort(), ["ask/pickService.ts", "notices.ts"]);
  });
});
