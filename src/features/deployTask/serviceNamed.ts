import type { Service } from "../../render/shapes.js";

export type NamedService =
  | { readonly kind: "one"; readonly service: Service }
  | { readonly kind: "none" }
  | { readonly kind: "several"; readonly services: readonly Service[] };

/** The service that a task means: by its id, else by its name, which Render keeps unique in a workspace alone. */
export function serviceNamed(named: string, services: readonly Service[]): NamedService {
  const byId = services.find(({ id }) => id === named);
  const [service, ...others] = byId ? [byId] : services.filter(({ name }) => name === named);
  if (!service) return { kind: "none" };
  return others.length === 0 ? { kind: "one", service } : { kind: "several", services: [service, ...others] };
}

/** Whether it can be the id of a service that is not listed, as that of a preview instance. */
export function isServiceId(named: string): boolean {
  return /^(?:srv|crn)-[0-9a-z]+$/u.test(named);
}
