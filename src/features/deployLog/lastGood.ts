import type { Deploy } from "../../render/shapes.js";

/** The newest deploy before another that went live. @param deploys newest first */
export function lastGood(
  deploys: readonly Deploy[],
  { id, createdAt = Infinity }: Deploy,
): Deploy | undefined {
  return deploys.find(
    ({ id: other, status, createdAt: began = Infinity }) =>
      other !== id && began < createdAt && (status === "live" || status === "deactivated"),
  );
}
