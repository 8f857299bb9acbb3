import type { Service } from "../render/shapes.js";
import { matchesGlob } from "./pathGlob.js";

/**
 * What the path that is open in the editor says about a service, best last. A service that says nothing about paths
 * stands between those that the path belongs to and those that it does not belong to.
 */
export type PathFit =
  /** Outside the root directory, or not in the build filter. */
  | "outside"
  /** In the root directory, but the build filter leaves it out, so that it starts no autodeploy. */
  | "filteredOut"
  /** Nothing is open, or the service takes everything of its repository. */
  | "any"
  /** Outside the root directory, but the build filter names it: a package that several services share. */
  | "shared"
  /** The path is this service's. */
  | "inside";

const fits: readonly PathFit[] = ["outside", "filteredOut", "any", "shared", "inside"];

/** A number to order by: the higher, the more the path belongs to the service. */
export function fitRank(fit: PathFit): number {
  return fits.indexOf(fit);
}

/**
 * How a path fits a service. Render's rules: the globs of a build filter are relative to the root of the repository even
 * where there is a root directory; ignored beats included; where paths are included, everything else is ignored
 * (Render docs, "Monorepo support").
 *
 * @param path of a file or folder relative to the root of the repository, with `/`; undefined or empty for none
 */
export function pathFit(service: Service, path: string | undefined): PathFit {
  if (path === undefined || path === "") return "any";
  const root = rootOf(service);
  const { paths = [], ignoredPaths = [] } = service.buildFilter ?? {};
  const isInRoot = root === "" || path === root || path.startsWith(`${root}/`);
  const isIgnored = ignoredPaths.some(glob => matchesGlob(path, glob));
  const isIncluded = paths.some(glob => matchesGlob(path, glob)) && !isIgnored;
  const isKept = isIncluded || (paths.length === 0 && !isIgnored);
  if (!isInRoot) return isIncluded ? "shared" : "outside";
  if (root !== "") return isKept ? "inside" : "filteredOut";
  return isIncluded ? "inside" : isKept ? "any" : "outside";
}

/** The root directory as `services/api`; empty for the root of the repository. People enter `./services/api/` too. */
export function rootOf({ rootDir }: Pick<Service, "rootDir">): string {
  // Most are entered as they are meant.
  if (/^(?:[^./][^/]*(?:\/[^./][^/]*)*)?$/u.test(rootDir)) return rootDir;
  return rootDir
    .split("/")
    .filter(part => part !== "" && part !== ".")
    .join("/");
}

/** The glob of the build filter that includes the path, for people. */
export function includingGlob(service: Service, path: string): string | undefined {
  return service.buildFilter?.paths.find(glob => matchesGlob(path, glob));
}
