import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Play } from "./playedEndings";
import type { PhaseKind } from "./records";

/** A line of a played log. */
interface PlayedLine {
  /** Its date: how far into its step, 0 at the beginning, 1 at the end, more after it. */
  part: number;
  /** When it can be read, counted as `part`: not before those that stand above it. */
  comesAt: number;
  text: string;
  /** Whether it was written to the error output. */
  isError: boolean;
}

export interface PlayedStep {
  kind: PhaseKind;
  /** Milliseconds at speed 1. */
  ms: number;
  lines: readonly PlayedLine[];
}

/** Where the played logs are, one file each. */
export const playedLogsFolder = resolve("test/simulator/playedLogs");

const read = new Map<Play, readonly PlayedStep[]>();

/**
 * The steps of a played log with their lines.
 *
 * @throws Error when there is no such file, or it is written wrongly
 */
export function playedLog(play: Play): readonly PlayedStep[] {
  const steps = read.get(play) ?? parsePlayedLog(readFileSync(join(playedLogsFolder, `${play}.log`), "utf8"));
  read.set(play, steps);
  return steps;
}

/**
 * Reads a played log. Lines that begin with `#` above the first step say what it shows. `[build 41.5]` begins a step that
 * takes 41.5 seconds: `build`, `pre_deploy` or `update`. Each further line is one of the log: the seconds since the step
 * began, `|`, or `!` for the error output, and the text. Lines come in the order of the file; where one has an earlier
 * time than one above it, it comes late. In texts, `\e` is the escape character, `\r` a carriage return, and `{repo}`,
 * `{branch}`, `{commit}`, `{name}` and `{url}` are those of the service and the deploy.
 *
 * @throws Error that names the line that is none of these
 */
export function parsePlayedLog(text: string): PlayedStep[] {
  const steps: (PlayedStep & { lines: PlayedLine[] })[] = [];
  for (const [index, line] of text.trimEnd().split(/\r?\n/).entries()) {
    const [, kind, length] = /^\[(build|pre_deploy|update) (\d+(?:\.\d+)?)\]$/.exec(line) ?? [];
    const [, seconds, mark, words = ""] = /^ *(\d+(?:\.\d+)?) ([|!])(?: (.*))?$/.exec(line) ?? [];
    const step = steps.at(-1);
    if (kind !== undefined) {
      steps.push({ kind: kind as PhaseKind, ms: Number(length) * 1000, lines: [] });
    } else if (seconds !== undefined && step !== undefined) {
      const part = (Number(seconds) * 1000) / step.ms;
      step.lines.push({
        part,
        comesAt: Math.max(part, step.lines.at(-1)?.comesAt ?? 0),
        text: words.replaceAll("\\e", "\u001b").replaceAll("\\r", "\r"),
        isError: mark === "!",
      });
    } else if (line !== "" && (step !== undefined || !line.startsWith("#"))) {
      throw new Error(
        `line ${index + 1} of the played log is neither a step nor a line with its time: ${line}`,
      );
    }
  }
  return steps;
}
