import type { Clock } from "../ports.js";
import type { RenderClient, TriggerAnswer } from "../render/client.js";
import { RenderError } from "../render/errors.js";
import type { Deploy } from "../render/shapes.js";
import type { DeployOrder } from "./followedDeploy.js";
import { DeployBaseline, runningOf } from "./newDeploys.js";

/** How many of a service's newest deploys are compared to tell which one is ours. */
const lookBack = 20;

/** After a lost answer the list is read at once and again after these waits, in milliseconds. */
const twinLooks = [0, 2_000, 4_000, 8_000];

export type TriggerResult =
  | { readonly kind: "started"; readonly deploy: Deploy; readonly answerLost: boolean }
  | { readonly kind: "queued"; readonly baseline: DeployBaseline }
  | { readonly kind: "notStarted"; readonly error: unknown }
  | { readonly kind: "unclear"; readonly error: unknown };

/**
 * Sends the trigger of one deploy, exactly once, and finds out what became of it.
 *
 * The newest deploys are read first. They are what tells ours from others when the answer holds no deploy (202) or
 * never arrives; when that reading fails, nothing is sent. A lost answer is never answered by sending again: the list
 * is searched for the deploy that the request may have started.
 *
 * @param lookingUp called when the answer was lost and the search begins
 */
export async function triggerOnce(
  render: Pick<RenderClient, "listDeploys" | "triggerDeploy">,
  clock: Clock,
  order: Pick<DeployOrder, "service" | "body">,
  lookingUp: (error: RenderError) => void,
  signal: AbortSignal,
): Promise<TriggerResult> {
  const { service, body } = order;
  let baseline: DeployBaseline;
  try {
    baseline = new DeployBaseline(await render.listDeploys(service.id, { limit: lookBack }, signal));
  } catch (error) {
    return { kind: "notStarted", error };
  }
  let answer: TriggerAnswer;
  try {
    answer = await render.triggerDeploy(service.id, body, signal);
  } catch (error) {
    if (!(error instanceof RenderError) || !error.maybeReceived) return { kind: "notStarted", error };
    lookingUp(error);
    return findTwin(render, clock, order, baseline, error, signal);
  }
  if (answer.kind === "created") return { kind: "started", deploy: answer.deploy, answerLost: false };
  return { kind: "queued", baseline };
}

async function findTwin(
  render: Pick<RenderClient, "listDeploys">,
  clock: Clock,
  { service, body }: Pick<DeployOrder, "service" | "body">,
  baseline: DeployBaseline,
  error: RenderError,
  signal: AbortSignal,
): Promise<TriggerResult> {
  let deploys: readonly Deploy[] | undefined;
  for (const wait of twinLooks) {
    try {
      if (wait > 0) await clock.sleep(wait, signal);
      deploys = await render.listDeploys(service.id, { limit: lookBack }, signal);
    } catch {
      if (signal.aborted) break;
      deploys = undefined;
      continue;
    }
    const twin = baseline.startedBy(body, deploys);
    if (twin) return { kind: "started", deploy: twin, answerLost: true };
  }
  // Behind a running deploy Render may hold the trigger back without showing a deploy for it (Render docs, "Deploys":
  // overlapping deploys), so its absence proves something only where nothing runs.
  const surelyAbsent =
    deploys !== undefined && baseline.running === undefined && runningOf(deploys) === undefined;
  return surelyAbsent ? { kind: "notStarted", error } : { kind: "unclear", error };
}
