import type { ServiceLink } from "./link.js";
import { reasons } from "./reasonTexts.js";

/** What a click on the button means, as far as it is known without asking Render. */
export interface Target {
  readonly id: string;
  readonly name: string;
  /** Why it is this service, in a few words each; none where that needs no words. */
  readonly why: readonly string[];
}

/** What a click means while the services are not known: the link of what is open, else the service deployed last. */
export function rememberedTarget(
  link: ServiceLink | undefined,
  last: { readonly id: string; readonly name: string } | undefined,
): Target | undefined {
  if (link) return { ...link.service, why: [reasons.linked(link.folder)] };
  return last && { ...last, why: [] };
}
