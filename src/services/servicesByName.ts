import type { Service } from "../render/shapes.js";
import type { Listing } from "./directory.js";
import { compareNames } from "./compareNames.js";

/** By list of services, the same by name: it is asked for at each key that a person types. */
const byName = new WeakMap<readonly Service[], readonly Service[]>();

/** The services by a key, each group and all of them in the order they are in. */
export function groupedBy(
  services: readonly Service[],
  keyOf: (service: Service) => string,
): Map<string, Service[]> {
  const groups = new Map<string, Service[]>();
  for (const service of services) {
    const group = groups.get(keyOf(service));
    if (group) group.push(service);
    else groups.set(keyOf(service), [service]);
  }
  return groups;
}

/** The account's services by name; equals keep their order. */
export function servicesByName({ services }: Pick<Listing, "services">): readonly Service[] {
  const known = byName.get(services);
  if (known) return known;
  const sorted = services.toSorted((a, b) => compareNames(a.name, b.name));
  byName.set(services, sorted);
  return sorted;
}
