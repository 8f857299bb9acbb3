import { UnderWay } from "../../underWay.js";
import type { Reason } from "./cause.js";

/** Of so many deploys the reason is kept. */
const mostKept = 200;

/** A reason, and whether all that could tell it was read: else it is looked for again when it is asked for. */
export interface FoundReason {
  readonly reason: Reason | undefined;
  readonly isWhole: boolean;
}

/** Why deploys failed, each found out once: what was told when one failed is there when its row is looked at. */
export class KnownReasons {
  readonly #known = new Map<string, Reason>();
  readonly #underWay = new UnderWay<FoundReason>();

  /** Whether the reason of this deploy is there. */
  has(deployId: string): boolean {
    return this.#known.has(deployId);
  }

  /**
   * The reason of the deploy with this id; found out with `read` where it is not known. Of several who ask at once, `read`
   * of the first is done: where that is given up or fails, the others begin anew.
   */
  async of(
    deployId: string,
    signal: AbortSignal,
    read: () => Promise<FoundReason>,
  ): Promise<Reason | undefined> {
    for (;;) {
      const known = this.#known.get(deployId);
      const others = this.#underWay.of(deployId);
      if (known || signal.aborted) return known;
      if (!others) break;
      await others.catch(() => undefined);
    }
    const { reason, isWhole } = await this.#underWay.join(deployId, read);
    if (reason && isWhole) this.#keep(deployId, reason);
    return reason;
  }

  #keep(deployId: string, reason: Reason): void {
    this.#known.set(deployId, reason);
    const [oldest] = this.#known.keys();
    if (this.#known.size > mostKept && oldest !== undefined) this.#known.delete(oldest);
  }
}
