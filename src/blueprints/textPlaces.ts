/** A place in a text: line and column in UTF-16 units, both counted from 0, as editors count them. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** From `start` up to and without `end`. */
export interface Span {
  readonly start: TextPlace;
  readonly end: TextPlace;
}

/** How many lines that say nothing are gone back over. */
const mostLinesBack = 1_000;

const lineFeed = 10;
const carriageReturn = 13;

/** Where offsets of a text lie. Lines end with LF, CRLF or CR, as in VS Code. */
export class TextPlaces {
  readonly #text: string;
  readonly #contents = new Map<number, { readonly indent: number; readonly end: number }>();
  #lines: number[] | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** The line of the first text that says something; 0 where there is none. */
  get firstLine(): number {
    return Math.max(
      0,
      this.#starts.findIndex((_, line) => this.#saysSomething(line)),
    );
  }

  /** The place of an offset; one outside the text counts as its nearest end. */
  at(offset: number): TextPlace {
    const inside = Math.min(Math.max(0, offset), this.#text.length);
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#starts[middle] ?? 0) <= inside) low = middle;
      else high = middle - 1;
    }
    return { line: low, column: inside - (this.#starts[low] ?? 0) };
  }

  span(start: number, end: number): Span {
    return { start: this.at(start), end: this.at(end) };
  }

  /**
   * What a line holds without the space around it, from a column on where it has text there. A line outside the text
   * counts as the nearest one.
   *
   * @param line counted from 0
   * @param column counted from 0
   */
  contentOf(line: number, column = 0): Span {
    const nearest = Math.min(Math.max(0, line), this.#starts.length - 1);
    const { indent, end } = this.#contentAt(nearest);
    const start = column > indent && column < end ? column : indent;
    return { start: { line: nearest, column: start }, end: { line: nearest, column: end } };
  }

  /**
   * As `contentOf`, of the nearest line before that says something, for a line that a text tells of: what is missing is
   * noticed behind its place.
   */
  saidAt(line: number, column: number): Span {
    if (this.#saysSomething(line)) return this.contentOf(line, column);
    const end = Math.min(line, this.#starts.length);
    for (let before = end - 1; before >= Math.max(0, end - mostLinesBack); before--)
      if (this.#saysSomething(before)) return this.contentOf(before);
    return this.contentOf(this.firstLine);
  }

  /** Whether a line is neither empty nor a comment, nor a mark of YAML's. */
  #saysSomething(line: number): boolean {
    const start = this.#starts[line];
    if (start === undefined) return false;
    const { indent, end } = this.#contentAt(line);
    const text = this.#text.slice(start + indent, start + Math.min(end, indent + 20));
    return text !== "" && !/^(?:#|%|---(?:\s*$|\s+#))/u.test(text);
  }

  /** Kept, as many errors may lie in one very long line. */
  #contentAt(line: number): { readonly indent: number; readonly end: number } {
    const known = this.#contents.get(line);
    if (known) return known;
    const text = this.#text.slice(this.#starts[line], this.#starts[line + 1]).trimEnd();
    const content = { indent: text.length - text.trimStart().length, end: text.length };
    this.#contents.set(line, content);
    return content;
  }

  /** Found when a place is first asked for: most files that are read are only looked through for names. */
  get #starts(): number[] {
    if (this.#lines) return this.#lines;
    const starts = [0];
    for (let at = 0; at < this.#text.length; at++) {
      const code = this.#text.charCodeAt(at);
      const isEnd =
        code === lineFeed || (code === carriageReturn && this.#text.charCodeAt(at + 1) !== lineFeed);
      if (isEnd) starts.push(at + 1);
    }
    this.#lines = starts;
    return starts;
  }
}
