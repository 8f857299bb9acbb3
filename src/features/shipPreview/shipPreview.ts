/** What a deploy would change: the commits and files between what is live and what is to be deployed. */
import type { ShippedFile } from "../../git/changedFile.js";
import type { NotComparable, Relation } from "../../git/relation.js";
import type { Commit } from "../../git/repository.js";

/** What deserves a second look before it ships. */
export type FileMark = "render.yaml" | "migration" | "lockFile";

const lockFiles = new Set([
  "package-lock.json",
  "npm-shrinkwrap.json",
  "yarn.lock",
  "pnpm-lock.yaml",
  "bun.lock",
  "bun.lockb",
  "deno.lock",
  "poetry.lock",
  "uv.lock",
  "pdm.lock",
  "pipfile.lock",
  "gemfile.lock",
  "composer.lock",
  "cargo.lock",
  "go.sum",
  "mix.lock",
  "gradle.lockfile",
]);

/** Folders where the frameworks Render's guides name keep the steps that change a database. */
const migrationFolder = /(?:^|\/)(?:migrations?|migrate|alembic\/versions)\//iu;

/** What lies in such folders without being a step. */
const noMigration = /^(?:readme.*|__init__\.py)$/u;

/** The mark of a file; undefined for most. Blueprints lie in `render.yaml` (Render docs, "Blueprints"). */
export function markOf(path: string): FileMark | undefined {
  const file = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  if (file === "render.yaml" || file === "render.yml") return "render.yaml";
  if (lockFiles.has(file)) return "lockFile";
  return migrationFolder.test(path) && !noMigration.test(file) ? "migration" : undefined;
}

/** All marks, gravest first. */
export const marks: readonly FileMark[] = ["render.yaml", "migration", "lockFile"];

/** Marked files first, by mark and then by path; the rest by path. */
export function sortedFiles<T extends ShippedFile>(files: readonly T[]): T[] {
  const rank = ({ path }: ShippedFile): number => {
    const mark = markOf(path);
    return mark === undefined ? marks.length : marks.indexOf(mark);
  };
  return [...files].sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** What ships, as far as it could be read. */
export interface ShipPreview {
  readonly serviceName: string;
  readonly target: Commit;
  /** Full SHA of what is live. */
  readonly live: string;
  readonly relation: Exclude<Relation, { kind: "unknown" }>;
  /** Commits that come with the deploy, newest first. */
  readonly comes: readonly Commit[];
  /** Commits that are live and go with the deploy, newest first. */
  readonly goes: readonly Commit[];
  readonly files: readonly ShippedFile[];
}

/** Why there is nothing to show. */
export type NoPreview =
  | { readonly why: "noClone" }
  | { readonly why: "noHead" }
  | { readonly why: "nothingLive" }
  | { readonly why: "deploysUnread" }
  | { readonly why: "same"; readonly live: string }
  | { readonly why: NotComparable; readonly live: string };
