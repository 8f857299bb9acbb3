import type { BlueprintFile } from "../blueprintFile.js";
import type { Problem } from "../../features/renderYaml/problems.js";
import type { ValidationError } from "../../render/blueprintShapes.js";

/** Reads a Blueprint file. Loads the YAML parser, which most windows never need, with the first one. */
export async function parseBlueprint(text: string): Promise<BlueprintFile> {
  const { BlueprintFile } = await import("../blueprintFile.js");
  return new BlueprintFile(text);
}

/** The errors that Render found in a file, at their places, which the YAML parser's nodes tell. */
export async function placeErrors(
  errors: readonly ValidationError[],
  file: BlueprintFile,
): Promise<Problem[]> {
  const { problemsOf } = await import("../../features/renderYaml/problems.js");
  return problemsOf(errors, file);
}
