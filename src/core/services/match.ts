import { isCloneOf, type GitReading } from "../git/repository.js";
import type { Service } from "../render/shapes.js";

/**
 * The services that are built from a repository open in this window, those that follow the checked-out branch first;
 * the order is otherwise kept.
 */
export function matchingServices(services: readonly Service[], git: GitReading): Service[] {
  if (!git.ok) return [];
  const onBranch: Service[] = [];
  const others: Service[] = [];
  for (const service of services) {
    const { repo, branch } = service;
    if (repo === undefined) continue;
    const clones = git.repositories.filter(repository => isCloneOf(repository, repo));
    if (clones.length === 0) continue;
    (clones.some(clone => clone.branch === branch) ? onBranch : others).push(service);
  }
  return [...onBranch, ...others];
}
