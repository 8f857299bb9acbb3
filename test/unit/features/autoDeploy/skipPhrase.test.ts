import assert from "node:assert/strict";
import { maySkip, skipPhraseIn } from "../../../../src/features/autoDeploy/skipPhrase.js";

describe("skipPhraseIn", () => {
  for (const word of ["render", "deploy", "cd"])
    for (const phrase of [`[skip ${word}]`, `[${word} skip]`])
      it(`finds ${phrase} anywhere in the message`, () => {
        assert.equal(skipPhraseIn(`${phrase} Tidy up`), phrase);
        assert.equal(skipPhraseIn(`Tidy up\n\nLong story. ${phrase}`), phrase);
      });

  for (const message of [
    undefined,
    "",
    "Tidy up",
    "skip render",
    "[skip ci]",
    "[skip  render]",
    "[skip render",
  ])
    it(`finds none in ${JSON.stringify(message)}`, () => {
      assert.equal(skipPhraseIn(message), undefined);
      assert.equal(maySkip(message), false);
    });

  it("claims nothing of a phrase in other letters, as Render's documentation does not", () => {
    assert.equal(skipPhraseIn("Tidy up [Skip Render]"), undefined);
    assert.equal(maySkip("Tidy up [Skip Render]"), true);
  });
});
