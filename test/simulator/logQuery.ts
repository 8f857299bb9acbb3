import { ApiError } from "./apiError";
import type { Context } from "./context";
import { byDate, type DatedLine, linesOf } from "./logs";
import { parseNanos } from "./timestamps";

const labelFilters = ["instance", "host", "statusCode", "method", "task", "taskRun", "level", "type", "path"];
const day = 86_400_000;
const nanosPerMilli = 1_000_000n;

/** What a call for log lines asks for, be it for pages of them or for a socket: of which services, and which lines. */
export class LogQuery {
  /** Nanoseconds since the Unix epoch, as `end`; undefined where nothing is asked. */
  readonly start: bigint | undefined;
  readonly end: bigint | undefined;
  readonly direction: "backward" | "forward";
  readonly resources: readonly string[];
  readonly #context: Context;
  readonly #texts: readonly RegExp[];
  readonly #labels: readonly { name: string; patterns: readonly RegExp[] }[];

  /** @throws ApiError when the query is refused */
  constructor(query: URLSearchParams, context: Context) {
    this.#context = context;
    this.resources = resourcesOf(query, context);
    this.start = momentOf(query, "startTime");
    this.end = momentOf(query, "endTime");
    const direction = query.get("direction") ?? "backward";
    if (direction !== "backward" && direction !== "forward") throw new ApiError(400, "invalid direction");
    this.direction = direction;
    this.#texts = query.getAll("text").map(text => patternOf(text, false));
    this.#labels = labelFilters
      .map(name => ({ name, patterns: query.getAll(name).map(text => patternOf(text, true)) }))
      .filter(({ patterns }) => patterns.length > 0);
  }

  /** What can be read now of the lines dated from `from` to `to` (nanoseconds, both included), in the order of arrival. @param since without those that arrived before it, in milliseconds since the Unix epoch */
  arrived(from: bigint, to: bigint, since?: number): DatedLine[] {
    const { clock, settings, state } = this.#context;
    const now = clock.now();
    const kept = now - settings.quirks.logRetentionDays * day;
    const first = Math.max(Number(from / nanosPerMilli), kept);
    const last = Number((this.end !== undefined && this.end < to ? this.end : to) / nanosPerMilli) + 1;
    return this.resources
      .flatMap(id => state.find(id) ?? [])
      .flatMap(record => linesOf(record, first, last, since))
      .filter(line => line.arrivesAt <= now && line.at >= from && line.at <= to && this.#matches(line))
      .toSorted((a, b) => a.arrivesAt - b.arrivesAt);
  }

  /** The same in the order of their dates. */
  dated(from: bigint, to: bigint): DatedLine[] {
    return this.arrived(from, to).toSorted(byDate);
  }

  #matches({ at, line }: DatedLine): boolean {
    if (this.end !== undefined && at > this.end) return false;
    if (this.#texts.length > 0 && !this.#texts.some(pattern => pattern.test(line.message))) return false;
    return this.#labels.every(({ name, patterns }) => {
      const value = line.labels.find(label => label.name === name)?.value;
      return value !== undefined && patterns.some(pattern => pattern.test(value));
    });
  }
}

function resourcesOf(query: URLSearchParams, context: Context): string[] {
  const ownerId = query.get("ownerId");
  if (ownerId === null) throw new ApiError(400, "ownerId is required");
  const ids = query.getAll("resource");
  if (ids.length === 0) throw new ApiError(400, "resource is required");
  const records = ids.map(id => context.state.service(id, context.settings.quirks));
  const regions = new Set(records.map(({ service }) => service.serviceDetails.region));
  if (records.some(({ service }) => service.ownerId !== ownerId) || regions.size > 1) {
    throw new ApiError(400, "all resources must belong to one workspace and one region");
  }
  return ids;
}

function momentOf(query: URLSearchParams, key: string): bigint | undefined {
  const text = query.get(key);
  if (text === null) return undefined;
  const at = parseNanos(text);
  if (at === undefined) throw new ApiError(400, `invalid ${key}: ${text}`);
  return at;
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
