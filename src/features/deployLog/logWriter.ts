import type { Clock } from "../../ports.js";
import type { LogEntry } from "../../render/logShapes.js";
import { LiveLog } from "./liveLog.js";
import { leftOutText, logLine } from "./logTexts.js";

/** Where a log is shown while it grows. */
export interface LogView {
  append(text: string): void;
  replace(text: string): void;
}

/** How long lines are gathered before they are shown, in milliseconds: each showing costs, however little it adds. */
const gatherFor = 100;

/** How long passes between two showings of the whole log: at least, and for each line of it, in milliseconds. */
const shortestBetween = 1_000;
const betweenByLine = 0.5;

/** Shows the lines of a log as they come, in blocks. What came late is put into its place from time to time. */
export class LogWriter {
  readonly #view: LogView;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  /** What stands above the lines. */
  readonly #head: readonly string[];
  readonly #log = new LiveLog(logLine);
  #isGathering = false;
  #lastWhole: number;

  /** @param signal aborted when nothing more is to be shown */
  constructor(view: LogView, head: readonly string[], clock: Clock, signal: AbortSignal) {
    this.#view = view;
    this.#head = head;
    this.#clock = clock;
    this.#signal = signal;
    this.#lastWhole = clock.now();
    view.replace(joinedLines(head));
  }

  /** What was taken so far, as it was printed, in order. */
  get texts(): string[] {
    return this.#log.texts;
  }

  /** Takes lines, each of them new, in any order. Never waits for the view. */
  take(entries: readonly LogEntry[]): void {
    if (this.#signal.aborted) return;
    this.#log.add(entries);
    if (!this.#isGathering) void this.#gather();
  }

  /** Says something about the log itself, below what is shown. */
  say(text: string): void {
    if (this.#signal.aborted) return;
    this.finish();
    this.#view.append(joinedLines(["", text]));
  }

  /** Shows what is there at once, each line in its place. */
  finish(): void {
    if (this.#signal.aborted) return;
    if (this.#log.isDisordered) this.#showAll();
    else this.#showNew();
  }

  async #gather(): Promise<void> {
    this.#isGathering = true;
    let wait = gatherFor;
    while (wait > 0) {
      try {
        await this.#clock.sleep(wait, this.#signal);
      } catch {
        break;
      }
      wait = this.#show();
    }
    this.#isGathering = false;
  }

  /** @returns how long to wait for what is still to be shown; 0 for nothing */
  #show(): number {
    if (!this.#log.isDisordered) {
      this.#showNew();
      return 0;
    }
    const next = this.#lastWhole + Math.max(shortestBetween, this.#log.size * betweenByLine);
    const now = this.#clock.now();
    if (now >= next) {
      this.#showAll();
      return 0;
    }
    this.#showNew();
    return Math.max(gatherFor, next - now);
  }

  #showNew(): void {
    const lines = this.#log.additions();
    if (lines.length > 0) this.#view.append(joinedLines(lines));
  }

  #showAll(): void {
    const { lines, leftOut } = this.#log.all();
    this.#lastWhole = this.#clock.now();
    const note = leftOut > 0 ? [leftOutText(leftOut), ""] : [];
    this.#view.replace(joinedLines([...this.#head, ...note, ...lines]));
  }
}

function joinedLines(lines: readonly string[]): string {
  return lines.map(line => `${line}\n`).join("");
}
