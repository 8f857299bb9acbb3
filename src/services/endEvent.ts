import type { RenderClient } from "../render/client.js";
import type { ServiceEvent } from "../render/eventShapes.js";
import type { Deploy } from "../render/shapes.js";

/** Events are dated by other clocks than deploys, which may differ by so much, in milliseconds. */
const slack = 60_000;

/**
 * The event that a deploy has ended, which says what a deploy does not: which one took its place. Undefined where there is
 * none, perhaps not yet.
 */
export async function endEvent(
  render: Pick<RenderClient, "events">,
  serviceId: string,
  { id, createdAt, updatedAt, finishedAt }: Deploy,
  signal: AbortSignal,
): Promise<ServiceEvent | undefined> {
  const ended = finishedAt ?? updatedAt ?? createdAt;
  if (ended === undefined) return undefined;
  const range = { types: ["deploy_ended"], from: (createdAt ?? ended) - slack, until: ended + slack };
  for await (const page of render.events(serviceId, range, signal)) {
    const event = page.find(({ type, deployId }) => type === "deploy_ended" && deployId === id);
    if (event) return event;
  }
  return undefined;
}
