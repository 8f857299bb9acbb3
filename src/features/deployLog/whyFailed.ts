import type { RenderClient } from "../../render/client.js";
import type { ServiceEvent } from "../../render/eventShapes.js";
import type { Deploy } from "../../render/shapes.js";
import { causeOf, tellingTypes, type Cause } from "./cause.js";
import { logOf, readLog } from "./readLog.js";

/** What is around a deploy in the events, in milliseconds: they are dated by other clocks. */
const slack = 60_000;

/** A first error lies near the end: so many pages of 100 lines are read for it. */
const pagesForCause = 3;

/**
 * Why a deploy failed, by Render's events and by its log. What cannot be read of one is left to the other; undefined where
 * neither says anything.
 *
 * @param now milliseconds since the epoch, by Render's clock
 */
export async function whyFailed(
  render: Pick<RenderClient, "events" | "logs">,
  service: { readonly id: string; readonly ownerId: string },
  deploy: Deploy,
  now: number,
  signal: AbortSignal,
): Promise<Cause | undefined> {
  const time = logOf(service, deploy, now);
  // While a build runs, the version that is live goes on writing.
  const log = deploy.status === "build_failed" ? { ...time, filter: { types: ["build"] } } : time;
  const range = { types: tellingTypes, from: log.from - slack, until: log.until + slack };
  const [events, lines] = await Promise.all([
    allOf(render.events(service.id, range, signal)).catch(() => []),
    readLog(render, log, pagesForCause, signal).then(
      read => read.lines,
      () => [],
    ),
  ]);
  return causeOf(deploy, events, lines);
}

async function allOf(pages: AsyncIterable<ServiceEvent[]>): Promise<ServiceEvent[]> {
  const events: ServiceEvent[] = [];
  for await (const page of pages) events.push(...page);
  return events;
}
