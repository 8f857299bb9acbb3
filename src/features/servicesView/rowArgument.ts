import type { Service } from "../../render/shapes.js";
import type { ServicesNode } from "./servicesNode.js";

/** The row that a command was called from, if it was called from one. */
export function rowOf(argument: unknown): ServicesNode | undefined {
  const isRow = typeof argument === "object" && argument !== null && "kind" in argument && "id" in argument;
  return isRow ? (argument as ServicesNode) : undefined;
}

/** The service of that row. */
export function serviceOf(argument: unknown): Service | undefined {
  const row = rowOf(argument);
  return row && "service" in row ? row.service : undefined;
}
