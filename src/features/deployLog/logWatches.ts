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

interface Watch {
  /** Whether somebody has it shown elsewhere. */
  isReadAlong: boolean;
  /** What was read so far. */
  readonly texts: () => string[];
  readonly deployId: string;
  readonly serviceId: string;
  /** Aborted when the deploy has ended. */
  readonly deployEnds: AbortSignal;
  /** A later deploy of the service is shown from now on. */
  readonly cover: () => void;
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
    return [...this.#running].some(watch => watch.deployId === deployId && !watch.deployEnds.aborted);
  }

  /** Whether the log of a deploy that runs, or ended a moment ago, was shown elsewhere too. */
  isReadAlong(deployId: string): boolean {
    return [...this.#running].some(watch => watch.deployId === deployId && watch.isReadAlong);
  }

  /** Hands on the lines of a deploy, those that were read already first, then each as it comes. Gives what stops it. */
  readAlong(deployId: string, reader: LineReader): () => void {
    const readers = this.#readers.get(deployId) ?? new Set();
    this.#readers.set(deployId, readers.add(reader));
    const [watch] = [...this.#running].filter(each => each.deployId === deployId);
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
    if (this.#running.size >= mostWatches || this.isGrowing(deploy.id) || signal.aborted) return;
    const { clock, viewOf, renderNow, closing } = this.#parts;
    const [ended, covered] = [new AbortController(), new AbortController()];
    const end = AbortSignal.any([ended.signal, closing]);
    for (const earlier of this.#running) if (earlier.serviceId === service.id) earlier.cover();
    const shown = AbortSignal.any([covered.signal, closing]);
    const writer = new LogWriter(viewOf(service, deploy), logHead(service.name, deploy), clock, shown);
    const watch: Watch = {
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
      void this.#endLater(tail, ended, end);
    });
    try {
      await tail.run(end);
      await writer.finish();
    } catch (error) {
      await writer.say(unreadableText(error));
    } finally {
      ended.abort();
      covered.abort();
      this.#running.delete(watch);
    }
  }

  /** The last lines of a deploy come when it has ended. */
  async #endLater(tail: LogTail, ended: AbortController, end: AbortSignal): Promise<void> {
    await tail.catchUp(end);
    await this.#parts.clock.sleep(lateLines, end).catch(() => undefined);
    await tail.catchUp(end);
    ended.abort();
  }
}

function mayTellStatus({ message }: LogEntry): boolean {
  if (!message.includes("==>")) return buildKitFailed.test(message.slice(0, 400));
  const line = plainLine(message.slice(0, 400));
  return line.startsWith("==> ") && !saysNoStatus.test(line);
}
