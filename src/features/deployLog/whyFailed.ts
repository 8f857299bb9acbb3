import type { RenderClient } from "../../render/client.js";
import type { ServiceEvent } from "../../render/eventShapes.js";
import type { Deploy } from "../../render/shapes.js";
import { causeOf, tellingTypes, type Cause } from "./cause.js";
import { logOf, readLog, type DeployLog, type DeployLogOf } from "./readLog.js";

/** What is around a deploy in the events, in milliseconds: they are dated by other clocks. */
const slack = 60_000;

/** A first error lies near the end: so many pages of 100 lines are read for it. */
const pagesForCause = 3;

/** What was read of a deploy that failed. */
export interface ReadFailure {
  /** Undefined where neither its events nor its log say anything. */
  readonly cause: Cause | undefined;
  /** Its newest lines; none where they could not be read. */
  readonly log: DeployLog;
  readonly isLogRead: boolean;
  /** Whether events and log could both be read, so that asking again brings nothing more. */
  readonly isWhole: boolean;
  /** Where those are. */
  readonly of: DeployLogOf;
}

/**
 * Why a deploy failed, by Render's events and by its log. What cannot be read of one is left to the other.
 *
 * @param now milliseconds since the epoch, by Render's clock
 */
export async function whyFailed(
  render: Pick<RenderClient, "events" | "logs">,
  service: { readonly id: string; readonly ownerId: string },
  deploy: Deploy,
  now: number,
  signal: AbortSignal,
): Promise<ReadFailure> {
  const time = logOf(service, deploy, now);
  // While a build runs, the version that is live goes on writing.
  const of = deploy.status === "build_failed" ? { ...time, filter: { types: ["build"] } } : time;
  const range = { types: tellingTypes, from: of.from - slack, until: of.until + slack };
  const [events, log] = await Promise.all([
    allOf(render.events(service.id, range, signal)).catch(() => undefined),
    readLog(render, of, pagesForCause, signal).catch(() => undefined),
  ]);
  return {
    cause: causeOf(deploy, events ?? [], log?.lines ?? []),
    log: log ?? { lines: [], isCut: false },
    isLogRead: log !== undefined,
    isWhole: log !== undefined && events !== undefined,
    of,
  };
}

async function allOf(pages: AsyncIterable<ServiceEvent[]>): Promise<ServiceEvent[]> {
  const events: ServiceEvent[] = [];
  for await (const page of pages) events.push(...page);
  return events;
}
