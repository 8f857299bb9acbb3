import type { Quirks } from "./quirks";
import type { Service } from "./wire";

/** A push, as far as auto-deploy looks at it. */
export interface PushedFiles {
  readonly message: string;
  /** From the root of the repository; without them, one that matters to every service. */
  readonly files?: readonly string[];
}

/** What Render does with a push to the branch of a service. */
export type Verdict = "deploys" | "ignored" | "passedOver";

/**
 * Render docs, "Deploys" and "Monorepo support": skip phrases; with a root directory, changes under it; with included paths,
 * those in its place; ignored paths before all. `ignored` where Render says so in an event.
 */
export function verdictOf(service: Service, push: PushedFiles, quirks: Quirks): Verdict {
  if (service.autoDeploy !== "yes" || service.repo === undefined) return "passedOver";
  if (service.suspended === "suspended" && !quirks.suspendedAutoDeploys) return "passedOver";
  const phrase = /\[(?:skip (?:render|deploy|cd)|(?:render|deploy|cd) skip)\]/;
  const message = quirks.skipPhraseInAnyCase ? push.message.toLowerCase() : push.message;
  if (phrase.test(message)) return "ignored";
  const { files } = push;
  if (files === undefined || matters(service, files, quirks)) return "deploys";
  return quirks.filteredPushIsEvent ? "ignored" : "passedOver";
}

function matters(service: Service, files: readonly string[], quirks: Quirks): boolean {
  const { paths = [], ignoredPaths = [] } = service.buildFilter ?? {};
  const root = service.rootDir.replace(/^\.\//, "").replace(/\/+$/, "");
  const named = (globs: readonly string[], file: string): boolean =>
    globs.some(glob => patternOf(glob, quirks).test(file));
  const isAsked = (root !== "" && root !== ".") || paths.length > 0 || ignoredPaths.length > 0;
  if (!isAsked) return true;
  if (files.length === 0) return quirks.emptyPushDeploys;
  return files.some(file => {
    if (named(ignoredPaths, file)) return false;
    if (paths.length > 0) return named(paths, file);
    const isWhole = ignoredPaths.length > 0 && quirks.ignoredPathsAlone === "wholeRepository";
    return isWhole || root === "" || root === "." || file.startsWith(`${root}/`);
  });
}

/** Render docs, "Monorepo support": `*`, `**`, `?` and character classes. */
function patternOf(glob: string, { widerGlobs }: Quirks): RegExp {
  const plain = glob.replace(/^\.?\//, "");
  const source = plain.replace(/\*\*\/|\*\*|\*|\?|\[[^\]]*\]|[^\w\s/-]/g, found => {
    if (found === "**/") return "(?:.*/)?";
    if (found === "**") return ".*";
    if (found === "*") return "[^/]*";
    if (found === "?") return "[^/]";
    if (found.length > 1) return found.replace(/^\[!/, "[^");
    return `\\${found}`;
  });
  const isFolder = widerGlobs && /(?:^|\/)[^*?[/]+\/?$/.test(plain);
  return new RegExp(isFolder ? `^${source.replace(/\/+$/, "")}(?:/.*)?$` : `^${source}$`);
}
