/**
 * What Render does by itself with a push, as its documentation says ("Deploys" and "Monorepo support"). This is the only
 * place that knows: whatever foretells or explains an automatic deploy asks here.
 */
import { maySkip, skipPhraseIn } from "./skipPhrase.js";
import type { BuildFilter, Service } from "../../render/shapes.js";
import { rootOf, sourceOf } from "../../services/serviceKind.js";
import { isReadInTwoWays, matchesGlob, mayMatchGlob } from "../../matching/pathGlob.js";

/** What matters of a push to auto-deploy. */
export interface PushedChange {
  /** The branch at the remote. */
  readonly branch: string;
  /** Of its newest commit, which is the one that Render deploys. */
  readonly message: string | undefined;
  /** The files that it changes, from the root of the repository; undefined where that is not known. */
  readonly files: readonly string[] | undefined;
}

/** Why Render does not deploy a push by itself. */
export type PassedOver =
  | { readonly kind: "off" }
  | { readonly kind: "otherBranch" }
  | { readonly kind: "skipPhrase"; readonly phrase: string }
  | { readonly kind: "outsideRootDirectory"; readonly rootDir: string; readonly files: number }
  | { readonly kind: "outsideBuildFilter"; readonly files: number };

/** What becomes of a push without anybody's doing. */
export type Foretold =
  | { readonly kind: "deploys"; readonly when: "commit" | "checksPass" }
  | { readonly kind: "passedOver"; readonly why: PassedOver }
  /** What is known, or what Render's documentation says, does not tell. */
  | { readonly kind: "unknown"; readonly when: "commit" | "checksPass" };

/** What Render will do with the push, or did. Nothing is claimed that its documentation does not say. */
export function foretell(service: Service, push: PushedChange): Foretold {
  const { autoDeploy: when } = service;
  if (when === "off") return { kind: "passedOver", why: { kind: "off" } };
  const [why] = whyPassedOver(service, push);
  if (why) return { kind: "passedOver", why };
  const isTold =
    outsideOf(service, push.files) === "no" &&
    service.branch !== undefined &&
    !service.suspended &&
    !maySkip(push.message);
  if (when === "unknown") return { kind: "unknown", when: "commit" };
  return { kind: isTold ? "deploys" : "unknown", when };
}

/** Everything for which Render passes over the push; nothing where it deploys it, and where that is not known. */
export function whyPassedOver(service: Service, { branch, message, files }: PushedChange): PassedOver[] {
  // Image-backed services say that auto-deploy is on, and have nothing that could be pushed.
  if (service.autoDeploy === "off" || sourceOf(service) !== "git") return [{ kind: "off" }];
  const isOther = service.branch !== undefined && service.branch !== branch;
  const phrase = skipPhraseIn(message);
  const outside = outsideOf(service, files);
  return [
    ...(isOther ? [{ kind: "otherBranch" } as const] : []),
    ...(phrase === undefined ? [] : [{ kind: "skipPhrase", phrase } as const]),
    ...(typeof outside === "object" ? [outside] : []),
  ];
}

/** Whether it matters to auto-deploy which files a push changes. */
export function asksForFiles(service: Pick<Service, "rootDir" | "buildFilter">): boolean {
  const { rootDir, buildFilter } = service;
  if (rootDir === undefined || buildFilter === "unknown") return true;
  return rootOf(service) !== "" || isFiltered(buildFilter);
}

function isFiltered({ paths, ignoredPaths }: BuildFilter = noFilter): boolean {
  return paths.length > 0 || ignoredPaths.length > 0;
}

const noFilter: BuildFilter = { paths: [], ignoredPaths: [] };

type Told = "yes" | "no" | "unknown";
type Outside = Extract<PassedOver, { kind: "outsideRootDirectory" | "outsideBuildFilter" }>;

/** Whether none of the files lets Render deploy the service, and why. */
function outsideOf(
  service: Pick<Service, "rootDir" | "buildFilter">,
  files: readonly string[] | undefined,
): Outside | "no" | "unknown" {
  if (!asksForFiles(service)) return "no";
  const { rootDir, buildFilter } = service;
  // Commits that change nothing together may have changed something one by one.
  if (files === undefined || files.length === 0 || buildFilter === "unknown") return "unknown";
  const told = new Set(files.map(file => startsDeploy(rootDir, buildFilter, file)));
  if (told.has("yes")) return "no";
  if (told.has("unknown")) return "unknown";
  return isFiltered(buildFilter)
    ? { kind: "outsideBuildFilter", files: files.length }
    : { kind: "outsideRootDirectory", rootDir: rootOf(service), files: files.length };
}

/**
 * Whether a change of this file lets Render deploy the service by itself. Ignored paths win over all. Included paths decide
 * in place of the root directory; without any, what lies under the root directory counts.
 */
function startsDeploy(
  rootDir: string | undefined,
  { paths, ignoredPaths }: BuildFilter = noFilter,
  file: string,
): Told {
  const ignored = anyNames(ignoredPaths, file);
  if (ignored === "yes") return "no";
  const included = paths.length > 0 ? anyNames(paths, file) : isUnder(rootDir, file);
  if (included === "yes") return ignored === "no" ? "yes" : "unknown";
  // A root directory beside ignored paths alone: whether it counts then is not documented.
  const isUndecided = paths.length === 0 && ignoredPaths.length > 0;
  return included === "no" && isUndecided ? "unknown" : included;
}

function isUnder(rootDir: string | undefined, file: string): Told {
  if (rootDir === undefined) return "unknown";
  const root = rootOf({ rootDir });
  if (root === "" || file.startsWith(`${root}/`)) return "yes";
  // A submodule in the place of the root directory.
  return file === root ? "unknown" : "no";
}

function anyNames(globs: readonly string[], file: string): Told {
  if (globs.some(glob => !isReadInTwoWays(glob) && matchesGlob(file, glob))) return "yes";
  return globs.some(glob => isReadInTwoWays(glob) || mayMatchGlob(file, glob)) ? "unknown" : "no";
}
