import { plainText, plainName } from "../text/plainText.js";
import type { Service } from "../render/shapes.js";
import type { Listing } from "./directory.js";

/** Where a service stands in the account, in names a person knows. */
export interface Place {
  /** The workspace's name, or its id while the name is not known. */
  readonly workspace: string;
  /** "Harbor / production"; absent outside project environments. */
  readonly environment?: string;
  /** Whether Render protects the environment. */
  readonly isProtected: boolean;
}

export function placeOf(service: Service, listing: Listing): Place {
  const workspace = plainText(
    listing.owners.find(owner => owner.id === service.ownerId)?.name ?? service.ownerId,
    60,
  );
  const environment = listing.environments.find(({ id }) => id === service.environmentId);
  if (!environment) return { workspace, isProtected: false };
  const project = listing.projects.find(({ id }) => id === environment.projectId);
  const name = project
    ? `${plainName(project.name)} / ${plainName(environment.name)}`
    : plainName(environment.name);
  return { workspace, environment: name, isProtected: environment.isProtected };
}

/**
 * Whether a deploy there may reach the people a product is for. Anything but an environment that is neither protected
 * nor named like production counts, so a service whose environment is unknown is never taken for harmless.
 */
export function mayBeProduction(place: Place): boolean {
  return place.environment === undefined || place.isProtected || /prod|live|main/iu.test(place.environment);
}
