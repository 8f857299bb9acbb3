import type { Clock } from "../../ports.js";
import type { LogEntry } from "../../render/logShapes.js";
import { LiveLog } from "./liveLog.js";
import { leftOutText } from "./logTexts.js";

/** Where a log is shown while it grows. */
export interface LogView {
  append(text: string): void;
  replace(text: string): void;
}

/** How long lines are gathered before they are shown, in milliseconds: each showing costs, however little it adds. */
const gatherFor = 100;

/** So many lines are shown at once at most: meanwhile nothing else runs. */
const mostAtOnce = 3_000;

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
  readonly #log = new LiveLog();
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
    this.#log.add(entries);
    if (!this.#isGathering && !this.#signal.aborted) void this.#gather();
  }

  /** Says something about the log itself, below all that is there. */
  async say(text: string): Promise<void> {
    await this.finish();
    if (!this.#signal.aborted) this.#view.append(joinedLines(["", text]));
  }

  /** Shows what is there, each line in its place. Resolves when that is done, or nothing more is to be shown. */
  async finish(): Promise<void> {
    if (this.#signal.aborted) return;
    let wait = this.#log.isDisordered ? this.#showAll() : this.#showNew();
    while (wait > 0 && (await this.#sleep(wait))) wait = this.#showNew();
  }

  async #gather(): Promise<void> {
    this.#isGathering = true;
    let wait = gatherFor;
    while (wait > 0 && (await this.#sleep(wait))) wait = this.#show();
    this.#isGathering = false;
  }

  /** False when nothing more is to be shown. */
  async #sleep(ms: number): Promise<boolean> {
    await this.#clock.sleep(ms, this.#signal).catch(() => undefined);
    return !this.#signal.aborted;
  }

  /** Each showing gives how long to wait before the next, in milliseconds; 0 where there is nothing to wait for. */
  #show(): number {
    if (!this.#log.isDisordered) return this.#showNew();
    const next = this.#lastWhole + Math.max(shortestBetween, this.#log.size * betweenByLine);
    if (this.#clock.now() >= next) return this.#showAll();
    // What comes meanwhile is shown below.
    return this.#showNew() || gatherFor;
  }

  #showNew(): number {
    const lines = this.#log.additions(mostAtOnce);
    if (lines.length > 0) this.#view.append(joinedLines(lines));
    return lines.length === mostAtOnce ? 1 : 0;
  }

  /** Begins anew; what is too much for once follows. */
  #showAll(): number {
    const { lines, leftOut } = this.#log.fromTheTop(mostAtOnce);
    this.#lastWhole = this.#clock.now();
    const note = leftOut > 0 ? [leftOutText(leftOut), ""] : [];
    this.#view.replace(joinedLines([...this.#head, ...note, ...lines]));
    return lines.length === mostAtOnce ? 1 : 0;
  }
}

function joinedLines(lines: readonly string[]): string {
  return lines.map(line => `${line}\n`).join("");
}
