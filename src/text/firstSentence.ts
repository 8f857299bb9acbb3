/** The first of some sentences, with a full stop where it has none; empty for none. */
export function firstSentence(sentences: string): string {
  const end = sentences.search(/\. [A-Z]/u);
  const first = end === -1 ? sentences : sentences.slice(0, end);
  return first === "" || /[.!?…]$/u.test(first) ? first : `${first}.`;
}
