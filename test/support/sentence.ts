import assert from "node:assert/strict";

/** Words that mean nothing to who reads a notification. Names of settings are written as they are. */
const jargon =
  /\b(?:HTTPS?|JSON|undefined|null|NaN|status|4\d\d|5\d\d|POST|GET|TLS|DNS|socket|fetch|object)\b|\[object/u;

/** Fails unless it is whole sentences that a person can read. */
export function assertSentence(text: string): void {
  assert.match(text, /^[A-Z].*[A-Za-z0-9)]\.$/u);
  assert.doesNotMatch(text, jargon);
  assert.doesNotMatch(text, / {2}|\.\.| \./u);
}
