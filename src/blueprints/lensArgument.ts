import type { Service } from "../render/shapes.js";

/** What a lens of a Blueprint file passes to its command. */
export interface LensArgument {
  readonly from: "blueprint";
  /** The services that the lens stands above: one, or several to choose from. */
  readonly services: readonly Service[];
}

/** The services that a lens of a Blueprint file stands above; none when the command came from elsewhere. */
export function lensServicesOf(argument: unknown): readonly Service[] {
  const isLens =
    typeof argument === "object" && argument !== null && Reflect.get(argument, "from") === "blueprint";
  return isLens ? (argument as LensArgument).services : [];
}
