import { plainName } from "../text/plainText.js";
import type { Typing } from "../text/typingTexts.js";
import type { Service } from "../render/shapes.js";
import type { Place } from "./place.js";

/**
 * What is asked of a person who does something else to a service of a protected environment; undefined elsewhere.
 *
 * @param doing to follow "to": "roll it back"
 */
export function protectedPrompt(
  service: Pick<Service, "name">,
  place: Place,
  doing: string,
): Typing | undefined {
  if (!place.isProtected) return undefined;
  return {
    prompt: `Type ${plainName(service.name)} to ${doing}: ${place.environment ?? "its environment"} is protected.`,
    expected: service.name,
  };
}
