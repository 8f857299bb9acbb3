/** What happens to a file, seen from what is live. */
export type FileChange = "added" | "modified" | "deleted" | "renamed";

/** A file that differs between what is live and what is to be deployed. */
export interface ShippedFile {
  /** From the root of the repository, with `/`. */
  readonly path: string;
  readonly change: FileChange;
}
