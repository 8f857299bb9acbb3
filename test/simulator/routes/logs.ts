import type { FastifyInstance } from "fastify";
import { ApiError } from "../apiError";
import { type Context, queryOf } from "../context";
import { type DatedLine, linesOf } from "../logs";
import { limitOf } from "../paging";
import { finish } from "../replies";
import { nanoTimestamp, parseNanos } from "../timestamps";

const hour = 3_600_000_000_000n;
const labelFilters = ["instance", "host", "statusCode", "method", "task", "taskRun", "level", "type", "path"];

/** Log lines, page by page (Render API: logs). */
export function addLogRoutes(app: FastifyInstance, context: Context): void {
  app.get("/v1/logs", request => {
    const query = queryOf(request);
    const { quirks } = context.settings;
    const now = BigInt(Math.floor(context.clock.now())) * 1_000_000n;
    const start = momentOf(query, "startTime") ?? now - hour;
    const end = momentOf(query, "endTime") ?? now;
    const direction = query.get("direction") ?? "backward";
    if (direction !== "backward" && direction !== "forward") throw new ApiError(400, "invalid direction");
    const limit = limitOf(query, quirks.logLimitAbove100);
    const until = end < now ? end : now;
    const found = resourcesOf(query, context)
      .flatMap(record => linesOf(record, Number(start / 1_000_000n), Number(until / 1_000_000n) + 1))
      .filter(line => line.at >= start && line.at <= until && matches(line, query))
      .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    const hasMore = found.length > limit;
    const sent = direction === "forward" ? found.slice(0, limit) : found.slice(-limit);
    // The page's edge; what these two say when there is no more is not documented.
    const next = {
      nextStartTime: direction === "forward" && hasMore ? (sent.at(-1)?.at ?? start) + 1n : start,
      nextEndTime: direction === "backward" && hasMore ? (sent[0]?.at ?? end) - 1n : end,
    };
    const lines = (quirks.logOrder === "ascending" ? sent : sent.toReversed()).map(({ line }) =>
      finish("log", quirks, line),
    );
    return finish("logs", quirks, {
      hasMore,
      nextStartTime: nanoTimestamp(next.nextStartTime),
      nextEndTime: nanoTimestamp(next.nextEndTime),
      logs: lines.length === 0 && quirks.logsNull ? null : lines,
    });
  });
}

function resourcesOf(query: URLSearchParams, context: Context): ReturnType<Context["state"]["service"]>[] {
  const ownerId = query.get("ownerId");
  if (ownerId === null) throw new ApiError(400, "ownerId is required");
  const ids = query.getAll("resource");
  if (ids.length === 0) throw new ApiError(400, "resource is required");
  const records = ids.map(id => context.state.service(id, context.settings.quirks));
  const regions = new Set(records.map(({ service }) => service.serviceDetails.region));
  if (records.some(({ service }) => service.ownerId !== ownerId) || regions.size > 1) {
    throw new ApiError(400, "all resources must belong to one workspace and one region");
  }
  return records;
}

function momentOf(query: URLSearchParams, key: string): bigint | undefined {
  const text = query.get(key);
  if (text === null) return undefined;
  const at = parseNanos(text);
  if (at === undefined) throw new ApiError(400, `invalid ${key}: ${text}`);
  return at;
}

function matches({ line }: DatedLine, query: URLSearchParams): boolean {
  const texts = query.getAll("text");
  if (texts.length > 0 && !texts.some(text => patternOf(text, false).test(line.message))) return false;
  return labelFilters.every(name => {
    const asked = query.getAll(name);
    if (asked.length === 0) return true;
    const value = line.labels.find(label => label.name === name)?.value;
    return value !== undefined && asked.some(text => patternOf(text, true).test(value));
  });
}

/** Filters take `*` for anything and a regular expression between slashes. */
function patternOf(text: string, isWhole: boolean): RegExp {
  const expression = /^\/(.*)\/$/s.exec(text)?.[1];
  if (expression === undefined) {
    const parts = text.split("*").map(part => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
    const source = parts.join(".*");
    return new RegExp(isWhole ? `^${source}$` : source, "is");
  }
  try {
    return new RegExp(expression);
  } catch {
    throw new ApiError(400, `invalid regular expression: ${expression}`);
  }
}
