import type { StoryLine } from "../following/story.js";
import { timeText } from "./taskTexts.js";

/** What can be done to a text: SGR codes of ECMA-48. */
const styles = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 } as const;

type Style = keyof typeof styles;

const styleOf: Record<Exclude<StoryLine["kind"], "log">, readonly Style[]> = {
  info: [],
  live: ["bold", "green"],
  warning: ["yellow"],
  error: ["red"],
};

/** Longer lines are cut, in UTF-16 units: nobody reads them, and VS Code tries the patterns of problem matchers on them. */
const longest = 4_000;

/** What a terminal obeys, and what turns the writing direction; not tabs, nor what joins the parts of an emoji. */
const unprintable = /(?![\t\u200c\u200d])[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** A line from outside as a terminal may have it: nothing in it moves the cursor, colours, links or answers. */
export function printable(line: string): string {
  const whole = line.length <= longest ? line : line.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/u, "");
  const safe = whole.replace(unprintable, " ").trimEnd();
  return whole === line ? safe : `${safe}…`;
}

/**
 * A line of the story, as it is written to a terminal. Those of the log stand as they were printed, so that problem
 * matchers find what they look for; what goes on with the line before stands below its text.
 *
 * @param at in milliseconds since the epoch
 */
export function storyText({ kind, text }: StoryLine, at: number): string {
  if (kind === "log") return logText([text]);
  const goesOn = text.startsWith("  ");
  const time = goesOn ? " ".repeat(timeText(at).length) : styled(timeText(at), ["dim"]);
  const line = printable(text.trimStart());
  return `${time}  ${goesOn ? styled(line, ["dim"]) : styled(line, styleOf[kind])}\r\n`;
}

/** Lines of a log, as they were printed. */
export function logText(lines: readonly string[]): string {
  return lines.map(line => `${printable(line)}\r\n`).join("");
}

function styled(text: string, by: readonly Style[]): string {
  return by.length === 0 ? text : `\u001b[${by.map(style => styles[style]).join(";")}m${text}\u001b[0m`;
}
