/** What a deploy would change: the commits and files between what is live and what is to be deployed. */
import { ageText } from "../../text/durationText.js";
import { commitsText, type NotComparable, type Relation } from "../../git/relation.js";
import type { Commit } from "../../git/repository.js";
import { plainText, shortSha, subjectOf, plainName } from "../../text/plainText.js";
import { notComparedText } from "../../git/gitTexts.js";
import type { FileChange, ShippedFile } from "../../git/changedFile.js";

/** What deserves a second look before it ships. */
export type FileMark = "render.yaml" | "migration" | "lock file";

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
  if (lockFiles.has(file)) return "lock file";
  return migrationFolder.test(path) && !noMigration.test(file) ? "migration" : undefined;
}

const marks: readonly FileMark[] = ["render.yaml", "migration", "lock file"];

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

/** The title of the list and of the editor: "lighthouse: a1b2c3d → b2c3d4e". */
export function shipTitle({ serviceName, live, target }: ShipPreview): string {
  return `${plainName(serviceName)}: ${shortSha(live)} → ${shortSha(target.id)}`;
}

/** "3 commits, 12 files; 1 migration, 2 lock files" */
export function shipSummary({ comes, goes, files }: ShipPreview): string {
  const counts = [
    comes.length > 0 || goes.length === 0 ? commitsText(comes.length) : "",
    goes.length > 0 ? `${commitsText(goes.length)} taken back` : "",
    files.length === 1 ? "1 file" : `${files.length} files`,
  ].filter(text => text !== "");
  const marked = marks.flatMap(mark => {
    const count = files.filter(({ path }) => markOf(path) === mark).length;
    if (count === 0) return [];
    return mark === "render.yaml" ? [mark] : [`${count} ${mark}${count === 1 ? "" : "s"}`];
  });
  return marked.length === 0 ? counts.join(", ") : `${counts.join(", ")}; ${marked.join(", ")}`;
}

/** One line of the list. */
export interface ShipRow {
  readonly label: string;
  readonly description: string;
}

/** A commit: its subject, SHA and age. */
export function commitRow({ id, message, createdAt }: Commit, now: number): ShipRow {
  const age = createdAt === undefined ? "" : ` · ${ageText(now - createdAt)}`;
  const subject = subjectOf(message);
  return subject === ""
    ? { label: `$(git-commit) ${shortSha(id)}`, description: age.slice(3) }
    : { label: `$(git-commit) ${subject}`, description: `${shortSha(id)}${age}` };
}

const fileIcons: Record<FileChange, string> = {
  added: "diff-added",
  modified: "diff-modified",
  deleted: "diff-removed",
  renamed: "diff-renamed",
};

const markTexts: Record<FileMark, string> = {
  "render.yaml": "render.yaml: a Blueprint sync may change services",
  migration: "migration: changes the database",
  "lock file": "lock file: other versions of packages",
};

/** A file: its name, folder, and what it is marked for. */
export function fileRow({ path, change }: ShippedFile): ShipRow {
  const mark = markOf(path);
  const slash = path.lastIndexOf("/");
  const folder = slash < 0 ? "" : plainText(path.slice(0, slash), 80);
  const notes = [
    folder,
    change === "modified" ? "" : change,
    mark === undefined ? "" : `⚠ ${markTexts[mark]}`,
  ];
  return {
    label: `$(${fileIcons[change]}) ${plainText(path.slice(slash + 1), 80)}`,
    description: notes.filter(text => text !== "").join(" · "),
  };
}

/** Above the commits that are taken back. */
export function goesHeading({ goes }: ShipPreview): string {
  return `taken back: ${commitsText(goes.length)} that ${goes.length === 1 ? "is" : "are"} live now`;
}

/** Beside the progress while a person waits for the list. */
export const readingFiles =
  "Reading what differs. A partial clone gets what it lacks of the files from its remote.";

/** Why there is nothing to show. */
export type NoPreview =
  | { readonly why: "noClone" }
  | { readonly why: "noHead" }
  | { readonly why: "nothingLive" }
  | { readonly why: "deploysUnread" }
  | { readonly why: "same"; readonly live: string }
  | { readonly why: NotComparable; readonly live: string };

export function noPreviewText(serviceName: string, reason: NoPreview): string {
  const service = plainName(serviceName);
  switch (reason.why) {
    case "noClone":
      return `No clone of the repository that ${service} is built from is open here. Open its folder to see what would ship.`;
    case "noHead":
      return "HEAD has no commit yet, so there is nothing that could ship. Commit first.";
    case "nothingLive":
      return `Nothing of ${service} is live yet, so everything would ship.`;
    case "deploysUnread":
      return `The deploys of ${service} could not be read, so it is not known what is live. Try again in a moment.`;
    case "same":
      return `${shortSha(reason.live)} is live on ${service} already, so nothing would change.`;
    case "notHere":
    case "targetNotHere":
    case "noCommonHistory":
    case "unreadable":
      return notComparedText(reason.live, reason.why);
  }
}

/** In the status bar while what would ship is read. */
export const lookingText = "Looking at what would ship…";

/** The question which service to compare HEAD with. */
export const comparedPick = { title: "Render: Show What Will Ship", purpose: "compare with" };
