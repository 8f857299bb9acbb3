import { isCloneOf, type RepositorySnapshot } from "../git/repository.js";
import { sameRepository } from "../git/remotes/remoteUrl.js";
import type { BlueprintResource } from "../render/blueprintShapes.js";
import type { Service } from "../render/shapes.js";
import { rootOf } from "../services/serviceKind.js";
import type { BlueprintEntry } from "./blueprintEntry.js";

/** The services that each entry of a file may stand for; none where it is not in the map. */
export type EntryServices = ReadonlyMap<BlueprintEntry, readonly Service[]>;

/** What Render puts behind a name that is taken, as `harbor-api-k3xp` (Render API, services: `slug`). */
const suffix = /-[a-z0-9]{4}$/u;

/**
 * The services that the services of a Blueprint file may stand for. What Render says the Blueprints made from it control
 * is believed first: one of each Blueprint, so that an original and its copy are both there. Without that, services of
 * the same name and type that are built from the same repository, or, as images belong to no repository, from an image.
 *
 * @param repository the one that holds the file; undefined when it is in none
 * @param blueprints what each Blueprint made from this file controls
 */
export function entryServices(
  entries: readonly BlueprintEntry[],
  services: readonly Service[],
  repository: RepositorySnapshot | undefined,
  blueprints: readonly (readonly BlueprintResource[])[],
): EntryServices {
  const own = services.filter(({ isPreview }) => !isPreview);
  const byId = new Map(own.map(service => [service.id, service]));
  const controlled = blueprints.map(resources => controlledBy(resources, entries, byId, repository));
  const byName = grouped(own, ({ name, type }) => keyOf(name, type));
  return new Map(
    entries.map(entry => {
      const known = new Set(controlled.flatMap(each => each.get(entry) ?? []));
      const alike = byName.get(keyOf(entry.name, entry.apiType)) ?? [];
      return [
        entry,
        known.size > 0 ? [...known] : alike.filter(service => isBuiltFrom(service, entry, repository)),
      ];
    }),
  );
}

/** Whether nothing but a Blueprint of Render's could say more surely that the entry stands for this service. */
export function mayStandFor(
  entry: BlueprintEntry,
  service: Service,
  repository: RepositorySnapshot | undefined,
): boolean {
  const isAlike = service.name === entry.name && service.type === entry.apiType && !service.isPreview;
  return isAlike && isBuiltFrom(service, entry, repository);
}

interface Candidate {
  readonly service: Service;
  /** What it is called at Render, and what its address was made of, which outlives another name. */
  readonly names: ReadonlySet<string>;
  readonly slug: string | undefined;
}

/**
 * Which service of one Blueprint each entry made. Each is taken once, the surest signs first for all entries: the name;
 * the slug, which stays when a service is renamed; either with the suffix of a name that was taken; else, where one
 * entry and one service of a kind are left, those.
 */
function controlledBy(
  resources: readonly BlueprintResource[],
  entries: readonly BlueprintEntry[],
  byId: ReadonlyMap<string, Service>,
  repository: RepositorySnapshot | undefined,
): Map<BlueprintEntry, Service> {
  const free = new Set(
    resources.flatMap(({ id, name }): Candidate[] => {
      const service = byId.get(id);
      return service ? [{ service, names: new Set([service.name, name]), slug: service.slug }] : [];
    }),
  );
  const found = new Map<BlueprintEntry, Service>();
  const take = (signs: (candidate: Candidate) => readonly string[], agrees: typeof isLike): void => {
    const left = grouped([...free], candidate =>
      [...new Set(signs(candidate))].map(sign => keyOf(sign, candidate.service.type)),
    );
    for (const entry of entries) {
      if (found.has(entry)) continue;
      const fitting = (left.get(keyOf(entry.name, entry.apiType)) ?? []).filter(
        candidate => free.has(candidate) && agrees(candidate.service, entry, repository),
      );
      const [candidate, ...others] = fitting;
      if (!candidate || others.length > 0) continue;
      found.set(entry, candidate.service);
      free.delete(candidate);
    }
  };
  const withoutSuffix = (name: string): string[] => (suffix.test(name) ? [name.replace(suffix, "")] : []);
  take(
    ({ names }) => [...names],
    () => true,
  );
  take(
    ({ slug }) => (slug === undefined ? [] : [slug]),
    () => true,
  );
  take(({ names }) => [...names].flatMap(withoutSuffix), isLike);
  take(({ slug }) => (slug === undefined ? [] : withoutSuffix(slug)), isLike);
  takeLast(entries, free, found, repository);
  return found;
}

/** Pairs what is left where nothing else could be meant: one entry and one service of the same kind and source. */
function takeLast(
  entries: readonly BlueprintEntry[],
  free: ReadonlySet<Candidate>,
  found: Map<BlueprintEntry, Service>,
  repository: RepositorySnapshot | undefined,
): void {
  const open = grouped(
    entries.filter(entry => !found.has(entry)),
    ({ apiType }) => apiType ?? "",
  );
  const left = grouped([...free], ({ service }) => service.type);
  for (const [type, candidates] of left) {
    const wanted = open.get(type) ?? [];
    // Among many, the few signs there are would pair them by chance.
    if (wanted.length * candidates.length > mostPairs) continue;
    const pairs = wanted.flatMap(entry =>
      candidates
        .filter(({ service }) => isLike(service, entry, repository))
        .map(({ service }) => ({ entry, service })),
    );
    for (const { entry, service } of pairs) {
      const isOnly = pairs.every(pair => (pair.entry === entry) === (pair.service === service));
      if (isOnly) found.set(entry, service);
    }
  }
}

/** More pairs than this of what is left are not compared. */
const mostPairs = 100;

/** Whether nothing that the entry says of where it is built from is otherwise with the service. */
function isLike(
  service: Service,
  entry: BlueprintEntry,
  repository: RepositorySnapshot | undefined,
): boolean {
  const isSameFolder = service.rootDir === undefined || rootOf(entry) === rootOf(service);
  const isSameBranch = entry.branch === undefined || entry.branch === service.branch;
  return isBuiltFrom(service, entry, repository) && (entry.isImage || (isSameFolder && isSameBranch));
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

function keyOf(name: string, type: string | undefined): string {
  return `${type ?? ""} ${name}`;
}

function grouped<T>(items: readonly T[], keysOf: (item: T) => string | readonly string[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items)
    for (const key of [keysOf(item)].flat()) {
      const group = groups.get(key);
      if (group) group.push(item);
      else groups.set(key, [item]);
    }
  return groups;
}
