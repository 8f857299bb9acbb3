import type { LogEntry } from "../../render/logShapes.js";
import { plainLine, sortableTime } from "./logLines.js";
import { logLine, timeWidth } from "./logTexts.js";

/** So many lines are kept in sight. */
const mostLines = 50_000;

/** The oldest are left out so many at a time, as whoever shows them has to begin anew. */
const leftOutAtOnce = 5_000;

interface Line {
  /** Sorts by the time it was written at. */
  readonly time: string;
  /** As it is shown, with its time. */
  readonly text: string;
}

/** The newest lines of a log, in the order in which they were written, whichever way they come. */
export class LiveLog {
  #lines: Line[] = [];
  /** How many of the lines are shown: those before this place. */
  #shown = 0;
  #isDisordered = false;
  #leftOut = 0;

  /** How many lines are kept. */
  get size(): number {
    return this.#lines.length;
  }

  /** Takes lines, each of them new. */
  add(entries: readonly LogEntry[]): void {
    for (const { message, timestamp } of entries) {
      // A line without a time was written when it came.
      const time = timestamp === "" ? (this.#lines.at(-1)?.time ?? "") : sortableTime(timestamp);
      for (const text of message.replace(/\r?\n$/u, "").split(/\r?\n/u))
        this.#put({ time, text: logLine(timestamp, plainLine(text)) });
    }
    const most = mostLines + leftOutAtOnce;
    if (this.#lines.length <= most) return;
    const excess = this.#lines.length - mostLines;
    this.#lines = this.#lines.slice(excess);
    this.#shown = Math.max(0, this.#shown - excess);
    this.#leftOut += excess;
    this.#isDisordered = true;
  }

  /** The lines that are kept, as they were printed. */
  get texts(): string[] {
    return this.#lines.map(({ text }) => text.slice(timeWidth));
  }

  /** Whether lines stand elsewhere than where they are shown, or are shown no more. */
  get isDisordered(): boolean {
    return this.#isDisordered;
  }

  /** What follows on what is shown, so many lines at most; it counts as shown from now on. */
  additions(most: number): string[] {
    const lines = this.#lines.slice(this.#shown, this.#shown + most);
    this.#shown += lines.length;
    return lines.map(({ text }) => text);
  }

  /** The same from the first line that is kept, and how many were before it. */
  fromTheTop(most: number): { readonly lines: string[]; readonly leftOut: number } {
    this.#shown = 0;
    this.#isDisordered = false;
    return { lines: this.additions(most), leftOut: this.#leftOut };
  }

  #put(line: Line): void {
    const place = this.#placeOf(line.time);
    if (place === this.#lines.length) {
      this.#lines.push(line);
      return;
    }
    this.#lines.splice(place, 0, line);
    if (place >= this.#shown) return;
    this.#shown += 1;
    this.#isDisordered = true;
  }

  /** Behind all that were not written later. */
  #placeOf(time: string): number {
    let [from, to] = [0, this.#lines.length];
    // What comes last is nearly always the latest.
    if ((this.#lines.at(-1)?.time ?? "") <= time) return to;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((this.#lines[middle]?.time ?? "") <= time) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}
