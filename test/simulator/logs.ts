import { makeId, pick } from "./ids";
import { chatterLine, scriptOf } from "./logScript";
import type { DeployRecord, ServiceRecord } from "./records";
import { nanoTimestamp } from "./timestamps";
import type { LogLine } from "./wire";

/** A log line with its date as a number, for sorting and paging. */
export interface DatedLine {
  /** Nanoseconds since the Unix epoch. */
  at: bigint;
  line: LogLine;
}

/** Milliseconds between two lines of a service that just runs. */
const chatterEvery = 20_000;

/** The lines a service wrote between two moments (milliseconds since the Unix epoch, both included), oldest first. */
export function linesOf(record: ServiceRecord, from: number, to: number): DatedLine[] {
  const lines: DatedLine[] = [];
  for (const deploy of record.deploys.toReversed()) {
    if ((deploy.finishedAt ?? to) >= from && deploy.createdAt <= to)
      lines.push(...linesOfDeploy(record, deploy));
    lines.push(...chatterOf(record, deploy, from, to));
  }
  return lines
    .filter(
      ({ at }) => at >= BigInt(Math.floor(from)) * 1_000_000n && at <= BigInt(Math.floor(to)) * 1_000_000n,
    )
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function linesOfDeploy(record: ServiceRecord, deploy: DeployRecord): DatedLine[] {
  return deploy.phases.flatMap((phase, phaseIndex) =>
    scriptOf(record, deploy, phase).flatMap(({ part, text, level, type }, index) => {
      // The last words of a step come just before the first of the next one.
      const at = part === 1 ? (phase.endedAt ?? Infinity) - 1 : phase.startedAt + part * phase.plannedMs;
      if (at > (phase.endedAt ?? Infinity) || at === Infinity) return [];
      const labels: LogLine["labels"] = [{ name: "type", value: type }];
      if (level !== undefined) labels.unshift({ name: "level", value: level });
      if (type === "app" && level !== undefined)
        labels.push({ name: "instance", value: instanceOf(record, deploy) });
      return [dated(record, `${deploy.id}/${phaseIndex}/${index}`, at, index, text, labels)];
    }),
  );
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
    lines.push(dated(record, `${deploy.id}/app/${index}`, at, index % 900, chatterLine(index), labels));
  }
  return lines;
}

function dated(
  record: ServiceRecord,
  seed: string,
  ms: number,
  order: number,
  message: string,
  labels: LogLine["labels"],
): DatedLine {
  const at = BigInt(Math.floor(ms)) * 1_000_000n + BigInt(order * 1000 + pick(seed, 1000));
  const all = [{ name: "resource", value: record.service.id }, ...labels];
  return { at, line: { id: makeId("log", seed), message, timestamp: nanoTimestamp(at), labels: all } };
}

function instanceOf(record: ServiceRecord, deploy: DeployRecord): string {
  return `${record.service.id}-${deploy.id.slice(-5)}`;
}
