import type { WebSocket } from "ws";
import type { Context } from "./context";
import type { SocketFault } from "./faults";
import { makeId } from "./ids";
import type { LogQuery } from "./logQuery";
import { latest } from "./logs";
import { finish } from "./replies";
import { nanoTimestamp } from "./timestamps";
import type { LogLine } from "./wire";

/** Milliseconds of the clock between two looks for new lines. */
const lookEvery = 100;
/** A look goes back so many milliseconds before the last one: what happened at its very moment may have been too late for it. */
const overlap = 1000;
const hour = 3_600_000;

type Kind = SocketFault["kind"];

/**
 * Sends the lines that a query asks for over a WebSocket, each a message of its own: first what was written since its
 * `startTime`, that moment included, then what comes. Each line is sent once, also one that comes late.
 */
export class LogTail {
  readonly #sent = new Set<string>();
  readonly #openedAt: number;
  readonly #start: bigint;
  readonly #timers = new Set<() => void>();
  #held: LogLine[] = [];
  #hasBegun = false;
  #lookedAt = -Infinity;

  constructor(
    private readonly client: WebSocket,
    private readonly query: LogQuery,
    private readonly context: Context,
    private readonly faults: readonly SocketFault[],
  ) {
    const now = context.clock.now();
    const backlog = context.settings.quirks.logSocketBacklog === "lastHour" ? hour : 0;
    this.#openedAt = now;
    this.#start = query.start ?? nanos(now - backlog);
    client.once("close", () => {
      for (const cancel of this.#timers) cancel();
    });
    // What a client does wrong ends its connection, and nothing else.
    client.on("error", () => undefined);
    this.#misbehave();
    this.#look();
  }

  /** Ends it with this code; 1006 is a connection that ends without one. */
  end(code: number): void {
    if (code === 1006) this.client.terminate();
    else this.client.close(code);
  }

  #misbehave(): void {
    const { clock } = this.context;
    for (const fault of this.faults) {
      if (fault.kind === "cut" || fault.kind === "close") {
        this.#after(fault.afterMs, () => {
          this.end(fault.kind === "cut" ? 1006 : fault.code);
        });
      }
      if (fault.kind === "burst") {
        for (let index = 0; index < fault.lines; index++) this.#send(this.#burstLine(index, clock.now()));
      }
    }
  }

  #look(): void {
    const now = this.context.clock.now();
    const from = this.#lookedAt === -Infinity ? this.#start : nanos(this.#lookedAt - latest);
    const lines = this.query
      .arrived(from, nanos(now), this.#lookedAt - overlap)
      .filter(({ at, arrivesAt }) => at >= this.#start || arrivesAt > this.#openedAt)
      .filter(({ line }) => !this.#sent.has(line.id));
    this.#lookedAt = now;
    for (const { line } of lines) {
      this.#sent.add(line.id);
      this.#pass(line);
    }
    this.#after(lookEvery, () => {
      this.#look();
    });
  }

  #pass(line: LogLine): void {
    const windowMs = this.#fault("outOfOrder")?.windowMs;
    if (windowMs === undefined) {
      this.#send(line);
      return;
    }
    if (this.#held.length === 0) {
      this.#after(windowMs, () => {
        const held = this.#held.toReversed();
        this.#held = [];
        for (const each of held) this.#send(each);
      });
    }
    this.#held.push(line);
  }

  #send(line: LogLine): void {
    const missing = this.#fault("missingFields")?.fields ?? [];
    const whole = finish("log", this.context.settings.quirks, line);
    const text = JSON.stringify(
      Object.fromEntries(Object.entries(whole).filter(([key]) => !missing.some(field => field === key))),
    );
    const isCut = !this.#hasBegun && this.#fault("badJson") !== undefined;
    this.#hasBegun = true;
    for (let left = this.#fault("repeated")?.times ?? 1; left > 0; left--) {
      this.client.send(isCut ? text.slice(0, text.length / 2) : text);
    }
  }

  #burstLine(index: number, now: number): LogLine {
    const [resource = ""] = this.query.resources;
    return {
      id: makeId("log", `${resource}/burst/${now}/${index}`),
      message: `tide gauge 4 reads ${index} mm`,
      timestamp: nanoTimestamp(nanos(now) + BigInt(index)),
      labels: [
        { name: "resource", value: resource },
        { name: "level", value: "info" },
        { name: "type", value: "app" },
      ],
    };
  }

  #fault<K extends Kind>(kind: K): Extract<SocketFault, { kind: K }> | undefined {
    return this.faults.find((fault): fault is Extract<SocketFault, { kind: K }> => fault.kind === kind);
  }

  #after(ms: number, act: () => void): void {
    const cancel = this.context.clock.after(ms, () => {
      this.#timers.delete(cancel);
      act();
    });
    this.#timers.add(cancel);
  }
}

function nanos(ms: number): bigint {
  return BigInt(Math.floor(ms)) * 1_000_000n;
}
