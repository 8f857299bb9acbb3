import type { Place } from "../../services/place.js";
import type { Finding, FindingKind } from "../preflight/findings.js";
import type { PreflightFacts } from "../preflight/facts.js";

/** One of several services that were picked, with everything that is known before it is deployed. */
export interface Candidate {
  readonly facts: PreflightFacts;
  readonly findings: readonly Finding[];
  readonly place: Place;
}

/** For these a deploy is not what the person wants: Render may refuse it, makes it already, or it changes nothing. */
const leavesOut: ReadonlySet<FindingKind> = new Set(["suspended", "automatic", "liveAlready"]);

/** Whether it is left out unless the person says otherwise. */
export function isLeftOut({ findings }: Candidate): boolean {
  return findings.some(({ kind }) => leavesOut.has(kind));
}

/** The push that a service's commit needs before Render can build it; undefined where there is none to be made. */
export function pushOf({
  findings,
}: Pick<Candidate, "findings">): Extract<Finding, { kind: "notPushed" }> | undefined {
  const finding = findings.find(({ kind }) => kind === "notPushed");
  return finding?.kind === "notPushed" && finding.pushTo ? finding : undefined;
}
