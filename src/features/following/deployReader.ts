import type { RenderClient } from "../../render/client.js";
import { isGone, type RenderError } from "../../render/errors.js";
import type { Deploy } from "../../render/shapes.js";
import { runningOf } from "../../services/deployList.js";
import { toldEnd, type Successor } from "../../services/toldEnd.js";

/** How long Render may not know a deploy that it has just begun, in milliseconds. */
const longestUnknown = 60_000;

/** How many of a service's newest deploys are looked through. */
const lookBack = 20;

/** What a look at a deploy gave. */
export type DeployReading =
  | { readonly kind: "seen"; readonly deploy: Deploy }
  /** Render does not know it, but it was begun so lately that this proves nothing. */
  | { readonly kind: "notYet" }
  /** Render no longer knows it; `later` is the deploy that it went on with. */
  | { readonly kind: "gone"; readonly error: RenderError; readonly later?: Deploy };

/** Reads a deploy while it is followed, and what is around it. */
export class DeployReader {
  readonly #watch: Pick<RenderClient, "listDeploys" | "getDeploy" | "events">;
  readonly #serviceId: string;
  readonly #signal: AbortSignal;

  constructor(
    watch: Pick<RenderClient, "listDeploys" | "getDeploy" | "events">,
    serviceId: string,
    signal: AbortSignal,
  ) {
    this.#watch = watch;
    this.#serviceId = serviceId;
    this.#signal = signal;
  }

  /**
   * The deploy as it is now. One that is not found by its id is looked for in the list before anything is made of that.
   *
   * @param age how long it has been known, in milliseconds
   */
  async read(known: Deploy, age: number): Promise<DeployReading> {
    try {
      return { kind: "seen", deploy: await this.#watch.getDeploy(this.#serviceId, known.id, this.#signal) };
    } catch (error) {
      if (!isGone(error)) throw error;
      const deploys = await this.list();
      const deploy = deploys.find(({ id }) => id === known.id);
      if (deploy) return { kind: "seen", deploy };
      const later = laterOf(deploys, known);
      // Of those that wait, Render may drop all but the latest.
      const isSkipped = known.status === "queued" && later !== undefined;
      if (error.kind === "notFound" && age < longestUnknown && !isSkipped) return { kind: "notYet" };
      return { kind: "gone", error, ...(later && { later }) };
    }
  }

  /** The service's newest deploys, newest first. */
  list(): Promise<Deploy[]> {
    return this.#watch.listDeploys(this.#serviceId, { limit: lookBack }, this.#signal);
  }

  /**
   * What a deploy waits for, or `before` as it is now, when nothing else runs any more. As it was where it cannot be read:
   * that is a courtesy.
   */
  async behind(deploy: Deploy, before: Deploy | undefined): Promise<Deploy | undefined> {
    try {
      const others = (await this.list()).filter(({ id }) => id !== deploy.id);
      return runningOf(others) ?? others.find(({ id }) => id === before?.id) ?? before;
    } catch {
      return before;
    }
  }

  /**
   * The deploy that took the place of a canceled one; undefined where it was canceled for another reason. Certain where
   * Render's events tell, and otherwise the one that began after it. Undefined too where nothing can be read: the reason is a
   * courtesy, as the end itself is known.
   */
  async successorOf(deploy: Deploy): Promise<Successor | undefined> {
    const [ended, deploys] = await Promise.all([
      toldEnd(this.#watch, this.#serviceId, deploy, this.#signal).catch(() => undefined),
      this.list().catch(() => []),
    ]);
    const { newDeployId, newBuildId, askedBy } = ended ?? {};
    if (ended && newDeployId === undefined && newBuildId === undefined) return undefined;
    if (newDeployId === undefined) return laterOf(deploys, deploy);
    const named = deploys.find(({ id }) => id === newDeployId);
    // One that has just begun may not be shown yet: that it is there is certain.
    const unread = { id: newDeployId, status: "created" };
    const later =
      named ?? (await this.#watch.getDeploy(this.#serviceId, newDeployId, this.#signal).catch(() => unread));
    return { ...later, ...(askedBy !== undefined && { askedBy }) };
  }
}

function laterOf(deploys: readonly Deploy[], { createdAt: from = Infinity }: Deploy): Deploy | undefined {
  return deploys.findLast(({ createdAt = 0 }) => createdAt > from);
}
