import { makeId, pick } from "./ids";
import { chatterLine, scriptOf, type ScriptLine } from "./logScript";
import type { DeployRecord, PhaseRecord, ServiceRecord } from "./records";
import { nanoTimestamp } from "./timestamps";
import type { LogLine } from "./wire";

/** A log line with its date as a number, for sorting and paging. */
export interface DatedLine {
  /** Nanoseconds since the Unix epoch. */
  at: bigint;
  /** When it can be read, in milliseconds since the Unix epoch: later than its date when it is late. */
  arrivesAt: number;
  line: LogLine;
}

/** Milliseconds between two lines of a service that just runs. */
const chatterEvery = 20_000;

/** So many milliseconds after its date a line arrives at the latest, and after the end of its deploy it is written. */
export const latest = 60_000;

/**
 * The lines a service wrote between two moments (milliseconds since the Unix epoch, both included), in the order in which
 * they arrive: that is not always the order of their dates.
 *
 * @param since without those that arrived before this moment
 */
export function linesOf(record: ServiceRecord, from: number, to: number, since = -Infinity): DatedLine[] {
  const lines: DatedLine[] = [];
  for (const deploy of record.deploys.toReversed()) {
    if ((deploy.finishedAt ?? to) + latest >= from && deploy.createdAt <= to)
      lines.push(...linesOfDeploy(record, deploy, from, to, since));
    lines.push(...chatterOf(record, deploy, Math.max(from, since), to));
  }
  return lines
    .filter(
      ({ at }) => at >= BigInt(Math.floor(from)) * 1_000_000n && at <= BigInt(Math.floor(to)) * 1_000_000n,
    )
    .toSorted((a, b) => a.arrivesAt - b.arrivesAt);
}

/** By date; of those with the same one, as they came. */
export function byDate(a: DatedLine, b: DatedLine): number {
  return a.at < b.at ? -1 : a.at > b.at ? 1 : 0;
}

function linesOfDeploy(
  record: ServiceRecord,
  deploy: DeployRecord,
  from: number,
  to: number,
  since: number,
): DatedLine[] {
  return deploy.phases.flatMap((phase, phaseIndex) =>
    scriptOf(record, deploy, phase).flatMap((written, index) => {
      const when = whenOf(written, phase);
      // A line's nanoseconds go up to one millisecond beyond.
      if (when === undefined || when.at + 1 < from || when.at > to || when.arrivesAt < since) return [];
      const { text, level, type } = written;
      const labels: LogLine["labels"] = [{ name: "type", value: type }];
      if (level !== undefined) labels.unshift({ name: "level", value: level });
      if (type === "app" && level !== undefined)
        labels.push({ name: "instance", value: instanceOf(record, deploy) });
      return [dated(record, `${deploy.id}/${phaseIndex}/${index}`, when, index, text, labels)];
    }),
  );
}

interface When {
  at: number;
  arrivesAt: number;
}

/** When a line of a step is written, and when it arrives; undefined when the step ended before. */
function whenOf({ part, comesAt }: ScriptLine, phase: PhaseRecord): When | undefined {
  const { startedAt, plannedMs, endedAt, outcome } = phase;
  // The last words of a step come just before the first of the next one, and which they are is known only then.
  if (part === "end") return endedAt === undefined ? undefined : { at: endedAt - 1, arrivesAt: endedAt };
  const at = startedAt + part * plannedMs;
  if (outcome === "canceled" && at > (endedAt ?? Infinity)) return undefined;
  return { at, arrivesAt: startedAt + (comesAt ?? part) * plannedMs };
}

/** What the service says between going live and the next deploy. */
function chatterOf(record: ServiceRecord, deploy: DeployRecord, from: number, to: number): DatedLine[] {
  const { service } = record;
  if (deploy.finishedAt === undefined || service.type === "static_site" || service.type === "cron_job")
    return [];
  if (service.suspended === "suspended" || (deploy.status !== "live" && deploy.status !== "deactivated"))
    return [];
  const until = deploy.status === "live" ? to : Math.min(to, deploy.updatedAt);
  const lines: DatedLine[] = [];
  const first = Math.max(1, Math.ceil((from - deploy.finishedAt) / chatterEvery));
  for (let index = first; deploy.finishedAt + index * chatterEvery <= until; index++) {
    const labels = [
      { name: "level", value: "info" },
      { name: "instance", value: instanceOf(record, deploy) },
      { name: "type", value: "app" },
    ];
    const at = deploy.finishedAt + index * chatterEvery;
    const when = { at, arrivesAt: at };
    lines.push(dated(record, `${deploy.id}/app/${index}`, when, index % 900, chatterLine(index), labels));
  }
  return lines;
}

function dated(
  record: ServiceRecord,
  seed: string,
  { at: ms, arrivesAt }: When,
  order: number,
  message: string,
  labels: LogLine["labels"],
): DatedLine {
  const at = BigInt(Math.floor(ms)) * 1_000_000n + BigInt(order * 1000 + pick(seed, 1000));
  const all = [{ name: "resource", value: record.service.id }, ...labels];
  return {
    at,
    arrivesAt,
    line: { id: makeId("log", seed), message, timestamp: nanoTimestamp(at), labels: all },
  };
}

function instanceOf(record: ServiceRecord, deploy: DeployRecord): string {
  return `${record.service.id}-${deploy.id.slice(-5)}`;
}
