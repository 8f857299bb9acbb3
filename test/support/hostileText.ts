import assert from "node:assert/strict";

/** Names as somebody with bad intentions would choose them. */
export const hostileTexts: readonly string[] = [
  "$(zap) free deploys",
  "$$((zap)",
  "$\u200B(zap)",
  "[click](command:evil.run)",
  "[click]\u0000(command:evil.run)",
  "]](((",
  "first\r\nsecond\nthird\u2028fourth\u2029fifth",
  "bell\u0007 escape\u001B[31mred",
  "\u202Egnp.exe",
  "zero\u200Bwidth\uFEFF",
  "😀".repeat(500),
  "x".repeat(5_000_000),
  `${"\n".repeat(2_000_000)}end`,
];

/** Fails unless `text` is one printable line without icons and links, at most `maxLength` UTF-16 units long. */
export function assertPlain(text: string, maxLength: number): void {
  assert.doesNotMatch(text, /[\p{Cc}\p{Cf}\u2028\u2029]/u);
  assert.ok(!text.includes("$("), `an icon: ${text.slice(0, 100)}`);
  assert.ok(!text.includes("]("), `a link: ${text.slice(0, 100)}`);
  assert.ok(text.length <= maxLength, `${text.length} > ${maxLength}: ${text.slice(0, 100)}`);
}
