import type { Environment, Project, Service } from "../../render/shapes.js";
import { compareNames } from "../../services/compareNames.js";
import type { Listing } from "../../services/directory.js";
import { groupedBy, servicesByName } from "../../services/servicesByName.js";

/** A node of the services tree: workspaces hold groups and services, groups hold services. */
export type TreeNode =
  | {
      readonly kind: "workspace";
      readonly id: string;
      readonly name: string;
      readonly children: readonly TreeNode[];
    }
  | {
      readonly kind: "environment";
      readonly id: string;
      /** "Harbor / production" */
      readonly name: string;
      readonly isProtected: boolean;
      readonly children: readonly TreeNode[];
    }
  | { readonly kind: "service"; readonly id: string; readonly service: Service };

/**
 * The tree of an account. The workspace level appears only where there are several workspaces, an environment level
 * only where environments exist. Within a level, what matches this window's repositories comes first, then groups
 * before services, then by name.
 *
 * @param filter shows only services whose name, repository or image contains it, without regard to case
 * @param matching ids of the services that match this window's repositories
 */
export function serviceTree(listing: Listing, filter: string, matching: ReadonlySet<string>): TreeNode[] {
  const isUnknown = listing.state !== "ready" || listing.unread?.services !== undefined;
  // Workspaces with "0 services" would say something that nobody knows.
  if (listing.services.length === 0 && isUnknown) return [];
  const wanted = filter.trim().toLowerCase();
  const services = servicesByName(listing).filter(service => contains(service, wanted));
  const ownerIds = [
    ...new Set([...listing.owners.map(({ id }) => id), ...services.map(({ ownerId }) => ownerId)]),
  ];
  const environments = new Map(listing.environments.map(each => [each.id, each]));
  const projects = new Map(listing.projects.map(each => [each.id, each]));
  const level = (members: readonly Service[]): TreeNode[] =>
    levelOf(members, environments, projects, matching);
  if (ownerIds.length < 2) return level(services);
  const names = new Map(listing.owners.map(({ id, name }) => [id, name]));
  const owned = groupedBy(services, ({ ownerId }) => ownerId);
  const workspaces = ownerIds.map((id): TreeNode => {
    const children = level(owned.get(id) ?? []);
    return { kind: "workspace", id, name: names.get(id) ?? id, children };
  });
  return workspaces
    .filter(node => node.kind !== "workspace" || node.children.length > 0 || filter.trim() === "")
    .sort(byMatchThenName(matching));
}

/** @param services by name */
function levelOf(
  services: readonly Service[],
  environments: ReadonlyMap<string, Environment>,
  projects: ReadonlyMap<string, Project>,
  matching: ReadonlySet<string>,
): TreeNode[] {
  const isGrouped = ({ environmentId }: Service): boolean => environments.has(environmentId ?? "");
  const groups = groupedBy(services.filter(isGrouped), ({ environmentId }) => environmentId ?? "");
  const grouped = [...groups].map(([id, members]): TreeNode => {
    const environment = environments.get(id);
    const project = projects.get(environment?.projectId ?? "");
    const name = [project?.name, environment?.name].filter(part => part !== undefined).join(" / ");
    const children = matchingFirst(members.map(serviceNode), matching);
    return { kind: "environment", id, name, isProtected: environment?.isProtected ?? false, children };
  });
  const loose = services.filter(service => !isGrouped(service)).map(serviceNode);
  return matchingFirst([...grouped.sort(byMatchThenName(matching)), ...loose], matching);
}

/** Those that match or hold a match before the others, each in the order they are in. */
function matchingFirst(nodes: readonly TreeNode[], matching: ReadonlySet<string>): TreeNode[] {
  const matches = nodes.map(node => holdsMatch(node, matching));
  return [...nodes.filter((_, index) => matches[index]), ...nodes.filter((_, index) => !matches[index])];
}

function serviceNode(service: Service): TreeNode {
  return { kind: "service", id: service.id, service };
}

/** Whether both show the same groups and the same readings of services, in the same order. */
export function areSame(some: readonly TreeNode[], others: readonly TreeNode[]): boolean {
  return some.length === others.length && some.every((node, index) => isSame(node, others[index]));
}

function isSame(node: TreeNode, other: TreeNode | undefined): boolean {
  if (node.kind === "service") return other?.kind === "service" && node.service === other.service;
  if (!other || other.kind === "service" || node.kind !== other.kind) return false;
  return (
    node.id === other.id &&
    node.name === other.name &&
    isProtected(node) === isProtected(other) &&
    areSame(node.children, other.children)
  );
}

function isProtected(node: TreeNode): boolean {
  return node.kind === "environment" && node.isProtected;
}

/** All services below a node, in the order shown. */
export function servicesBelow(node: TreeNode): Service[] {
  return node.kind === "service" ? [node.service] : node.children.flatMap(servicesBelow);
}

/** The node with this id, wherever it stands. */
export function nodeOf(id: string, nodes: readonly TreeNode[]): TreeNode | undefined {
  for (const node of nodes) {
    const found = node.id === id ? node : node.kind === "service" ? undefined : nodeOf(id, node.children);
    if (found) return found;
  }
  return undefined;
}

/** The group or the workspace that directly holds the node with this id; undefined at the outermost level. */
export function parentOf(id: string, nodes: readonly TreeNode[]): TreeNode | undefined {
  for (const node of nodes) {
    if (node.kind === "service") continue;
    if (node.children.some(child => child.id === id)) return node;
    const below = parentOf(id, node.children);
    if (below) return below;
  }
  return undefined;
}

/**
 * Ids of the groups that open by themselves: those with what matches this window. With no match the first workspace
 * does, so that a newcomer sees services at once.
 */
export function openGroups(nodes: readonly TreeNode[], matching: ReadonlySet<string>): string[] {
  if (matching.size === 0)
    return nodes.slice(0, 1).flatMap(({ kind, id }) => (kind === "workspace" ? [id] : []));
  return nodes.flatMap(node =>
    node.kind !== "service" && holdsMatch(node, matching)
      ? [node.id, ...openGroups(node.children, matching)]
      : [],
  );
}

/** Whether the node is, or holds, a service that matches this window's repositories. */
function holdsMatch(node: TreeNode, matching: ReadonlySet<string>): boolean {
  return node.kind === "service"
    ? matching.has(node.id)
    : node.children.some(child => holdsMatch(child, matching));
}

function byMatchThenName(matching: ReadonlySet<string>): (a: TreeNode, b: TreeNode) => number {
  const name = (node: TreeNode): string => (node.kind === "service" ? node.service.name : node.name);
  const known = new Map<TreeNode, boolean>();
  const matches = (node: TreeNode): boolean => {
    const isMatch = known.get(node) ?? holdsMatch(node, matching);
    known.set(node, isMatch);
    return isMatch;
  };
  return (a, b) => Number(matches(b)) - Number(matches(a)) || compareNames(name(a), name(b));
}

/** @param wanted in lower case; empty for everything */
function contains({ name, repo, imagePath }: Service, wanted: string): boolean {
  if (wanted === "") return true;
  return [name, repo, imagePath].some(text => text?.toLowerCase().includes(wanted) === true);
}
