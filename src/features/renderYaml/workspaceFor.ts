import type { Service } from "../../render/shapes.js";
import type { Listing } from "../../services/directory.js";

/**
 * The id of the workspace that a Blueprint file is checked for: that of the services which belong to it, else the one
 * that a person chose before, else the only one there is. Undefined when only a person can tell.
 *
 * @param candidates lists of services that the file may be meant for, the surest first
 * @param remembered what a person chose for this window's folder before
 */
export function workspaceFor(
  candidates: readonly (readonly Service[])[],
  remembered: string | undefined,
  listing: Listing,
): string | undefined {
  const ids = listing.owners.map(({ id }) => id);
  const chosen = ids.find(id => id === remembered);
  for (const services of candidates) {
    const [owner, ...others] = new Set(services.map(({ ownerId }) => ownerId));
    // Services of several workspaces: nothing less sure than a person decides between them.
    if (owner !== undefined) return others.length === 0 ? owner : chosen;
  }
  const isOnly = ids.length === 1 && listing.unread?.owners === undefined;
  return chosen ?? (isOnly ? ids[0] : undefined);
}
