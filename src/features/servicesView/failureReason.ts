import type { Deploy } from "../../render/shapes.js";

/** Why a deploy failed, for a person, and the lines of its log that say so. */
export interface FailureReason {
  readonly text: string;
  readonly lines: readonly string[];
}

/** Why a deploy of a service failed; undefined where that cannot be told. */
export type WhyFailed = (
  serviceId: string,
  deploy: Deploy,
  signal: AbortSignal,
) => Promise<FailureReason | undefined>;
