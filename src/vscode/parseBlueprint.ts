import type { BlueprintFile } from "../core/blueprint/blueprintFile.js";

/** Reads a Blueprint file. Loads the YAML parser, which most windows never need, with the first one. */
export async function parseBlueprint(text: string): Promise<BlueprintFile> {
  const { BlueprintFile } = await import("../core/blueprint/blueprintFile.js");
  return new BlueprintFile(text);
}
