/**
 * What is used of the API of VS Code's built-in Git extension, version 1 (VS Code: `extensions/git/src/api/git.d.ts`).
 */
import type { Event, Uri } from "vscode";

export interface GitExtension {
  /** Follows the setting `git.enabled`. */
  readonly enabled: boolean;
  readonly onDidChangeEnablement: Event<boolean>;
  /** Throws when Git is disabled or not installed. */
  getAPI(version: 1): GitApi;
}

export interface GitApi {
  readonly state: "uninitialized" | "initialized";
  readonly onDidChangeState: Event<"uninitialized" | "initialized">;
  readonly repositories: readonly GitRepository[];
  readonly onDidOpenRepository: Event<GitRepository>;
  readonly onDidCloseRepository: Event<GitRepository>;
  /** The innermost repository that holds the file. */
  getRepository(uri: Uri): GitRepository | null;
}

export interface GitRepository {
  readonly rootUri: Uri;
  readonly state: {
    readonly HEAD: { readonly name?: string; readonly commit?: string } | undefined;
    readonly remotes: readonly {
      readonly name: string;
      readonly fetchUrl?: string;
      readonly pushUrl?: string;
    }[];
    readonly onDidChange: Event<void>;
  };
  /** Reads the state anew. */
  status(): Promise<void>;
  /** Rejects when there is no such commit. */
  getCommit(ref: string): Promise<GitCommit>;
  /** With `path`, of the commits that changed this file. */
  log(options: { readonly maxEntries: number; readonly path?: string }): Promise<GitCommit[]>;
}

export interface GitCommit {
  readonly hash: string;
  readonly message: string;
  readonly authorDate?: Date;
  readonly commitDate?: Date;
}
