import type { Clock } from "../../ports.js";
import type { RenderClient, TriggerAnswer } from "../../render/client.js";
import { RenderError } from "../../render/errors.js";
import type { Deploy } from "../../render/shapes.js";
import { deployOfPush } from "../autoDeploy/automaticDeploy.js";
import type { DeployOrder, SentTrigger } from "./followedDeploy.js";
import { baselineOf, mayBeOurs, type SendWindow } from "./ourDeploys.js";
import { runningOf } from "../../services/deployList.js";

/** How many of a service's newest deploys are compared to tell which one is ours. */
const lookBack = 20;

/** After a lost answer the list is read at once and again after these waits, in milliseconds. */
const twinLooks = [0, 2_000, 4_000, 8_000];

/** More waits where no answer came at all, as the trigger may still have been on its way, in milliseconds. */
const lateLooks = [8_000, 8_000];

/**
 * How far Render's clock may differ from what its `Date` headers make it look like, in milliseconds: they come in
 * whole seconds, and a reply takes its time.
 */
const clockTolerance = 3_000;

/** How long after it was sent a trigger may still begin to act, in milliseconds: the client's limit and a margin. */
const longestDelivery = 90_000;

export interface TriggerParts {
  readonly render: Pick<RenderClient, "listDeploys" | "triggerDeploy" | "rollBack">;
  readonly clock: Clock;
  /** The time by Render's clock, in milliseconds since the epoch; undefined while no reply has told it. */
  readonly renderNow: () => number | undefined;
  /** Whether a deploy already belongs to another order of this window. */
  readonly isTaken: (deploy: Deploy) => boolean;
  readonly signal: AbortSignal;
}

/** What is told on the way. */
export interface TriggerSteps {
  /** The trigger is sent as soon as this resolves. */
  sending(sent: SentTrigger): Promise<void>;
  /** The answer was lost and the search begins. */
  lookingUp(error: RenderError): void;
}

export type TriggerResult =
  | { readonly kind: "started"; readonly deploy: Deploy; readonly answerLost: boolean }
  /** Accepted, but no deploy exists yet whose id could be told. */
  | { readonly kind: "queued" }
  | { readonly kind: "notStarted"; readonly error: unknown }
  | { readonly kind: "unclear"; readonly error: unknown };

/**
 * Sends one order, exactly once, and finds out what became of it.
 *
 * The newest deploys are read first. They are what tells ours from others when the answer holds no deploy (202) or
 * never arrives; when that reading fails, nothing is sent. Nor is it where Render has made the deploy by itself. A lost answer is never answered by sending again: the list
 * is searched for the deploy that the request may have started.
 */
export async function triggerOnce(
  parts: TriggerParts,
  order: DeployOrder,
  steps: TriggerSteps,
): Promise<TriggerResult> {
  const { render, renderNow, signal } = parts;
  let sent: SentTrigger;
  try {
    const deploys = await render.listDeploys(order.service.id, { limit: lookBack }, signal);
    const made = order.automatic && deployOfPush(order.automatic, deploys);
    if (made) return { kind: "started", deploy: made, answerLost: false };
    const sentAt = renderNow();
    sent = { baseline: baselineOf(deploys), ...(sentAt !== undefined && { sentAt }) };
    await steps.sending(sent);
    signal.throwIfAborted();
  } catch (error) {
    return { kind: "notStarted", error };
  }
  try {
    const answer = await send(parts, order);
    if (answer.kind === "queued") return answer;
    return { kind: "started", deploy: answer.deploy, answerLost: false };
  } catch (error) {
    if (!(error instanceof RenderError) || !error.maybeReceived) return { kind: "notStarted", error };
    steps.lookingUp(error);
    return findTwin(parts, order, sent, error);
  }
}

async function send({ render, signal }: TriggerParts, order: DeployOrder): Promise<TriggerAnswer> {
  const { service, body, rollbackTo } = order;
  if (!rollbackTo) return render.triggerDeploy(service.id, body, signal);
  return { kind: "created", deploy: await render.rollBack(service.id, rollbackTo.id, signal) };
}

/**
 * Looks for the deploy of an order whose answer was lost with `error`. Of several alike, started by several people
 * in the same moment, the oldest is taken.
 */
export async function findTwin(
  parts: TriggerParts,
  order: DeployOrder,
  { baseline, sentAt }: SentTrigger,
  error: unknown,
): Promise<TriggerResult> {
  const { render, clock, signal } = parts;
  const window = sentAt === undefined ? undefined : windowOf(sentAt);
  let deploys: readonly Deploy[] | undefined;
  let unread = 0;
  const wasAnswered = error instanceof RenderError && error.status !== undefined;
  for (const wait of wasAnswered ? twinLooks : [...twinLooks, ...lateLooks]) {
    try {
      if (wait > 0) await clock.sleep(wait, signal);
      unread = 0;
      deploys = await render.listDeploys(
        order.service.id,
        { limit: lookBack },
        signal,
        odd => (unread = odd.length),
      );
    } catch {
      if (signal.aborted) return { kind: "unclear", error };
      deploys = undefined;
      continue;
    }
    const twin = mayBeOurs(order, baseline, deploys, window).find(deploy => !parts.isTaken(deploy));
    if (twin) return { kind: "started", deploy: twin, answerLost: true };
  }
  // Behind a running deploy Render may hold the trigger back without showing a deploy for it (Render docs, "Deploys":
  // overlapping deploys), so its absence proves something only where nothing runs. And where the list no longer
  // reaches back to what was there before, ours may have left it; where an entry could not be read, it may be ours.
  const surelyAbsent =
    deploys !== undefined &&
    unread === 0 &&
    baseline.running === undefined &&
    runningOf(deploys) === undefined &&
    (deploys.length < lookBack || deploys.some(({ id }) => baseline.ids.includes(id)));
  return surelyAbsent ? { kind: "notStarted", error } : { kind: "unclear", error };
}

function windowOf(sentAt: number): SendWindow {
  return { from: sentAt - clockTolerance, until: sentAt + longestDelivery + clockTolerance };
}
