import type { Deploy } from "../../render/shapes.js";
import type { DeployOutcome } from "../../services/deployStatus.js";
import type { DeployReader } from "./deployReader.js";
import type { DeployStage, FollowedDeploy } from "./followedDeploy.js";
import type { FollowingParts } from "./followingParts.js";

/** How long the end of a deploy waits to be told with what is behind it, in milliseconds. */
const longestReading = 8_000;

/** What is behind the end of a deploy. */
export type BehindEnd = Pick<Extract<DeployStage, { kind: "ended" }>, "replacedBy" | "reason">;

export interface BehindEndParts extends Pick<FollowingParts, "why" | "clock"> {
  readonly reader: Pick<DeployReader, "successorOf">;
  /** Aborted when nobody wants to know any more. */
  readonly signal: AbortSignal;
}

/**
 * Why a deploy failed, or which one took its place, as far as that can be told. The end itself is known and must not wait
 * long for it. Never rejects.
 */
export async function behindEnd(
  parts: BehindEndParts,
  { order, cancelAsked }: FollowedDeploy,
  deploy: Deploy,
  outcome: DeployOutcome,
): Promise<BehindEnd> {
  const { why, reader } = parts;
  if (outcome === "failed") {
    const reason = await inTime(parts, signal => why(order.service.id, deploy, signal));
    return reason ? { reason } : {};
  }
  if (outcome !== "canceled" || cancelAsked) return {};
  const replacedBy = await inTime(parts, () => reader.successorOf(deploy));
  return replacedBy ? { replacedBy } : {};
}

async function inTime<T>(
  { clock, signal: ended }: BehindEndParts,
  read: (signal: AbortSignal) => Promise<T | undefined>,
): Promise<T | undefined> {
  const done = new AbortController();
  const signal = AbortSignal.any([done.signal, ended]);
  const late = clock.sleep(longestReading, signal).then(() => undefined);
  try {
    return await Promise.race([read(signal), late]);
  } catch {
    return undefined;
  } finally {
    late.catch(() => undefined);
    done.abort();
  }
}
