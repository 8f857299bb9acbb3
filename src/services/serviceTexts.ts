/** What services are called, and lines of the output about them. */
import { plainName } from "../text/plainText.js";
import { counted } from "../text/listText.js";
import type { Place } from "./place.js";

/** The types of services, as Render's Dashboard calls them. */
export const typeTexts: ReadonlyMap<string, string> = new Map([
  ["web_service", "Web Service"],
  ["private_service", "Private Service"],
  ["background_worker", "Background Worker"],
  ["cron_job", "Cron Job"],
  ["static_site", "Static Site"],
]);

/** "3 services"; "1 service" */
export function servicesText(count: number): string {
  return counted(count, "service");
}

/** Something of the account that could not be read. @param of the id of the service whose deploys they are */
export function notLoadedLine(of: string | undefined, details: string): string {
  const what = of === undefined ? "The services" : `The deploys of ${plainName(of)}`;
  return `${what} could not be loaded: ${details}`;
}

/** A service that could not be read once more: what is known of it is used. */
export function serviceNotReadLine(name: string, details: string): string {
  return `${plainName(name)} could not be read anew: ${details}`;
}

/** The same for an environment. */
export function environmentNotReadLine(id: string, details: string): string {
  return `The environment ${id} could not be read anew: ${details}`;
}

/** One line for confirmations and the output: "Harbor Labs · Harbor / production (protected)". */
export function placeText(place: Place): string {
  if (place.environment === undefined) return place.workspace;
  return `${place.workspace} · ${place.environment}${place.isProtected ? " (protected)" : ""}`;
}
