import type { Deploy } from "../../render/shapes.js";

/** Why a deploy failed or was canceled, for a person, and the lines of its log that say so. */
export interface EndReason {
  readonly text: string;
  readonly lines: readonly string[];
}

/** Why a deploy of a service failed or was canceled; undefined where that cannot be told. */
export type WhyEnded = (
  serviceId: string,
  deploy: Deploy,
  signal: AbortSignal,
) => Promise<EndReason | undefined>;
