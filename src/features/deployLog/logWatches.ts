import type { Clock } from "../../ports.js";
import type { RenderClient } from "../../render/client.js";
import type { LogEntry } from "../../render/logShapes.js";
import type { Deploy, Service } from "../../render/shapes.js";
import { plainLine, readableLines } from "./logLines.js";
import { LogTail } from "./logTail.js";
import { logHead, unreadableText } from "./logTexts.js";
import { LogWriter, type LogView } from "./logWriter.js";
import { lateLines, logOf } from "./readLog.js";

/** What the log of a deploy tells whoever follows it. */
export interface LogSigns {
  /** One of Render's own lines came: the deploy's status may have changed. */
  mayHaveChanged(): void;
  /** Whether lines come as they are written. */
  setLive(isLive: boolean): void;
}

export interface LogWatchesParts {
  readonly render: Pick<RenderClient, "logSocket">;
  readonly watch: Pick<RenderClient, "logs">;
  readonly clock: Clock;
  /** Render's clock, in milliseconds since the epoch. */
  readonly renderNow: () => number;
  /** Aborted when the window closes. */
  readonly closing: AbortSignal;
  /** Where the log of a service is shown while it grows. */
  readonly viewOf: (service: Service, deploy: Deploy) => LogView;
}

/** Render opens 30 sockets a minute for all windows of a person: what is followed beside so many is looked at instead. */
const mostWatches = 8;

/** Render's own lines that stand for no new status. Which ones there will be, nobody knows: all others count. */
const saysNoStatus =
  /^==> (?:Cloning|Checking out|Syncing|Download|Transferred|Using|Requesting|Installing|Running|Empty build|No open ports|Continuing to scan|Setting|Detected|Available at|Common ways|Docs|It looks like|#)/iu;

/** Takes lines as they were printed. It must not throw. */
export type LineReader = (lines: readonly string[]) => void;

/** So long after the end of a deploy most of its last lines have come, in milliseconds. */
const soon = 1_000;

interface Watch {
  /** Whether somebody has it shown elsewhere. */
  isReadAlong: boolean;
  /** What was read so far. */
  readonly texts: () => string[];
  readonly deployId: string;
  readonly serviceId: string;
  /** Aborted when the deploy has ended. */
  readonly deployEnds: AbortSignal;
  /** Aborted when a later deploy of the service is shown in its place. */
  readonly covered: AbortSignal;
  readonly cover: () => void;
  /** What it wrote until its end has been read. */
  readonly read: Promise<void>;
}

/** A build of a Dockerfile that fails ends with these, and without a line of Render's own. */
const buildKitFailed = /^error: (?:failed to solve|exit status)/u;

/** The logs of the deploys that are followed, each read from when it began. */
export class LogWatches {
  readonly #parts: LogWatchesParts;
  readonly #running = new Set<Watch>();
  /** By deploy: who reads along. */
  readonly #readers = new Map<string, Set<LineReader>>();

  constructor(parts: LogWatchesParts) {
    this.#parts = parts;
  }

  /** Whether the log of a deploy that runs is shown as it grows. */
  isGrowing(deployId: string): boolean {
    return this.#of(deployId).some(({ deployEnds, covered }) => !deployEnds.aborted && !covered.aborted);
  }

  /** Whether what is shown of its service is the log of this deploy, which runs or ended a moment ago. */
  isShown(deployId: string): boolean {
    return this.#of(deployId).some(({ covered }) => !covered.aborted);
  }

  /** Resolves when what a deploy that has ended wrote until then is read; at once where its log is not. */
  async whenRead(deployId: string): Promise<void> {
    await Promise.all(this.#of(deployId).map(({ read }) => read));
  }

  #of(deployId: string): Watch[] {
    return [...this.#running].filter(watch => watch.deployId === deployId);
  }

  /** Whether the log of a deploy that runs, or ended a moment ago, was shown elsewhere too. */
  isReadAlong(deployId: string): boolean {
    return this.#of(deployId).some(watch => watch.isReadAlong);
  }

  /** Hands on the lines of a deploy, those that were read already first, then each as it comes. Gives what stops it. */
  readAlong(deployId: string, reader: LineReader): () => void {
    const readers = this.#readers.get(deployId) ?? new Set();
    this.#readers.set(deployId, readers.add(reader));
    const [watch] = this.#of(deployId);
    if (watch) watch.isReadAlong = true;
    const texts = watch?.texts() ?? [];
    if (texts.length > 0) reader(texts);
    return () => {
      readers.delete(reader);
      if (readers.size === 0) this.#readers.delete(deployId);
    };
  }

  /** Reads the log of a deploy and shows it, until shortly after the signal is aborted. Never rejects. */
  async watch(service: Service, deploy: Deploy, signs: LogSigns, signal: AbortSignal): Promise<void> {
    const isWatched = this.#of(deploy.id).some(({ deployEnds }) => !deployEnds.aborted);
    if (this.#running.size >= mostWatches || isWatched || signal.aborted) return;
    const { clock, viewOf, renderNow, closing } = this.#parts;
    const [ended, covered] = [new AbortController(), new AbortController()];
    const end = AbortSignal.any([ended.signal, closing]);
    for (const earlier of this.#running) if (earlier.serviceId === service.id) earlier.cover();
    const shown = AbortSignal.any([covered.signal, closing]);
    const writer = new LogWriter(viewOf(service, deploy), logHead(service.name, deploy), clock, shown);
    let setRead: () => void = () => undefined;
    const read = new Promise<void>(resolve => {
      setRead = resolve;
    });
    const watch: Watch = {
      read,
      covered: covered.signal,
      isReadAlong: this.#readers.has(deploy.id),
      texts: () => writer.texts,
      deployId: deploy.id,
      serviceId: service.id,
      deployEnds: signal,
      cover: () => {
        covered.abort();
        if (signal.aborted) ended.abort();
      },
    };
    this.#running.add(watch);
    const tail = new LogTail(
      {
        ...this.#parts,
        take: lines => {
          writer.take(lines);
          this.#readers.get(deploy.id)?.forEach(reader => {
            reader(readableLines(lines).map(({ text }) => text));
          });
          if (!signal.aborted && lines.some(mayTellStatus)) signs.mayHaveChanged();
        },
        setLive: isLive => {
          if (!signal.aborted) signs.setLive(isLive);
        },
      },
      logOf(service, deploy, renderNow()),
    );
    signal.addEventListener("abort", () => {
      void this.#endLater(tail, end, setRead).then(() => {
        ended.abort();
      });
    });
    try {
      await tail.run(end);
      await writer.finish();
    } catch (error) {
      await writer.say(unreadableText(error));
    } finally {
      ended.abort();
      covered.abort();
      setRead();
      this.#running.delete(watch);
    }
  }

  /** The last lines of a deploy come when it has ended. */
  async #endLater(tail: LogTail, end: AbortSignal, setRead: () => void): Promise<void> {
    const wait = (ms: number): Promise<void> => this.#parts.clock.sleep(ms, end).catch(() => undefined);
    const caughtUp = tail.catchUp(end);
    // Nearly all of it has come by then; whoever waits for that must not wait long.
    await Promise.race([caughtUp.then(() => wait(soon)), wait(lateLines)]);
    setRead();
    await Promise.all([caughtUp, wait(lateLines - soon)]);
    await tail.catchUp(end);
  }
}

function mayTellStatus({ message }: LogEntry): boolean {
  if (!message.includes("==>")) return buildKitFailed.test(message.slice(0, 400));
  const line = plainLine(message.slice(0, 400));
  return line.startsWith("==> ") && !saysNoStatus.test(line);
}
