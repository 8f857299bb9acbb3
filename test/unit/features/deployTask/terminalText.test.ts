import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { logText, printable, storyText } from "../../../../src/features/deployTask/terminalText.js";
import { hostileTexts } from "../../../support/hostileText.js";

/** A quarter past two in the afternoon, by the clock of whoever runs this. */
const at = new Date(2026, 5, 12, 14, 2, 11).getTime();

describe("storyText", () => {
  it("puts the time before a line, and ends it as terminals need it", () => {
    const line = storyText({ kind: "info", text: "Building" }, at);
    assert.ok(line.endsWith("\r\n"));
    assert.equal(stripVTControlCharacters(line), "14:02:11  Building\r\n");
  });

  it("puts what goes on with the line before below its text", () => {
    const line = storyText({ kind: "info", text: "  Building took 4 s" }, at);
    assert.equal(stripVTControlCharacters(line), "          Building took 4 s\r\n");
  });

  it("colours ends, and takes the colour back", () => {
    const colours = { live: "\u001b[1;32m", warning: "\u001b[33m", error: "\u001b[31m" } as const;
    for (const [kind, colour] of Object.entries(colours)) {
      const line = storyText({ kind: kind as keyof typeof colours, text: "It ended." }, at);
      assert.ok(line.endsWith(`${colour}It ended.\u001b[0m\r\n`), JSON.stringify(line));
    }
  });

  it("leaves a line of the log as it was printed, for problem matchers", () => {
    const text = "src/berths.ts(42,7): error TS2322: Type 'string' is not assignable.";
    assert.equal(storyText({ kind: "log", text }, at), `${text}\r\n`);
    assert.equal(
      storyText({ kind: "log", text: "    at Quay.moor (quay.js:7:3)" }, at),
      "    at Quay.moor (quay.js:7:3)\r\n",
    );
  });
});

describe("what is printed of texts from outside", () => {
  for (const hostile of hostileTexts)
    it(`is one line that a terminal does not obey: ${JSON.stringify(hostile.slice(0, 30))}`, () => {
      const line = printable(hostile);
      assert.doesNotMatch(line, /[\p{Cc}\p{Cf}\u2028\u2029]/u);
      assert.ok(line.length <= 4_000);
      assert.doesNotMatch(line, /[\uD800-\uDBFF](?![\uDC00-\uDFFF])/u);
    });

  const commands = [
    "\u001b]0;title\u0007",
    "\u001b]8;;command:evil.run\u001b\\click\u001b]8;;\u001b\\",
    "\u009b31mred",
    "\u009d52;c;ZXZpbA==\u009c",
    "\u0090q\u009c",
    "\u001b[6n",
    "\u001b[2J\u001b[H",
    "over\rwritten",
    "back\b\b\b\bfront",
    "\u001b",
  ];
  for (const command of commands)
    it(`obeys no ${JSON.stringify(command)}`, () => {
      // eslint-disable-next-line no-control-regex
      assert.doesNotMatch(printable(command), /[\u0000-\u001f\u007f-\u009f]/u);
      // eslint-disable-next-line no-control-regex
      assert.doesNotMatch(logText([command]).slice(0, -2), /[\u0000-\u001f\u007f-\u009f]/u);
    });

  it("keeps tabs, and what joins the parts of an emoji", () => {
    assert.equal(printable("\tat quay.js:7"), "\tat quay.js:7");
    assert.equal(printable("🧑\u200d🚀 landed"), "🧑\u200d🚀 landed");
  });

  it("gives each line of a log its own, and none for none", () => {
    assert.equal(logText(["one", "", "two\nthree"]), "one\r\n\r\ntwo three\r\n");
    assert.equal(logText([]), "");
  });
});
