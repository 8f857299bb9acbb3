import { problemsIn, type PrintedPlace, type PrintedProblem } from "./buildProblems.js";
import { ProblemPaths } from "./problemPaths.js";
import type { RepositoryFiles } from "./repositoryFiles.js";

/** A problem in a person's own code. */
export interface OwnProblem extends Omit<PrintedProblem, "places" | "at" | "scope"> {
  /** Its path is from the root of the repository. */
  readonly place: PrintedPlace;
}

/** What was deployed, as far as it tells where printed paths lead. */
export interface DeployedFiles {
  readonly files: RepositoryFiles;
  /** The service's root directory, without slashes around it; empty for the root. */
  readonly rootDir: string;
}

/** The problems of a log that are in files of the repository, each once. @param lines oldest first */
export function ownProblems(lines: readonly string[], { files, rootDir }: DeployedFiles): OwnProblem[] {
  const printed = problemsIn(lines);
  const asPrinted = printed.flatMap(({ places, at }) => places.map(({ path }) => ({ path, at })));
  const paths = new ProblemPaths(lines, files, rootDir, asPrinted);
  const problems = printed.flatMap(({ places, at, scope, ...problem }): OwnProblem[] => {
    for (const place of places) {
      const path = paths.find({ path: place.path, at, ...(scope !== undefined && { scope }) });
      if (path !== undefined) return [{ ...problem, place: { ...place, path } }];
    }
    return [];
  });
  const once = new Map(problems.map(each => [JSON.stringify([each.place, each.message]), each]));
  const withLine = new Set(problems.flatMap(each => (each.place.line === undefined ? [] : sameIn(each))));
  return [...once.values()].filter(each => each.place.line !== undefined || !withLine.has(sameIn(each)));
}

/** What two problems share of which one is told more exactly. */
function sameIn({ place, message }: OwnProblem): string {
  return JSON.stringify([place.path, message]);
}
