/** An extension that measures output channels: started by the bench in a real VS Code, it writes what it found into a file. */
import { stat, writeFile } from "node:fs/promises";
import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import * as vscode from "vscode";
import { LogTail } from "../../../src/features/deployLog/logTail.js";
import { LogWriter } from "../../../src/features/deployLog/logWriter.js";
import type { SocketListener } from "../../../src/render/http/socket.js";
import { systemClock as clock } from "../../../src/window/clock.js";

/** Where the figures go: put in by the bench. */
declare const FIGURES_FILE: string;

export interface ChannelFigures {
  /** When the first line of each was written, in milliseconds since the epoch. */
  readonly oursAt: number;
  readonly blocksAt: number;
  readonly oursBlockMs: number;
  readonly blocksBlockMs: number;
  readonly memoryBytes: number;
}

const lines = 100_000;
const block = 1_000;

/** So many messages come at once: what is read of a connection at a time, 64 kB. */
const inOneTurn = 300;

/** About as long as lines of logs are. */
const text = (index: number): string =>
  `line ${index} of a log that is about as long as such lines are: src/harbor/berths/assign.ts compiled`;

const dateOf = (index: number): string => new Date(Date.UTC(2026, 5, 12, 8) + index).toISOString();

export function activate(): void {
  void measure();
}

async function measure(): Promise<void> {
  // What starts besides must have come to rest.
  await sleep(5_000);
  const blocks = await timed(appendBlocks);
  await seen("blocks");
  const before = memory();
  const ours = await timed(readLog);
  await seen("ours");
  const figures: ChannelFigures = {
    oursAt: ours.at,
    blocksAt: blocks.at,
    oursBlockMs: ours.blockMs,
    blocksBlockMs: blocks.blockMs,
    memoryBytes: Math.max(0, memory() - before),
  };
  ours.value.end();
  await writeFile(FIGURES_FILE, JSON.stringify(figures));
}

/** Waits until the bench has seen the last line in the window. */
async function seen(name: string): Promise<void> {
  while (!(await stat(`${FIGURES_FILE}.${name}`).catch(() => undefined))) await sleep(50);
  await sleep(2_000);
}

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; at: number; blockMs: number }> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  await sleep(50);
  delay.enable();
  const at = Date.now();
  const value = await work();
  await sleep(500);
  delay.disable();
  return { value, at, blockMs: delay.max / 1e6 };
}

async function appendBlocks(): Promise<void> {
  const channel = vscode.window.createOutputChannel("Blocks");
  channel.show(true);
  for (let from = 0; from < lines; from += block) {
    const each = Array.from({ length: block }, (_, i) => `08:00:00  ${text(from + i)}\n`);
    channel.append(each.join(""));
    // As they come from a network: not all in one turn.
    await sleep(0);
  }
}

/** The same lines, as they come through a socket: each a message of its own, as text. */
async function readLog(): Promise<{ end(): void }> {
  const channel = vscode.window.createOutputChannel("Ours");
  channel.show(true);
  const end = new AbortController();
  const writer = new LogWriter(channel, [], clock, end.signal);
  let hand: (listener: SocketListener) => void = () => undefined;
  const connected = new Promise<SocketListener>(resolve => {
    hand = resolve;
  });
  const tail = new LogTail(
    {
      render: {
        logSocket: (_of, listener) => {
          hand(listener);
          return Promise.resolve({ ping: () => undefined, end: () => undefined });
        },
      },
      watch: {
        logs: () => {
          throw new Error("No pages are read while there is a socket.");
        },
      },
      clock,
      renderNow: () => clock.now(),
      take: entries => {
        writer.take(entries);
      },
      setLive: () => undefined,
    },
    { ownerId: "tea-1", serviceId: "srv-1", from: Date.UTC(2026, 5, 12, 8) },
  );
  void tail.run(end.signal);
  const listener = await connected;
  listener.opened();
  for (let from = 0; from < lines; from += inOneTurn) {
    for (let index = from; index < Math.min(lines, from + inOneTurn); index++)
      listener.message(
        JSON.stringify({ id: `id-${index}`, message: text(index), timestamp: dateOf(index), labels: [] }),
      );
    await nextTurn();
  }
  await writer.finish();
  return {
    end: () => {
      end.abort();
    },
  };
}

function memory(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  return process.memoryUsage().heapUsed;
}
