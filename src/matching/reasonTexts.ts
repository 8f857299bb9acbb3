import { plainText, plainName } from "../text/plainText.js";
import { folderName } from "../text/uriPath.js";
import type { PathFit } from "./openPath.js";

/** Why a service matches what is open, in a few words each: "root directory services/api". */
export const reasons = {
  linked: (folder: string) => `linked to folder ${plainName(folderName(folder))}`,
  builtFrom: (repository: string) => `built from ${plainText(repository, 40)}`,
  alias: (alias: string) => `likely built from here (ssh alias ${plainText(alias, 40)})`,
  branch: (branch: string) => `follows branch ${plainText(branch, 40)}`,
  rootDir: (rootDir: string) => `root directory ${plainName(rootDir)}`,
  filter: (glob: string) => `build filter ${plainName(glob)}`,
  blueprint: "made by the Blueprint of this repository",
  renderYaml: "named in render.yaml",
  last: "deployed last from this workspace",
} as const;

/** What speaks against a service, though it matches. */
export const caveats: Partial<Record<PathFit, string>> = {
  outside: "the open file is not one of its files",
  filteredOut: "its build filter leaves the open file out",
};

/** For the confirmation: why this service and none of the others that match. */
export function chosenText(why: readonly string[]): string {
  return `Chosen because: ${why.join(", ")}.`;
}
