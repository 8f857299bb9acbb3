/** What a click on the button in the status bar means, in words. */
import { plainName } from "../text/plainText.js";
import type { StatusView } from "../text/statusView.js";
import { folderName } from "../text/uriPath.js";
import type { ServiceLink } from "./link.js";

/** What a click on the button means, as far as it is known without asking Render. */
export interface Target {
  readonly id: string;
  readonly name: string;
  /** Why it is this service, in a few words each; none where that needs no words. */
  readonly why: readonly string[];
}

/** How HEAD and what is live relate, in a few words and in a sentence. */
export interface TargetGlance {
  readonly short: string;
  readonly sentence: string;
}

/** Why a service is meant: "linked to folder api". */
export function linkedReason(folder: string): string {
  return `linked to folder ${plainName(folderName(folder))}`;
}

/** What a click means while the services are not known: the link of what is open, else the service deployed last. */
export function rememberedTarget(
  link: ServiceLink | undefined,
  last: { readonly id: string; readonly name: string } | undefined,
): Target | undefined {
  if (link) return { ...link.service, why: [linkedReason(link.folder)] };
  return last && { ...last, why: [] };
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
