import type { RenderClient } from "../render/client.js";
import type { ServiceEvent } from "../render/eventShapes.js";
import type { Deploy } from "../render/shapes.js";

/** What Render's events say of the end of a deploy, and the deploy itself does not. */
export interface ToldEnd {
  /** The deploy that took its place. */
  readonly newDeployId?: string;
  /** The same where only the build of that one is named. */
  readonly newBuildId?: string;
  /** The e-mail address of the person who asked for that one. */
  readonly askedBy?: string;
}

/** The deploy that took the place of another one. */
export type Successor = Deploy & {
  /** The e-mail address of the person who asked for it, where one did and Render tells. */
  readonly askedBy?: string;
};

/** Events are dated by other clocks than deploys, which may differ by so much, in milliseconds. */
const slack = 60_000;

/**
 * How a deploy ended by Render's events; undefined where there is none of its end, perhaps not yet.
 *
 * @throws RenderError where they cannot be read
 */
export async function toldEnd(
  render: Pick<RenderClient, "events">,
  serviceId: string,
  { id, createdAt, updatedAt, finishedAt }: Deploy,
  signal: AbortSignal,
): Promise<ToldEnd | undefined> {
  const at = finishedAt ?? updatedAt ?? createdAt;
  if (at === undefined) return undefined;
  const types = ["deploy_ended", "deploy_started"];
  const range = { types, from: (createdAt ?? at) - slack, until: at + slack };
  const events: ServiceEvent[] = [];
  for await (const page of render.events(serviceId, range, signal)) events.push(...page);
  const ended = events.find(({ type, deployId }) => type === "deploy_ended" && deployId === id);
  if (!ended) return undefined;
  const { newDeployId, newBuildId } = ended;
  if (newDeployId === undefined) return newBuildId === undefined ? {} : { newBuildId };
  const started = events.find(({ type, deployId }) => type === "deploy_started" && deployId === newDeployId);
  return { newDeployId, ...(started?.startedBy !== undefined && { askedBy: started.startedBy }) };
}
