import type { BlueprintEntry, BlueprintServices } from "../blueprints/blueprintEntry.js";
import { mayStandFor } from "../blueprints/entryServices.js";
import { cloneOf, repositoryOf, type GitReading, type RepositorySnapshot } from "../git/repository.js";
import { pathOfRemote } from "../git/remotes/remoteUrl.js";
import type { Service } from "../render/shapes.js";
import { pathBelow } from "../text/uriPath.js";
import { linkAt, type ServiceLink } from "./link.js";
import { readingOf } from "./linkedReading.js";
import { caveats, reasons } from "./reasonTexts.js";
import { fitRank, includingGlob, pathFit, type PathFit } from "./openPath.js";
import { rootOf } from "../services/serviceKind.js";

/** What is open in the window. */
export interface OpenThings {
  readonly git: GitReading;
  /** The URI of the open file, else of the only folder; undefined where neither tells. */
  readonly here: string | undefined;
  readonly links: readonly ServiceLink[];
  readonly blueprints: readonly BlueprintServices[];
}

/** A service that has to do with what is open, and why. */
export interface ServiceMatch {
  readonly service: Service;
  /** The repository by which it was found; none for what is only linked. */
  readonly repository?: RepositorySnapshot;
  /** The link that stands for it: the one that holds what is open, else any. */
  readonly link?: ServiceLink;
  /** Whether a remote says it, or a person; not only an ssh alias or a name. */
  readonly isSure: boolean;
  /** Whether it is linked to a folder that holds what is open. */
  readonly isLinkedHere: boolean;
  readonly fit: PathFit;
  /** What speaks for it, in a few words each, the strongest first; at least one. */
  readonly reasons: readonly string[];
  /** What speaks against it. */
  readonly caveat?: string;
  /** Compared number by number, the higher the better. Equal ranks mean that nothing tells the services apart. */
  readonly rank: readonly number[];
}

/**
 * The services that have to do with what is open, best first.
 *
 * What decides, in this order: a link of the folder; that a remote is the service's repository or a link says so, before
 * an ssh alias, before a name in render.yaml alone; that the repository holds what is open; the checked-out branch; root directory and
 * build filter against what is open; that render.yaml or a Blueprint names it. Equals keep their order.
 */
export function matchServices(services: readonly Service[], open: OpenThings): ServiceMatch[] {
  const link = linkAt(open.here, open.links);
  const holder = open.here === undefined ? undefined : repositoryOf(open.here, open.git);
  const repositories = open.git.ok ? open.git.repositories : [];
  const named = new Map(repositories.map(({ root }) => [root, namedIn(root, open.blueprints)]));
  const candidates = candidatesAmong(repositories, named);
  const linkedIds = new Set(open.links.map(each => each.service.id));
  const linkOf = new Map([...open.links].reverse().map(each => [each.service.id, each]));
  return services
    .flatMap(service => {
      const found = (linkedIds.has(service.id) ? linkedRepositories(service, open) : candidates(service))
        .flatMap(repository => inRepository(service, repository, holder?.root, open, named) ?? [])
        .sort(byRank)[0];
      return linked(service, found, link, linkOf) ?? [];
    })
    .sort(byRank);
}

/** What speaks for a match and then what speaks against it, for lists. */
export function explainMatch({ reasons: why, caveat }: Pick<ServiceMatch, "reasons" | "caveat">): string[] {
  return caveat === undefined ? [...why] : [...why, caveat];
}

/** Whether nothing tells two matches apart. */
export function areEqual(one: ServiceMatch, other: ServiceMatch): boolean {
  return byRank(one, other) === 0;
}

type Found = Pick<ServiceMatch, "repository" | "isSure" | "fit" | "reasons" | "caveat" | "rank">;

function inRepository(
  service: Service,
  repository: RepositorySnapshot,
  holder: string | undefined,
  { here, git }: OpenThings,
  named: ReadonlyMap<string, Named>,
): Found | undefined {
  const agreement = service.repo === undefined ? undefined : cloneOf(repository, service.repo);
  const blueprint = blueprintReason(service, repository, named.get(repository.root));
  if (!agreement && blueprint === undefined) return undefined;
  const isHere = repository.active || repository.root === holder;
  // Branch and path of a repository say nothing about a service that is built from another.
  const path = agreement && isHere && here !== undefined ? pathBelow(repository.root, here) : undefined;
  const fit = pathFit(service, path);
  const branch =
    agreement !== undefined && service.branch !== undefined && service.branch === repository.branch;
  const isOneOfSeveral = git.ok && git.repositories.length > 1;
  const why = [
    agreement?.kind === "alias" ? reasons.alias(agreement.alias) : undefined,
    fitReason(service, fit, path ?? ""),
    branch ? reasons.branch(repository.branch ?? "") : undefined,
    blueprint,
  ].filter(reason => reason !== undefined);
  const caveat = caveats[fit];
  const builtFrom = agreement?.kind === "same" && (isOneOfSeveral || why.length === 0);
  return {
    repository,
    isSure: agreement?.kind === "same" || agreement?.kind === "linked",
    fit,
    ...(caveat !== undefined && { caveat }),
    reasons: builtFrom ? [...why, reasons.builtFrom(repository.name)] : why,
    rank: [
      agreement ? (agreement.kind === "alias" ? 2 : 3) : 1,
      Number(isHere),
      Number(branch),
      fitRank(fit),
      fit === "inside" ? rootOf(service).length : 0,
      Number(blueprint !== undefined),
    ],
  };
}

/** A link makes a repository the service's clone whatever its remotes are called. */
function linkedRepositories(service: Service, { links, git }: OpenThings): readonly RepositorySnapshot[] {
  const reading = readingOf(service, links, git);
  return reading.ok ? reading.repositories : [];
}

/**
 * The repositories that can be found to match a service without a link, in their order. Most services of a large account
 * have to do with none, and that is told without a look at each.
 */
function candidatesAmong(
  repositories: readonly RepositorySnapshot[],
  named: ReadonlyMap<string, Named>,
): (service: Service) => readonly RepositorySnapshot[] {
  const byPath = new Map<string, Set<RepositorySnapshot>>();
  for (const repository of repositories)
    for (const path of repository.remotes.flatMap(remote => pathOfRemote(remote) ?? []))
      byPath.set(path, (byPath.get(path) ?? new Set()).add(repository));
  const clones = new Map([...byPath].map(([path, found]) => [path, [...found]]));
  const namers = [...named.values()];
  const none: readonly RepositorySnapshot[] = [];
  return ({ id, name, repo }) => {
    if (namers.some(({ serviceIds, entries }) => serviceIds.has(id) || entries.has(name)))
      return repositories;
    const path = repo === undefined ? undefined : pathOfRemote(repo);
    return path === undefined ? none : (clones.get(path) ?? none);
  };
}

/** What the Blueprints and the render.yaml of one repository name, so that each service is looked up, not looked for. */
interface Named {
  readonly serviceIds: ReadonlySet<string>;
  readonly entries: ReadonlyMap<string, readonly BlueprintEntry[]>;
}

function namedIn(root: string, blueprints: readonly BlueprintServices[]): Named {
  const own = blueprints.filter(each => each.root === root);
  const entries = new Map<string, BlueprintEntry[]>();
  for (const entry of own.flatMap(each => each.entries)) {
    const known = entries.get(entry.name);
    if (known) known.push(entry);
    else entries.set(entry.name, [entry]);
  }
  return { serviceIds: new Set(own.flatMap(({ serviceIds }) => serviceIds)), entries };
}

/** What Render says that a Blueprint made is surer than what a file names. */
function blueprintReason(
  service: Service,
  repository: RepositorySnapshot,
  named: Named | undefined,
): string | undefined {
  if (named?.serviceIds.has(service.id) === true) return reasons.blueprint;
  const isNamed = named?.entries.get(service.name)?.some(entry => mayStandFor(entry, service, repository));
  return isNamed === true ? reasons.renderYaml : undefined;
}

function fitReason(service: Service, fit: PathFit, path: string): string | undefined {
  if (fit === "inside" && rootOf(service) !== "") return reasons.rootDir(rootOf(service));
  const glob = fit === "inside" || fit === "shared" ? includingGlob(service, path) : undefined;
  return glob === undefined ? undefined : reasons.filter(glob);
}

/** What was found, with the service's link; undefined for what is neither found nor linked. */
function linked(
  service: Service,
  found: Found | undefined,
  here: ServiceLink | undefined,
  linkOf: ReadonlyMap<string, ServiceLink>,
): ServiceMatch | undefined {
  const isLinkedHere = here?.service.id === service.id;
  const link = isLinkedHere ? here : linkOf.get(service.id);
  if (!found && !link) return undefined;
  const own: Found = found ?? { isSure: true, fit: "any", reasons: [], rank: [0] };
  // Written field by field: copying takes most of the time where all of a large account match.
  const match: { -readonly [Key in keyof ServiceMatch]: ServiceMatch[Key] } = {
    service,
    isSure: own.isSure || isLinkedHere,
    isLinkedHere,
    fit: own.fit,
    reasons: link ? [reasons.linked(link.folder), ...own.reasons] : own.reasons,
    rank: [Number(isLinkedHere), ...own.rank],
  };
  if (own.repository) match.repository = own.repository;
  if (own.caveat !== undefined) match.caveat = own.caveat;
  if (link) match.link = link;
  return match;
}

function byRank(
  { rank: one }: Pick<ServiceMatch, "rank">,
  { rank: other }: Pick<ServiceMatch, "rank">,
): number {
  for (let index = 0; index < one.length; index++)
    if (one[index] !== other[index]) return (other[index] ?? -1) - (one[index] ?? -1);
  return 0;
}
