import { isCloneOf, type RepositorySnapshot } from "../git/repository.js";
import { sameRepository } from "../git/remoteUrl.js";
import type { BlueprintResource } from "../render/blueprintShapes.js";
import type { Service } from "../render/shapes.js";
import type { BlueprintEntry } from "./blueprintFile.js";

/**
 * The services that a service of a Blueprint file may stand for. What Render says the file controls is believed first;
 * without that, services of the same name and type that are built from the same repository, or, as images belong to no
 * repository, from an image. Several when workspaces have services of the same name.
 *
 * @param repository the one that holds the file; undefined when it is in none
 * @param resources what the Blueprints made from this file control
 */
export function servicesOfEntry(
  entry: BlueprintEntry,
  services: readonly Service[],
  repository: RepositorySnapshot | undefined,
  resources: readonly BlueprintResource[],
): Service[] {
  const alike = services.filter(service => isAlike(service, entry));
  const controlled = alike.filter(({ id }) => resources.some(resource => resource.id === id));
  return controlled.length > 0
    ? controlled
    : alike.filter(service => isBuiltFrom(service, entry, repository));
}

/** Whether nothing but a Blueprint of Render's could say more surely that the entry stands for this service. */
export function mayStandFor(
  entry: BlueprintEntry,
  service: Service,
  repository: RepositorySnapshot | undefined,
): boolean {
  return isAlike(service, entry) && isBuiltFrom(service, entry, repository);
}

function isAlike({ name, type, isPreview }: Service, entry: BlueprintEntry): boolean {
  return name === entry.name && type === entry.apiType && !isPreview;
}

function isBuiltFrom(
  service: Service,
  entry: BlueprintEntry,
  repository: RepositorySnapshot | undefined,
): boolean {
  if (entry.isImage) return service.imagePath !== undefined;
  if (service.repo === undefined) return false;
  if (entry.repo !== undefined) return sameRepository(entry.repo, service.repo);
  return repository !== undefined && isCloneOf(repository, service.repo);
}
