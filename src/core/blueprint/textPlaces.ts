/** A place in a text: line and column in UTF-16 units, both counted from 0, as editors count them. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** From `start` up to and without `end`. */
export interface Span {
  readonly start: Place;
  readonly end: Place;
}

/** Where offsets of a text lie. Lines end with LF, CRLF or CR, as in VS Code. */
export class TextPlaces {
  readonly #text: string;
  readonly #starts: number[];

  constructor(text: string) {
    this.#text = text;
    this.#starts = [0, ...[...text.matchAll(/\r\n|\n|\r/gu)].map(({ 0: end, index }) => index + end.length)];
  }

  /** The place of an offset; one outside the text counts as its nearest end. */
  at(offset: number): Place {
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
    const content = this.#text.slice(this.#starts[nearest], this.#starts[nearest + 1]).trimEnd();
    const indent = content.length - content.trimStart().length;
    const start = column > indent && column < content.length ? column : indent;
    return { start: { line: nearest, column: start }, end: { line: nearest, column: content.length } };
  }
}
