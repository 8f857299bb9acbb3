import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import ts from "typescript";

describe("a sentence about an error", () => {
  // It may point to the output, so whoever shows it writes the details there: `explainAndWrite` does both.
  it("is made by the editor side in one place alone, but where the error has been written already", () => {
    const makers = ts.sys
      .readDirectory("src", [".ts"])
      .map(path => path.replace(/^.*src\//u, ""))
      .filter(path => /(?:^|\/)(?:vscode|dialogs|start|window)\//u.test(path))
      .filter(path => /\bexplain\(/u.test(readFileSync(`src/${path}`, "utf8")));
    // The account's error, of which `Services` writes a line.
    assert.deepEqual(makers.sort(), ["dialogs/notices.ts", "matching/vscode/pickService.ts"]);
  });
});
