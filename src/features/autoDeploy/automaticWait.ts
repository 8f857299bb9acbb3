import type { Deploy } from "../../render/shapes.js";
import { deployOfLaterPush, deployOfPush, type AutomaticDeploy } from "./automaticDeploy.js";
import { runningOf } from "../../services/deployList.js";

/**
 * How long nobody may have looked, in milliseconds, before a confirmed order is no longer sent in place of an automatic deploy:
 * after a night's sleep of the machine, a deploy out of the blue would surprise more than it helps.
 */
const longestAbsence = 10 * 60_000;

/** After a longer gap between two looks, in milliseconds, nobody knows since when nothing runs. */
const longestGap = 30_000;

/** What a look at a service's deploys says of an automatic deploy that is waited for. */
export type AutomaticLook =
  | { readonly kind: "made"; readonly deploy: Deploy }
  /** Render may still make it. Behind a running deploy it may hold it back without showing it. */
  | { readonly kind: "wait"; readonly behind?: Deploy }
  /** Render has gone on with a later push. */
  | { readonly kind: "superseded"; readonly later: Deploy }
  /** It has not come in its time, which counts from when nothing runs. */
  | { readonly kind: "overdue"; readonly maySend: boolean };

/** Waits for the deploy that Render makes of a commit by itself. */
export class AutomaticWait {
  readonly #automatic: AutomaticDeploy;
  #quietSince: number;
  #looked: number;
  #wasAway = false;

  /** @param lastLook when somebody looked last; like `now` in milliseconds since the epoch */
  constructor(automatic: AutomaticDeploy, lastLook: number, now: number) {
    this.#automatic = automatic;
    this.#quietSince = now;
    this.#looked = lastLook;
  }

  look(deploys: readonly Deploy[], now: number): AutomaticLook {
    const gap = now - this.#looked;
    this.#looked = now;
    if (gap > longestGap) this.#quietSince = now;
    if (gap > longestAbsence) this.#wasAway = true;
    const deploy = deployOfPush(this.#automatic, deploys);
    if (deploy) return { kind: "made", deploy };
    const behind = runningOf(deploys);
    if (behind) this.#quietSince = now;
    const { when, isConfirmed } = this.#automatic;
    if (behind) return { kind: "wait", behind };
    if (!this.#wasAway && now - this.#quietSince < automaticWithin[when]) return { kind: "wait" };
    const later = deployOfLaterPush(this.#automatic, deploys);
    return later
      ? { kind: "superseded", later }
      : { kind: "overdue", maySend: isConfirmed && !this.#wasAway };
  }
}

/**
 * How long after a push, or after what ran then has ended, its automatic deploy is expected to appear, in milliseconds;
 * with checks, they run first. Everything that waits for one, or says that one is about to come, goes by this.
 */
export const automaticWithin = { commit: 60000, checksPass: 30 * 60000 } as const;
