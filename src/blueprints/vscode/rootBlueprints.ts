import * as vscode from "vscode";
import type { BlueprintEntry } from "../blueprintEntry.js";
import { unreadText } from "../blueprintTexts.js";
import type { GitReading } from "../../git/repository.js";
import type { Logger } from "../../ports.js";
import { inTime } from "../../window/clock.js";
import { parseBlueprint } from "./parseBlueprint.js";

interface Read {
  /** The time and the size of the file that was read; empty where there is none. */
  readonly stamp: string;
  readonly entries: readonly BlueprintEntry[];
}

/** Where Render looks for the file unless told otherwise (Render docs, "Infrastructure as Code"). */
const fileName = "render.yaml";

/** Longer files than any that people write are not read, in bytes. */
const longestFile = 1_000_000;

/** How long the file of one repository may take, in milliseconds: a folder may lie on another machine. */
const longestRead = 3_000;

const nothing: Read = { stamp: "", entries: [] };

/** The services that the `render.yaml` in the root of each repository of this window names, as it was saved. */
export class RootBlueprints {
  readonly #log: Logger;
  readonly #read = new Map<string, Read>();

  constructor(log: Logger) {
    this.#log = log;
  }

  /** What was read last; none before. */
  entriesOf(root: string): readonly BlueprintEntry[] {
    return this.#read.get(root)?.entries ?? nothing.entries;
  }

  /** Reads the files that changed. True when any did. Never rejects: what cannot be read names nothing. */
  async refresh(reading: GitReading): Promise<boolean> {
    const roots = reading.ok ? reading.repositories.map(({ root }) => root) : [];
    const changed = await Promise.all(roots.map(root => this.#refresh(root)));
    return changed.includes(true);
  }

  async #refresh(root: string): Promise<boolean> {
    const known = this.#read.get(root) ?? nothing;
    const now = (await inTime(this.#readFile(root, known), longestRead)) ?? known;
    this.#read.set(root, now);
    return now !== known;
  }

  async #readFile(root: string, known: Read): Promise<Read> {
    const uri = vscode.Uri.joinPath(vscode.Uri.parse(root), fileName);
    try {
      const { mtime, size } = await vscode.workspace.fs.stat(uri);
      const stamp = `${mtime} ${size}`;
      if (stamp === known.stamp) return known;
      const bytes = size > longestFile ? undefined : await vscode.workspace.fs.readFile(uri);
      const file = bytes && (await parseBlueprint(new TextDecoder().decode(bytes)));
      const { entries, unread } = file ?? { ...nothing, unread: "tooLong" as const };
      if (unread) this.#log.warn(unreadText(fileName, unread));
      return { stamp, entries };
    } catch {
      return known.stamp === "" ? known : nothing;
    }
  }
}
