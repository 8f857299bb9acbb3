import type { Service } from "../render/shapes.js";
import { matchesGlob } from "./pathGlob.js";

/**
 * Whether a change of this file lets Render deploy the service by itself. Ignored paths win over included ones; with
 * any included path, everything else is ignored (Render docs, "Monorepo support"). The filter never holds back a
 * deploy that is asked for.
 *
 * @param path from the root of the repository, with `/`, as the globs are even where the service has a root directory
 */
export function startsAutoDeploy(path: string, filter: NonNullable<Service["buildFilter"]>): boolean {
  const { paths, ignoredPaths } = filter;
  if (ignoredPaths.some(glob => matchesGlob(path, glob))) return false;
  return paths.length === 0 || paths.some(glob => matchesGlob(path, glob));
}

/** Whether none of these files starts an auto-deploy. False where there is no filter, or no file is known. */
export function areOutsideBuildFilter(
  paths: readonly string[] | undefined,
  filter: Service["buildFilter"],
): paths is readonly string[] {
  if (!filter || paths === undefined || paths.length === 0) return false;
  return !paths.some(path => startsAutoDeploy(path, filter));
}
