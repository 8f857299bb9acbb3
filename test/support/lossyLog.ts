import type { LogQuery } from "../../src/render/client.js";
import type { Socket, SocketEnd, SocketListener } from "../../src/render/http/socket.js";
import type { LogEntry } from "../../src/render/logShapes.js";
import type { Clock } from "../../src/ports.js";

/** A line that a service writes, and when it can be had; milliseconds since the epoch. */
export interface WrittenLine {
  readonly at: number;
  readonly availableAt: number;
  readonly entry: LogEntry;
}

/** What becomes of one connection. */
export interface Fate {
  /** In place of a connection. */
  readonly refused?: SocketEnd;
  /** How long it holds, in milliseconds; for ever unless told. */
  readonly holdsFor?: number;
  readonly end?: SocketEnd;
  /** It is there, and gives neither lines nor pongs. */
  readonly isSilent?: boolean;
  /** Each line comes twice. */
  readonly repeats?: boolean;
}

/** So much is written between two looks at what can be had, in milliseconds. */
const step = 250;

/**
 * A log as Render gives it in its worst moments: lines that can be had later than younger ones, connections that break,
 * refuse or fall silent. Nothing of it is taken from the code that reads it.
 */
export class LossyLog {
  readonly #lines: readonly WrittenLine[];
  readonly #clock: Clock;
  readonly #fates: Iterator<Fate>;
  /** How often a connection was asked for, and pages. */
  connections = 0;
  reads = 0;
  pings = 0;

  constructor(lines: readonly WrittenLine[], clock: Clock, fates: Iterator<Fate>) {
    this.#lines = lines.toSorted((a, b) => a.availableAt - b.availableAt);
    this.#clock = clock;
    this.#fates = fates;
  }

  logSocket(of: LogQuery, listener: SocketListener, signal: AbortSignal): Promise<Socket> {
    this.connections += 1;
    const next = this.#fates.next();
    const fate = next.done === true ? {} : next.value;
    const over = new AbortController();
    void this.#serve(of.from, fate, listener, AbortSignal.any([signal, over.signal]));
    return Promise.resolve({
      ping: () => {
        this.pings += 1;
        if (fate.isSilent !== true && !over.signal.aborted) listener.pong();
      },
      end: () => {
        over.abort();
      },
    });
  }

  async *logs(
    { from, until }: LogQuery & { readonly until: number },
    signal: AbortSignal,
  ): AsyncGenerator<LogEntry[]> {
    this.reads += 1;
    await this.#clock.sleep(50, signal);
    const now = this.#clock.now();
    const there = this.#lines
      .filter(({ at, availableAt }) => availableAt <= now && at >= from && at <= until)
      .toSorted((a, b) => a.at - b.at);
    // The last line of a page comes once more with the next one.
    for (let start = 0; start < there.length; start += 99)
      yield there.slice(start, start + 100).map(({ entry }) => entry);
  }

  async #serve(from: number, fate: Fate, listener: SocketListener, signal: AbortSignal): Promise<void> {
    const began = this.#clock.now();
    const sent = new Set<WrittenLine>();
    try {
      await this.#clock.sleep(20, signal);
      if (fate.refused) {
        listener.ended(fate.refused);
        return;
      }
      listener.opened();
      for (;;) {
        const now = this.#clock.now();
        if (now - began >= (fate.holdsFor ?? Infinity)) break;
        for (const line of this.#lines) {
          if (line.availableAt > now) break;
          if (line.at < from || sent.has(line) || fate.isSilent === true) continue;
          sent.add(line);
          for (let times = fate.repeats === true ? 2 : 1; times > 0; times--)
            if (!signal.aborted) listener.message(JSON.stringify(messageOf(line)));
        }
        await this.#clock.sleep(step, signal);
      }
      listener.ended(fate.end ?? { kind: "closed", code: 1006 });
    } catch {
      // Whoever listened has left.
    }
  }
}

/** As Render writes it (Render API: logs). */
function messageOf({ entry: { id, message, timestamp } }: WrittenLine): unknown {
  return { id, message, timestamp, labels: [{ name: "type", value: "app" }] };
}
