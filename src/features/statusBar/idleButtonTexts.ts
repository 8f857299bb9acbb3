import type { Target } from "../../matching/target.js";
import { plainName } from "../../text/plainText.js";
import type { StatusView } from "../../text/statusView.js";

/** How HEAD and what is live relate, in a few words and in a sentence. */
export interface TargetGlance {
  readonly short: string;
  readonly sentence: string;
}

/** The button while no deploy of this window runs or has ended; without a target, where a click asks for the service. */
export function targetView(target: Target | undefined, glance?: TargetGlance): StatusView {
  const name = target && plainName(target.name);
  const what = name === undefined ? "Deploy" : `Deploy ${name}`;
  const short = glance === undefined || glance.short === "" ? "" : ` · ${glance.short}`;
  const to = name === undefined ? "to Render" : `to ${name}`;
  const why = target && target.why.length > 0 ? ` (${target.why.join(", ")})` : "";
  const sentence = glance ? ` ${glance.sentence}` : "";
  return {
    text: `$(rocket) ${what}${short}`,
    tooltip: `Deploy the commit you have checked out ${to}${why}.${sentence}`,
    spoken: `Render: deploy the checked-out commit ${to}.${sentence}`,
    ...(target && { named: target.id }),
  };
}
