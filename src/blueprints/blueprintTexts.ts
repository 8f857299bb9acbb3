import { plainText } from "../text/plainText.js";
import type { Unread } from "./yamlDocument.js";

const unreadTexts: Record<Unread, string> = {
  tooLong: "is longer than the 200,000 characters that are looked through",
  tooDeep: "is nested deeper than is looked through",
};

/** Said of a Blueprint file whose services are not shown. */
export function unreadText(file: string, why: Unread): string {
  return `${plainText(file, 80)} ${unreadTexts[why]}, so its services are not shown here. Render can still validate it.`;
}

/** In the output, when it is not known which Blueprints there are. */
export function blueprintsNotLoadedLine(details: string): string {
  return `The Blueprints could not be loaded: ${details}`;
}
