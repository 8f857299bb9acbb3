/**
 * What is used of the API of VS Code's built-in Git extension, version 1 (VS Code: `extensions/git/src/api/git.d.ts`).
 * Members that came after 1.100 are optional.
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
  /** The Git that it runs. */
  readonly git: { readonly path: string };
  readonly state: "uninitialized" | "initialized";
  readonly onDidChangeState: Event<"uninitialized" | "initialized">;
  readonly repositories: readonly GitRepository[];
  readonly onDidOpenRepository: Event<GitRepository>;
  readonly onDidCloseRepository: Event<GitRepository>;
  /** The innermost repository that holds the file. */
  getRepository(uri: Uri): GitRepository | null;
  /**
   * Of a repository that is not opened too; null where Git takes the folder for none, or for one of another user. VS Code
   * 1.100 has it not.
   */
  getRepositoryRoot?(uri: Uri): Promise<Uri | null>;
  /** The file as it is in a commit. */
  toGitUri(uri: Uri, ref: string): Uri;
}

export interface GitRepository {
  readonly rootUri: Uri;
  readonly state: {
    readonly HEAD: GitBranch | undefined;
    readonly remotes: readonly GitRemote[];
    readonly mergeChanges: readonly GitChange[];
    readonly indexChanges: readonly GitChange[];
    readonly workingTreeChanges: readonly GitChange[];
    /** Empty unless the setting `git.untrackedChanges` keeps them apart. */
    readonly untrackedChanges: readonly GitChange[];
    readonly onDidChange: Event<void>;
  };
  /** Reads the state anew. */
  status(): Promise<void>;
  /**
   * `refNames` are given to `git log` as they are, so "^main" leaves out what main has. With `path`, of the commits
   * that changed this file.
   */
  log(options: {
    readonly maxEntries: number;
    readonly refNames?: readonly string[];
    readonly path?: string;
  }): Promise<GitCommit[]>;
  /** Undefined where the two share no history. */
  getMergeBase(ref1: string, ref2: string): Promise<string | undefined>;
  /** What `ref2` changed since its merge base with `ref1`. */
  diffBetween(ref1: string, ref2: string): Promise<GitChange[]>;
  /** A full name such as "refs/remotes/origin/main" means just that. Rejects when there is no such branch. */
  getBranch(name: string): Promise<GitBranch>;
  getBranches(query: { readonly remote: boolean; readonly contains?: string }): Promise<GitBranch[]>;
  fetch(options: { readonly remote: string; readonly depth?: number }): Promise<void>;
  pull(): Promise<void>;
  /** `upstream` may be a full name such as "refs/remotes/origin/main". */
  setBranchUpstream(name: string, upstream: string): Promise<void>;
  /** `branchName` may be a refspec. */
  push(remoteName: string, branchName: string, setUpstream: boolean): Promise<void>;
}

/** As it is written in the repository's own configuration. */
export interface GitRemote {
  readonly name: string;
  readonly fetchUrl?: string;
  readonly pushUrl?: string;
}

export interface GitBranch {
  /** A value of the Git extension's enum `RefType`. */
  readonly type: number;
  /** "main"; of a remote's branch "origin/main" in a list, and "main" alone. */
  readonly name?: string;
  readonly commit?: string;
  /** Only of a remote's branch: what comes before the first slash, also where the remote's name has one. */
  readonly remote?: string;
  readonly upstream?: { readonly remote: string; readonly name: string };
  readonly ahead?: number;
  readonly behind?: number;
}

export interface GitChange {
  readonly uri: Uri;
  readonly originalUri: Uri;
  /** Of a renamed file. */
  readonly renameUri: Uri | undefined;
  /** A value of the Git extension's enum `Status`. */
  readonly status: number;
}

export interface GitCommit {
  readonly hash: string;
  readonly message: string;
  readonly parents: readonly string[];
  readonly authorEmail?: string;
  readonly authorDate?: Date;
  readonly commitDate?: Date;
}
