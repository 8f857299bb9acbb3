import * as vscode from "vscode";
import { modePick, modeTexts, severalPick } from "../batchTexts.js";
import type { BatchMode } from "../batch.js";
import type { Service } from "../../../render/shapes.js";
import { compareNames } from "../../../services/compareNames.js";
import type { Listing } from "../../../services/directory.js";
import type { ServiceMatch } from "../../../matching/match.js";
import { placeOf } from "../../../services/place.js";
import { serviceItem, serviceItems, type ServiceItem } from "../../../matching/vscode/pickService.js";

/**
 * Lets a person pick any number of services. They come back in the order of the list; undefined when the person left.
 *
 * @param environmentId the environment whose services stand first and are picked already; below it come the others of
 * its project
 */
export async function pickServices(
  listing: Listing,
  matching: readonly ServiceMatch[],
  environmentId: string | undefined,
): Promise<readonly Service[] | undefined> {
  const items =
    environmentId === undefined ? serviceItems(listing, matching) : projectItems(listing, environmentId);
  const picked = await vscode.window.showQuickPick(items, {
    ...severalPick(environmentId !== undefined),
    canPickMany: true,
    matchOnDescription: true,
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  // An empty choice is none.
  const services = picked?.flatMap(({ service }) => service ?? []) ?? [];
  return services.length > 0 ? services : undefined;
}

/** Asks whether they are deployed in order or together. Undefined when the person left. */
export async function pickMode(count: number): Promise<BatchMode | undefined> {
  const item = (mode: BatchMode) => ({ ...modeTexts[mode], mode });
  const picked = await vscode.window.showQuickPick([item("stopAtFailure"), item("goOn"), item("together")], {
    ...modePick(count),
    ignoreFocusOut: true,
  });
  return picked?.mode;
}

function projectItems(listing: Listing, environmentId: string): ServiceItem[] {
  const environment = listing.environments.find(({ id }) => id === environmentId);
  const others = listing.environments.filter(
    ({ id, projectId }) => id !== environmentId && projectId === environment?.projectId,
  );
  return [environmentId, ...others.map(({ id }) => id)].flatMap(id => {
    const services = listing.services
      .filter(service => service.environmentId === id)
      .sort((a, b) => compareNames(a.name, b.name));
    const [first] = services;
    if (!first) return [];
    const label = placeOf(first, listing).environment ?? "";
    return [
      { label, kind: vscode.QuickPickItemKind.Separator },
      ...services.map(service => ({ ...serviceItem(service, listing), picked: id === environmentId })),
    ];
  });
}
