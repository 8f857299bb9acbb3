/** Every sentence about matching and linking that a person reads. */
import type { Explanation } from "../text/explanation.js";
import { plainName } from "../text/plainText.js";
import type { Service } from "../render/shapes.js";
import { folderName } from "../text/uriPath.js";
import type { ServiceLink } from "./link.js";
import { placeText } from "../services/serviceTexts.js";
import type { Place } from "../services/place.js";
import { typeView } from "../services/serviceKind.js";

/** After linking: what is linked to what, where it deploys to, and what changes. */
export function linkedText(link: ServiceLink, service: Service, place: Place): Explanation {
  const what = `${serviceName(service)} (${typeView(service.type).label} in ${placeText(place)})`;
  return {
    text: `${what} is linked to the folder ${named(link.folder)}. While a file of it is open, Deploy in the status bar deploys this service.`,
    remedies: ["unlinkService"],
  };
}

/** After unlinking. */
export function unlinkedText(link: ServiceLink): Explanation {
  return {
    text: `The folder ${named(link.folder)} is no longer linked to ${serviceName(link.service)}. Services are found by its repository again.`,
    remedies: ["linkService"],
  };
}

/** The linked service is not at Render any more. */
export function linkedGoneText(link: ServiceLink): Explanation {
  return {
    text: `${serviceName(link.service)}, linked to the folder ${named(link.folder)}, is not known to Render. It may have been deleted, or belong to a workspace this API key cannot see. Nothing was deployed. Link another service, or unlink the folder.`,
    remedies: ["linkService", "unlinkService"],
  };
}

/** Nothing can be linked without a folder. */
export const noFolderToLink: Explanation = {
  text: "No folder is open here, so there is nothing to link a service to. Open one first.",
  remedies: ["openFolder"],
};

/** Nothing can be unlinked. */
export const nothingLinked: Explanation = {
  text: "No folder here is linked to a service. Services are found by the repository.",
  remedies: ["linkService"],
};

/** What a folder is, in the question which one to link. */
export function folderText(
  kind: "folder" | "rootDir",
  service: Service,
  linked: ServiceLink | undefined,
): string {
  const what = kind === "rootDir" ? `root directory of ${serviceName(service)}` : "the whole folder";
  return linked ? `${what} · now linked to ${serviceName(linked.service)}` : what;
}

/** The linked folder and the service it is linked to, for the question which link to take away. */
export function linkText(link: ServiceLink): string {
  return `${named(link.folder)} → ${serviceName(link.service)}`;
}

function serviceName(service: { readonly name: string }): string {
  return plainName(service.name);
}

function named(folder: string): string {
  return plainName(folderName(folder));
}

/** The question which service to link. */
export const linkedPick = { title: "Render: Link Service to Folder", purpose: "link" };

/** The question which folder to link to a service. */
export function folderPick(service: Service): { readonly title: string; readonly placeHolder: string } {
  return {
    title: `Render: Link ${serviceName(service)} to Folder`,
    placeHolder: "Choose the folder whose files are deployed to this service",
  };
}

/** The question which link to take away. */
export const unlinkedPick = {
  title: "Render: Unlink Service from Folder",
  placeHolder: "Choose the link to take away",
};
