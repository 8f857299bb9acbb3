import assert from "node:assert/strict";
import { skipPhraseIn } from "../../../../src/core/git/skipPhrase.js";

describe("skipPhraseIn", () => {
  for (const word of ["render", "deploy", "cd"])
    for (const phrase of [`[skip ${word}]`, `[${word} skip]`])
      it(`finds ${phrase} anywhere in the message`, () => {
        assert.equal(skipPhraseIn(`${phrase} Tidy up`), phrase);
        assert.equal(skipPhraseIn(`Tidy up\n\nLong story. ${phrase.toUpperCase()}`), phrase.toUpperCase());
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
    });
});
