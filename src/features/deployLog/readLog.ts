import type { LogQuery, RenderClient } from "../../render/client.js";
import type { Deploy } from "../../render/shapes.js";
import { readableLines, type LogLine } from "./logLines.js";
import type { LogEntry } from "../../render/logShapes.js";

/** A service and when its deploy ran: what Render finds the lines of a deploy by. */
export interface DeployLogOf extends LogQuery {
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/** What was read of a log. */
export interface DeployLog {
  /** Oldest first. */
  readonly lines: readonly LogLine[];
  /** Whether there are more before them. */
  readonly isCut: boolean;
}

/** A deploy that does not wait for another one starts within that time, in milliseconds. */
const shortestWait = 5_000;

/** What a deploy writes can arrive after it has ended, in milliseconds. */
export const lateLines = 5_000;

/**
 * Where the lines of a deploy lie. Render has no log of a deploy: what its service writes in that time is mixed in (Render
 * API: logs).
 *
 * @param now milliseconds since the epoch, by Render's clock
 */
export function logOf(
  service: { readonly id: string; readonly ownerId: string },
  { createdAt, startedAt, finishedAt }: Deploy,
  now: number,
): DeployLogOf {
  const until = finishedAt === undefined ? now : finishedAt + lateLines;
  // While it waited, another one wrote.
  const hasWaited = startedAt !== undefined && startedAt - (createdAt ?? -Infinity) > shortestWait;
  const began = hasWaited ? startedAt : createdAt;
  // One that runs and whose beginning is not told has only just begun.
  const unknown = finishedAt === undefined ? 60_000 : 3_600_000;
  return { ownerId: service.ownerId, serviceId: service.id, from: began ?? until - unknown, until };
}

/** Reads the newest lines of a deploy. @param mostPages of 100 lines each; Render allows 30 a minute */
export async function readLog(
  render: Pick<RenderClient, "logs">,
  of: DeployLogOf,
  mostPages: number,
  signal: AbortSignal,
): Promise<DeployLog> {
  const entries: LogEntry[] = [];
  let pages = 0;
  for await (const page of render.logs(of, signal)) {
    // A page that comes after the last that is wanted says that there is more.
    if (pages++ === mostPages) return { lines: readableLines(entries), isCut: true };
    entries.push(...page);
  }
  return { lines: readableLines(entries), isCut: false };
}

/** Where the lines before those that were read are; undefined where there are none. */
export function logBefore({ lines: [oldest], isCut }: DeployLog, of: DeployLogOf): DeployLogOf | undefined {
  // Render counts finer than milliseconds: what was written in the same one is read again rather than lost.
  const until = Date.parse(oldest?.timestamp ?? "") + 1;
  return isCut && until > of.from + 1 ? { ...of, until } : undefined;
}
