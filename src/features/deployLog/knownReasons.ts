import { UnderWay } from "../../underWay.js";
import type { Reason } from "./cause.js";

/** Of so many deploys the reason is kept. */
const mostKept = 200;

/** Why deploys failed, each found out once: what was told when one failed is there when its row is looked at. */
export class KnownReasons {
  readonly #known = new Map<string, Reason>();
  readonly #underWay = new UnderWay<Reason | undefined>();

  /**
   * The reason of the deploy with this id; found out with `read` where it is not known. Of several who ask at once, `read`
   * of the first is done: where that is given up or fails, the others begin anew.
   */
  async of(
    deployId: string,
    signal: AbortSignal,
    read: () => Promise<Reason | undefined>,
  ): Promise<Reason | undefined> {
    for (;;) {
      const known = this.#known.get(deployId);
      const others = this.#underWay.of(deployId);
      if (known || signal.aborted) return known;
      if (!others) break;
      await others.catch(() => undefined);
    }
    const reason = await this.#underWay.join(deployId, read);
    if (reason) this.#keep(deployId, reason);
    return reason;
  }

  #keep(deployId: string, reason: Reason): void {
    this.#known.set(deployId, reason);
    const [oldest] = this.#known.keys();
    if (this.#known.size > mostKept && oldest !== undefined) this.#known.delete(oldest);
  }
}
