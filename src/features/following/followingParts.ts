import type { Clock } from "../../ports.js";
import type { RenderClient } from "../../render/client.js";
import type { Reason } from "../deployLog/cause.js";
import type { LogSigns } from "../deployLog/logWatches.js";
import type { Deploy } from "../../render/shapes.js";
import type { FollowedDeploy } from "./followedDeploy.js";
import type { TriggerParts } from "./sendOnce.js";

/** Where followed deploys are written down, so that they outlive the window that began to follow them. */
export interface FollowLedger {
  /** Writes or replaces what is known. Resolves when it is written, or surely cannot be; never rejects. */
  keep(followed: FollowedDeploy): Promise<void>;
  /**
   * Takes it out, as its end is about to be told. True for exactly one caller of all windows: the one who tells.
   * Never rejects.
   */
  settle(key: string): Promise<boolean>;
}

export interface FollowingParts extends Pick<TriggerParts, "render" | "clock" | "renderNow"> {
  /** Reads in the background, at the pace that Render's rate limits leave. */
  readonly watch: Pick<RenderClient, "listDeploys" | "getDeploy" | "events">;
  readonly clock: Clock;
  readonly ledger: FollowLedger;
  /** Why a deploy failed; undefined where that cannot be told. */
  readonly why: (serviceId: string, deploy: Deploy, signal: AbortSignal) => Promise<Reason | undefined>;
  /** Tells what a deploy writes while it runs, until the signal is aborted. */
  readonly listen: (serviceId: string, deploy: Deploy, signs: LogSigns, signal: AbortSignal) => void;
  /** Runs after what was asked for before of the same service, so that each can tell its own deploy. */
  readonly inTurn: (send: () => Promise<void>) => Promise<void>;
  /** Whether a deploy belongs to another order of this window, or one sent later may have the better claim on it. */
  readonly isTaken: (deploy: Deploy, by: FollowedDeploy) => boolean;
  /** Told of each change. It must not throw. */
  readonly tell: (now: FollowedDeploy, before: FollowedDeploy | undefined) => void;
}
