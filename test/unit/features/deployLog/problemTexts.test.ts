import assert from "node:assert/strict";
import { problemCode, problemSource, problemText } from "../../../../src/features/deployLog/problemTexts.js";
import { assertPlain, hostileTexts } from "../../../support/hostileText.js";

describe("the words of a problem", () => {
  it("are those of the program, on as many lines, and name the service", () => {
    assert.equal(
      problemText({ message: "Type 'a' is wrong.\n  As it is no tide." }),
      "Type 'a' is wrong.\nAs it is no tide.",
    );
    assert.equal(problemSource({ source: "tsc" }, "lighthouse"), "tsc · lighthouse");
    assert.equal(problemCode({ code: "TS2322" }), "TS2322");
    assert.equal(problemCode({}), undefined);
  });

  it("are safe to show, whatever was printed", () => {
    for (const text of hostileTexts) {
      // A log's line has no breaks, and is cut before it is read.
      const line = text.replaceAll(/[\r\n]/gu, " ").slice(0, 800);
      assertPlain(problemText({ message: line }), 400);
      assertPlain(problemSource({ source: "tsc" }, text), 80);
      assertPlain(problemCode({ code: line }) ?? "", 60);
    }
  });
});
