/** What a person reads of what would ship. */
import type { FileChange, ShippedFile } from "../../git/changedFile.js";
import { commitsText, notComparedText } from "../../git/gitTexts.js";
import type { Commit } from "../../git/repository.js";
import { ageText } from "../../text/durationText.js";
import { counted, joined } from "../../text/listText.js";
import { plainName, plainText, shortSha, subjectOf } from "../../text/plainText.js";
import { markOf, marks, type FileMark, type NoPreview, type ShipPreview } from "./shipPreview.js";

/** The title of the list and of the editor: "lighthouse: a1b2c3d → b2c3d4e". */
export function shipTitle({ serviceName, live, target }: ShipPreview): string {
  return `${plainName(serviceName)}: ${shortSha(live)} → ${shortSha(target.id)}`;
}

/** "3 commits, 12 files; 1 migration, 2 lock files" */
export function shipSummary({ comes, goes, files }: ShipPreview): string {
  const counts = [
    comes.length > 0 || goes.length === 0 ? commitsText(comes.length) : "",
    goes.length > 0 ? `${commitsText(goes.length)} taken back` : "",
    filesText(files.length),
  ];
  const marked = marks.flatMap(mark => {
    const count = files.filter(({ path }) => markOf(path) === mark).length;
    if (count === 0) return [];
    return [mark === "render.yaml" ? markNames[mark] : counted(count, markNames[mark])];
  });
  return joined([joined(counts, ", "), joined(marked, ", ")], "; ");
}

const markNames: Record<FileMark, string> = {
  "render.yaml": "render.yaml",
  migration: "migration",
  lockFile: "lock file",
};

/** "12 files" */
export function filesText(count: number): string {
  return counted(count, "file");
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

const markEffects: Record<FileMark, string> = {
  "render.yaml": "a Blueprint sync may change services",
  migration: "changes the database",
  lockFile: "other versions of packages",
};

/** A file: its name, folder, and what it is marked for. */
export function fileRow({ path, change }: ShippedFile): ShipRow {
  const mark = markOf(path);
  const slash = path.lastIndexOf("/");
  const folder = slash < 0 ? "" : plainText(path.slice(0, slash), 80);
  const notes = [
    folder,
    change === "modified" ? "" : change,
    mark === undefined ? "" : `⚠ ${markNames[mark]}: ${markEffects[mark]}`,
  ];
  return {
    label: `$(${fileIcons[change]}) ${plainText(path.slice(slash + 1), 80)}`,
    description: joined(notes, " · "),
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

/** In the box of the list, and the row of the editor that shows all. */
export const shipListText = "Open a file or a commit (type to filter)";
export const allChanges = "All changes in one editor";

/** The button that gets what could not be compared. */
export const fetchButton = "Fetch";
