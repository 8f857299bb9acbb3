import type { Span } from "./textPlaces.js";

/** The services that a repository's render.yaml names, or that a Blueprint of it made. */
export interface BlueprintServices {
  /** The repository's root, as in `RepositorySnapshot`. */
  readonly root: string;
  /** The services of the file; what they are called holds in any account, so they are the weakest sign. */
  readonly entries: readonly BlueprintEntry[];
  /** Ids of the Blueprint's resources (Render API, "Retrieve Blueprint"). */
  readonly serviceIds: readonly string[];
}

/** A service as a Blueprint file names it. */
export interface BlueprintEntry {
  readonly name: string;
  /** The type that Render's API gives it; absent for what its list of services does not hold, such as Key Value. */
  readonly apiType?: string;
  /** The repository it is built from, where that is not the one that holds the file. */
  readonly repo?: string;
  /** The branch it is built from, where that is not the repository's default branch. */
  readonly branch?: string;
  /** The folder that is built, as it is written. */
  readonly rootDir?: string;
  /** Built from an image, not from a repository. */
  readonly isImage: boolean;
  readonly span: Span;
}

/** Render docs, "Blueprint YAML reference", against Render API, "List services". */
export const apiTypes = new Map([
  ["web", "web_service"],
  ["pserv", "private_service"],
  ["worker", "background_worker"],
  ["cron", "cron_job"],
]);
