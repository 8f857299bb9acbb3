import assert from "node:assert/strict";
import fc from "fast-check";
import { plainText, shortSha, subjectOf } from "../../../src/text/plainText.js";
import { assertPlain, hostileTexts } from "../../support/hostileText.js";

/** Any text, with the characters that matter here far more often than chance would bring them. */
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom("$", "(", "]", "$(", "](", " ", "\n", "\r\n", "\0", "\u200B", "\u2028", "\u202E", "😀"),
      fc.string({ unit: "binary", maxLength: 20 }),
    ),
    { maxLength: 60 },
  )
  .map(parts => parts.join(""));

describe("plainText", () => {
  for (const [text, plain] of [
    ["harbor-api", "harbor-api"],
    ["  two\n\n lines\t", "two lines"],
    ["$(zap) fast", "$ (zap) fast"],
    ["[here](command:evil)", "[here] (command:evil)"],
    ["$\u200B(zap)", "$ (zap)"],
    ["a\u202Eb", "a b"],
    ["", ""],
  ] as const)
    it(`shows ${JSON.stringify(text)} as ${JSON.stringify(plain)}`, () => {
      assert.equal(plainText(text), plain);
    });

  for (const [text, maxLength, cut] of [
    ["abcdef", 6, "abcdef"],
    ["abcdefg", 6, "abcde…"],
    ["abc", 1, "…"],
    ["abc😀def", 5, "abc…"],
    ["ab😀", 4, "ab😀"],
    ["ab\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\nc", 4, "ab…"],
  ] as const)
    it(`cuts ${JSON.stringify(text)} to at most ${maxLength} as ${JSON.stringify(cut)}`, () => {
      assert.equal(plainText(text, maxLength), cut);
    });

  it("is always one bounded printable line without icons and links", () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 250 }), (text, maxLength) => {
        assertPlain(plainText(text, maxLength), maxLength);
      }),
    );
  });

  it("never breaks a character in two", () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 40 }), (text, maxLength) => {
        assert.doesNotMatch(plainText(text, maxLength), /\p{Cs}/u);
      }),
    );
  });

  it("leaves what is plain already as it is", () => {
    fc.assert(
      fc.property(anyText, text => {
        const once = plainText(text, 10_000);
        assert.equal(plainText(once, 10_000), once);
      }),
    );
  });

  it("holds for hostile names, however long", () => {
    for (const text of hostileTexts) assertPlain(plainText(text, 60), 60);
  });
});

describe("subjectOf", () => {
  for (const [message, subject] of [
    [undefined, ""],
    ["", ""],
    ["Cache port lookups\n\nHalves the p95.", "Cache port lookups"],
    ["\n\n  Cache port lookups\r\nmore", "Cache port lookups"],
    ["one\rtwo", "one"],
    ["$(zap) [x](command:evil)", "$ (zap) [x] (command:evil)"],
  ] as const)
    it(`of ${JSON.stringify(message)} is ${JSON.stringify(subject)}`, () => {
      assert.equal(subjectOf(message), subject);
    });

  it("is at most 72 characters long unless told otherwise", () => {
    assert.equal(subjectOf("x".repeat(73)), `${"x".repeat(71)}…`);
    assert.equal(subjectOf("abcdef", 3), "ab…");
  });
});

describe("shortSha", () => {
  for (const [id, short] of [
    ["7c1f0e94ab52d3386c0fe1b9a5d2478e6f13ca90", "7c1f0e9"],
    ["7c1f", "7c1f"],
    ["a\nb", "a b"],
  ] as const)
    it(`of ${JSON.stringify(id)} is ${JSON.stringify(short)}`, () => {
      assert.equal(shortSha(id), short);
    });
});
