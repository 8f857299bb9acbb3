import type { Clock } from "../../ports.js";
import type { RenderClient } from "../../render/client.js";
import { RenderError } from "../../render/errors.js";
import type { Service } from "../../render/shapes.js";

/** What can be done with a service as a whole. */
export type ServiceAction = "suspend" | "resume" | "restart";

export type ActionResult =
  /** `answerLost`: Render's answer never came, but the service shows that it was done. */
  | { readonly kind: "done"; readonly answerLost: boolean }
  | { readonly kind: "failed"; readonly error: unknown }
  /** Whether it was done cannot be told. */
  | { readonly kind: "unclear"; readonly error: unknown };

/** The service is looked at after these waits, in milliseconds, until it shows what was done. */
const looks = [1_000, 4_000, 10_000];

type Render = Pick<
  RenderClient,
  "getService" | "instances" | "suspendService" | "resumeService" | "restartService"
>;

/**
 * Suspends, resumes or restarts a service. The request is sent exactly once; when its answer is lost, the service is
 * read to find out. A restart shows only in its instances: all of them are then others than before. Where they cannot be
 * read, it is restarted all the same.
 */
export async function switchService(
  render: Render,
  clock: Clock,
  service: Pick<Service, "id">,
  action: ServiceAction,
  signal: AbortSignal,
): Promise<ActionResult> {
  const instances = async (): Promise<ReadonlySet<string>> =>
    new Set((await render.instances(service.id, signal)).map(({ id }) => id));
  try {
    const before =
      action === "restart" ? await instances().catch(() => new Set<string>()) : new Set<string>();
    try {
      await send(render, service.id, action, signal);
      return { kind: "done", answerLost: false };
    } catch (error) {
      if (!(error instanceof RenderError) || !error.maybeReceived) throw error;
      const isDone = async (): Promise<boolean> => {
        if (action !== "restart") return shows(await render.getService(service.id, signal), action);
        const now = await instances();
        return now.size > 0 && before.size > 0 && [...now].every(id => !before.has(id));
      };
      return await lookWhether(isDone, clock, error, signal);
    }
  } catch (error) {
    return { kind: "failed", error };
  }
}

/**
 * Reads a service until it shows what was done to it, as Render acts some time after its answer: at once and a few
 * times more. A restart does not show in a service, so one reading is enough. Rejects when `read` does, and with the
 * signal's reason.
 */
export async function readUntilShown(
  read: () => Promise<Pick<Service, "suspended">>,
  clock: Clock,
  action: ServiceAction,
  signal: AbortSignal,
): Promise<void> {
  for (const wait of [0, ...looks]) {
    if (wait > 0) await clock.sleep(wait, signal);
    if (shows(await read(), action)) return;
  }
}

function shows({ suspended }: Pick<Service, "suspended">, action: ServiceAction): boolean {
  return action === "restart" || suspended === (action === "suspend");
}

function send(render: Render, id: string, action: ServiceAction, signal: AbortSignal): Promise<void> {
  switch (action) {
    case "suspend":
      return render.suspendService(id, signal);
    case "resume":
      return render.resumeService(id, signal);
    case "restart":
      return render.restartService(id, signal);
  }
}

/** Render acts some time after it answers, so that nothing to be seen yet proves nothing. */
async function lookWhether(
  isDone: () => Promise<boolean>,
  clock: Clock,
  error: RenderError,
  signal: AbortSignal,
): Promise<ActionResult> {
  for (const wait of looks) {
    try {
      await clock.sleep(wait, signal);
      if (await isDone()) return { kind: "done", answerLost: true };
    } catch {
      if (signal.aborted) break;
    }
  }
  return { kind: "unclear", error };
}
