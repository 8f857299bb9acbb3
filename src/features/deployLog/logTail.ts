import type { Clock } from "../../ports.js";
import type { LogQuery, RenderClient } from "../../render/client.js";
import { logMessage, type LogEntry } from "../../render/logShapes.js";
import type { Socket, SocketEnd } from "../../render/http/socket.js";
import { Refusals } from "../../render/refusals.js";

const second = 1000;

/** How often the connection is asked for a sign of life, and after how long without one it is taken for dead. */
const pingEvery = 20 * second;
const deadAfter = 60 * second;

/** The waits between two tries of a connection. */
const shortestWait = second;
const longestWait = 30 * second;

/** So long is waited at most where Render asks to wait; pages are read meanwhile. */
const longestAsked = 5 * 60 * second;

/** How often pages are read where no socket is to be had: Render allows 30 reads of logs a minute, for all windows. */
const pagesEvery = 10 * second;

/**
 * How far a connection goes back behind the newest line that was had: a line can be given after a later one, and one that
 * was on its way when the connection broke would be lost.
 */
const overlap = 10 * second;

/** So many lines at least are known by their ids, so that none is given twice; the oldest are forgotten some at a time. */
const mostKnown = 50_000;
const forgottenAtOnce = 10_000;

/** Closings that trying again can mend (RFC 6455, 7.4); Render's own client tries the same ones again. */
const passingCodes: readonly number[] = [1000, 1001, 1006, 1011, 1012, 1013];

export interface LogTailParts {
  readonly render: Pick<RenderClient, "logSocket">;
  /** Reads pages at the pace that Render's rate limits leave. */
  readonly watch: Pick<RenderClient, "logs">;
  readonly clock: Clock;
  /** Render's clock, in milliseconds since the epoch. */
  readonly renderNow: () => number;
  /** Takes lines as they come: each once, not always in order. It must not throw. */
  readonly take: (lines: readonly LogEntry[]) => void;
  /** Told when lines begin to come by themselves, and when they no longer do. */
  readonly setLive: (isLive: boolean) => void;
}

/**
 * The lines that a service writes, from a time on: none lost, none twice. They come through a socket that is opened again
 * whenever it breaks; where none can be had, pages are read.
 */
export class LogTail {
  readonly #parts: LogTailParts;
  readonly #of: LogQuery;
  readonly #known = new Set<string>();
  /** When the newest line was written, in milliseconds since the epoch. */
  #newest: number;
  #isLive = false;
  /** How many connections in a row brought nothing. */
  #failures = 0;

  constructor(parts: LogTailParts, of: LogQuery) {
    this.#parts = parts;
    this.#of = of;
    this.#newest = of.from + overlap;
  }

  /**
   * Goes on until the signal is aborted.
   *
   * @throws {RenderError} that asking again cannot mend: no access, no such service, no key
   */
  async run(signal: AbortSignal): Promise<void> {
    const { clock } = this.#parts;
    const refusals = new Refusals(clock);
    let maySocket = true;
    let nextSocket = clock.now();
    while (!isOver(signal)) {
      const isDue = maySocket && clock.now() >= nextSocket;
      const end = isDue ? await this.#listen(signal) : undefined;
      if (isOver(signal)) return;
      if (end && !isPassing(end)) maySocket = false;
      if (isDue) nextSocket = clock.now() + waitAfter(this.#failures, end);
      const wait = maySocket ? Math.max(0, nextSocket - clock.now()) : pagesEvery;
      // A first break mends itself; what is read after it would be read once more by the next connection.
      if (!maySocket || this.#failures > 1 || wait > longestWait) {
        try {
          await this.#readPages(signal);
          refusals.end();
        } catch (error) {
          if (isOver(signal)) return;
          if (refusals.areFinal(error)) throw error;
        }
      }
      await this.#wait(wait > longestWait ? pagesEvery : wait, signal);
    }
  }

  /** Reads what has been written by now, where it does not come by itself. What cannot be read is left out. */
  async catchUp(signal: AbortSignal): Promise<void> {
    if (!this.#isLive) await this.#readPages(signal).catch(() => undefined);
  }

  /** One connection, from asking for it to its end; undefined where it could not even be asked for. */
  async #listen(signal: AbortSignal): Promise<SocketEnd | undefined> {
    const { render, clock } = this.#parts;
    const over = new AbortController();
    const own = AbortSignal.any([over.signal, signal]);
    let lastSign = clock.now();
    let socket: Socket | undefined;
    const alive = (): void => {
      lastSign = clock.now();
      this.#failures = 0;
    };
    this.#failures += 1;
    try {
      return await new Promise<SocketEnd | undefined>((resolve, reject) => {
        const listener = {
          opened: () => {
            lastSign = clock.now();
            this.#setLive(true);
            void this.#ping(own, () => {
              if (clock.now() - lastSign >= deadAfter) resolve({ kind: "closed", code: 1006 });
              else socket?.ping();
            });
          },
          message: (text: string) => {
            alive();
            if (!this.#read(text)) resolve({ kind: "closed", code: 1007 });
          },
          pong: alive,
          ended: resolve,
        };
        own.addEventListener("abort", () => {
          resolve(undefined);
        });
        render.logSocket({ ...this.#of, from: this.#newest - overlap }, listener, own).then(opened => {
          socket = opened;
        }, reject);
      });
    } catch {
      // There is no key, or the address cannot be used: reading pages says the same, and what to make of it.
      return undefined;
    } finally {
      over.abort();
      socket?.end();
      this.#setLive(false);
    }
  }

  #setLive(isLive: boolean): void {
    if (isLive === this.#isLive) return;
    this.#isLive = isLive;
    this.#parts.setLive(isLive);
  }

  async #ping(signal: AbortSignal, look: () => void): Promise<void> {
    while (!isOver(signal)) {
      await this.#wait(pingEvery, signal);
      if (!isOver(signal)) look();
    }
  }

  /** False where the message is none that Render sends. */
  #read(text: string): boolean {
    let entry: LogEntry | undefined;
    try {
      entry = logMessage(text);
    } catch {
      return false;
    }
    if (entry) this.#give([entry]);
    return true;
  }

  async #readPages(signal: AbortSignal): Promise<void> {
    const { watch, renderNow } = this.#parts;
    const range = { from: this.#newest - overlap, until: renderNow(), direction: "forward" } as const;
    for await (const page of watch.logs({ ...this.#of, ...range }, signal)) this.#give(page);
  }

  #give(entries: readonly LogEntry[]): void {
    const now = this.#parts.renderNow();
    const fresh: LogEntry[] = [];
    for (const entry of entries) {
      if (this.#known.has(entry.id)) continue;
      this.#known.add(entry.id);
      fresh.push(entry);
      // A clock that is ahead must not hide what comes after.
      const at = Math.min(Date.parse(entry.timestamp), now);
      // An older line never moves back where the next connection begins.
      if (at > this.#newest) this.#newest = at;
    }
    if (this.#known.size >= mostKnown + forgottenAtOnce) this.#forget();
    if (fresh.length > 0) this.#parts.take(fresh);
  }

  #forget(): void {
    for (const id of this.#known) {
      if (this.#known.size <= mostKnown) return;
      this.#known.delete(id);
    }
  }

  async #wait(ms: number, signal: AbortSignal): Promise<void> {
    // Ended: whoever waits looks for that.
    await this.#parts.clock.sleep(ms, signal).catch(() => undefined);
  }
}

/** Asked anew each time: it changes while others work. */
function isOver(signal: AbortSignal): boolean {
  return signal.aborted;
}

/** Whether another connection may do better. */
function isPassing(end: SocketEnd): boolean {
  switch (end.kind) {
    case "closed":
      return passingCodes.includes(end.code);
    case "refused":
      return end.status === 429 || end.status >= 500;
    case "failed":
      return !end.isFinal;
  }
}

function waitAfter(failures: number, end: SocketEnd | undefined): number {
  const wait = Math.min(longestWait, shortestWait * 2 ** Math.max(0, failures - 1));
  return Math.max(wait, end?.kind === "refused" ? Math.min(longestAsked, end.retryAfterMs ?? 0) : 0);
}
