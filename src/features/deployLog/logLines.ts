import { stripVTControlCharacters } from "node:util";
import type { LogEntry } from "../../render/logShapes.js";

/** A line of a log, ready to be read. */
export interface LogLine {
  readonly text: string;
  /** As Render wrote it. */
  readonly timestamp: string;
  /** The instance of the service that wrote it, if one did. */
  readonly instance?: string;
}

/** Most lines have none of these. */
const controls = /\p{Cc}/u;

/** What sets a character apart: `ESC ( B` and its like, which printing programs leave behind. */
// eslint-disable-next-line no-control-regex
const characterSets = /\u001b[()*+][A-Z0-9]/gu;

/** Escape codes that are cut short by the end of the line, and what else cannot be seen but for tabs. */
// eslint-disable-next-line no-control-regex
const invisible = /\u001b\[?[0-9;]*$|[\u0000-\u0008\u000b-\u001f\u007f]/gu;

/**
 * The lines in the order in which they were written, each once, without what colours them. Render gives them in no order
 * that can be relied on: an exit often comes before the trace that explains it.
 */
export function readableLines(entries: readonly LogEntry[]): LogLine[] {
  const once = new Map(entries.map(entry => [entry.id, entry]));
  const dated = [...once.values()].map(entry => ({ entry, key: sortableTime(entry.timestamp) }));
  // Sorting keeps what has the same time as it came.
  dated.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return dated.flatMap(({ entry: { message, timestamp, instance } }) =>
    message
      .replace(/\r?\n$/u, "")
      .split(/\r?\n/u)
      .map(line => ({ text: plainLine(line), timestamp, ...(instance !== undefined && { instance }) })),
  );
}

/** A printed line without escape codes. Of one that was written over itself, what was seen last. */
export function plainLine(line: string): string {
  if (!controls.test(line)) return line.trimEnd();
  const last = line.replace(/\r+$/u, "").split("\r").at(-1) ?? "";
  return stripVTControlCharacters(last.replace(characterSets, "")).replace(invisible, "").trimEnd();
}

/** A time that sorts as text: with nine decimals, as Render cuts zeros at their end. */
export function sortableTime(timestamp: string): string {
  const [, seconds = timestamp, decimals = ""] = /^(.{19})(?:\.(\d{1,9}))?Z$/u.exec(timestamp) ?? [];
  return `${seconds}.${decimals.padEnd(9, "0")}`;
}
