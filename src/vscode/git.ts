import * as vscode from "vscode";
import {
  isOwnNewCommit,
  isPush,
  movedTogether,
  pushedSince,
  type BranchState,
  type Push,
} from "../core/git/push.js";
import type { Commit, GitReading, RepositorySnapshot } from "../core/git/repository.js";
import type { GitApi, GitCommit, GitExtension, GitRemote, GitRepository } from "./gitApi.js";
import { inTime } from "./inTime.js";
import { Owned } from "./owned.js";

/** How long to wait for the Git extension to find the repositories of a window that was just opened, in milliseconds. */
const longestStart = 15_000;

/** How long a fresh reading of HEAD may take before the known one is used, in milliseconds. */
const longestStatus = 5_000;

/**
 * Git as the built-in extension knows it. Nothing is asked of it before the first `read`, so that nothing waits for Git
 * that has no use for it.
 */
export class Git implements vscode.Disposable {
  readonly #own = new Owned();
  readonly #changed = this.#own.add(new vscode.EventEmitter<void>());
  readonly #listened = new WeakSet<GitRepository>();
  readonly #pushes = this.#own.add(new vscode.EventEmitter<Push>());
  readonly #seen = new WeakMap<GitRepository, BranchState>();
  readonly #pushed = new Map<string, number>();
  #api: GitApi | undefined;
  #starting: Promise<GitApi | undefined> | undefined;
  #last: GitReading = { ok: false, why: "noRepository" };

  /** Repositories, branches, HEAD or remotes changed; `last` is up to date again. Comes only after a first `read`. */
  readonly onDidChange = this.#changed.event;

  /** HEAD's branch was pushed, by whatever means. Comes only after a first `read`; a fetch or a pull is none. */
  readonly onDidPush = this.#pushes.event;

  /** The reading of last time, without waiting. */
  get last(): GitReading {
    return this.#last;
  }

  /** Reads all repositories of the window. With `fresh`, HEAD is read from disk first, so that it is the present one. */
  async read(options: { readonly fresh: boolean }): Promise<GitReading> {
    this.#last = await this.#read(options.fresh);
    return this.#last;
  }

  /** The repository with this root, once there was a `read`. */
  repository(root: string): GitRepository | undefined {
    return this.#api?.repositories.find(({ rootUri }) => rootUri.toString() === root);
  }

  /** A file as it is in a commit, to be shown in an editor. */
  fileAt(uri: vscode.Uri, commitId: string): vscode.Uri {
    return this.#api?.toGitUri(uri, commitId) ?? uri;
  }

  /** When HEAD of a repository was seen being pushed, by whatever means, in milliseconds since the epoch. */
  pushedAt(root: string, commitId: string): number | undefined {
    return this.#pushed.get(`${root} ${commitId}`);
  }

  /** The last commits of a repository's HEAD, newest first; none where there are none. */
  async recentCommits(root: string, count: number): Promise<Commit[]> {
    try {
      return (await this.repository(root)?.log({ maxEntries: count }))?.map(toCommit) ?? [];
    } catch {
      // An unborn branch has no log.
      return [];
    }
  }

  /** The last commits that changed a file, newest first; none where there are none. */
  async commitsOf(file: vscode.Uri, count: number): Promise<Commit[]> {
    try {
      const repository = this.#api?.getRepository(file);
      return (await repository?.log({ maxEntries: count, path: file.fsPath }))?.map(toCommit) ?? [];
    } catch {
      return [];
    }
  }

  /** The root of the innermost repository that holds a file, as a URI string. Undefined before the first `read`. */
  rootOf(file: vscode.Uri): string | undefined {
    return this.#api?.getRepository(file)?.rootUri.toString();
  }

  /** The commit that a full or short SHA names in one of the repositories. */
  async findCommit(commitId: string, roots: readonly string[]): Promise<Commit | undefined> {
    for (const root of roots) {
      try {
        const found = await this.repository(root)?.getCommit(commitId);
        if (found) return toCommit(found);
      } catch {
        // Not in this repository.
      }
    }
    return undefined;
  }

  dispose(): void {
    this.#own.dispose();
  }

  async #read(fresh: boolean): Promise<GitReading> {
    const folders = vscode.workspace.workspaceFolders ?? [];
    if (!vscode.workspace.isTrusted) return { ok: false, why: "untrusted" };
    if (folders.length > 0 && folders.every(({ uri }) => uri.scheme !== "file"))
      return { ok: false, why: "virtual" };
    const api = await this.#start();
    if (!api) return { ok: false, why: "gitMissing" };
    if (api.repositories.length === 0)
      return { ok: false, why: folders.length === 0 ? "noFolder" : "noRepository" };
    if (fresh) await Promise.all(api.repositories.map(readAnew));
    return { ok: true, repositories: await Promise.all(api.repositories.map(each => snapshot(each, api))) };
  }

  /** The Git extension's API; undefined while there is none, which may change with a setting. */
  async #start(): Promise<GitApi | undefined> {
    if (this.#api) return this.#api;
    this.#starting ??= this.#connect().finally(() => {
      this.#starting = undefined;
    });
    return this.#starting;
  }

  async #connect(): Promise<GitApi | undefined> {
    const extension = vscode.extensions.getExtension<GitExtension>("vscode.git");
    if (!extension) return undefined;
    let api: GitApi;
    try {
      const exports = await extension.activate();
      if (!exports.enabled) return undefined;
      api = exports.getAPI(1);
    } catch {
      // Git is not installed, or the extension was switched off meanwhile.
      return undefined;
    }
    if (api.state === "uninitialized") await initialized(api);
    this.#api = api;
    this.#own.add(
      api.onDidOpenRepository(repository => {
        this.#listen(repository);
      }),
    );
    this.#own.add(
      api.onDidCloseRepository(() => {
        this.#refresh();
      }),
    );
    this.#own.add(
      vscode.window.onDidChangeActiveTextEditor(() => {
        this.#refresh();
      }),
    );
    for (const repository of api.repositories) this.#listen(repository);
    return api;
  }

  #listen(repository: GitRepository): void {
    if (this.#listened.has(repository)) return;
    this.#listened.add(repository);
    this.#notePush(repository);
    this.#own.add(
      repository.state.onDidChange(() => {
        this.#notePush(repository);
        this.#refresh();
      }),
    );
    this.#refresh();
  }

  #refresh(): void {
    void this.read({ fresh: false }).then(() => {
      this.#changed.fire();
    });
  }

  #notePush(repository: GitRepository): void {
    const before = this.#seen.get(repository);
    const now = branchState(repository);
    this.#seen.set(repository, now);
    if (before && isPush(before, now)) void this.#pushSeen(repository, before, now);
    else if (before && movedTogether(before, now)) void this.#pushSeenLate(repository, before, now);
  }

  async #pushSeenLate(repository: GitRepository, before: BranchState, now: BranchState): Promise<void> {
    const reading = Promise.all([repository.getCommit(now.commit ?? ""), repository.getConfig("user.email")]);
    const [commit, email] = (await inTime(reading, longestStatus)) ?? [];
    const made = commit && { createdAt: toCommit(commit).createdAt, email: commit.authorEmail };
    if (made && isOwnNewCommit(made, email, now.at)) await this.#pushSeen(repository, before, now);
  }

  async #pushSeen(repository: GitRepository, before: BranchState, now: BranchState): Promise<void> {
    const { HEAD, remotes } = repository.state;
    if (now.commit === undefined || HEAD?.upstream === undefined) return;
    const root = repository.rootUri.toString();
    this.#pushed.set(`${root} ${now.commit}`, now.at);
    const { remote: name, name: branch } = HEAD.upstream;
    this.#pushes.fire({
      root,
      branch,
      remotes: remotes.filter(remote => remote.name === name).flatMap(addressesOf),
      commit: await commitOf(repository, now.commit),
      after: before.at,
      files: () => pushedFiles(repository, before, now),
    });
  }
}

async function initialized(api: GitApi): Promise<void> {
  await new Promise<void>(resolve => {
    const done = (): void => {
      clearTimeout(timer);
      listener.dispose();
      resolve();
    };
    const timer = setTimeout(done, longestStart);
    const listener = api.onDidChangeState(state => {
      if (state === "initialized") done();
    });
  });
}

async function readAnew(repository: GitRepository): Promise<void> {
  // Without an answer, what the extension last knew is used.
  await inTime(repository.status(), longestStatus);
}

async function snapshot(repository: GitRepository, api: GitApi): Promise<RepositorySnapshot> {
  const { HEAD, remotes } = repository.state;
  const editor = vscode.window.activeTextEditor?.document.uri;
  const commit = HEAD?.commit === undefined ? undefined : await commitOf(repository, HEAD.commit);
  return {
    root: repository.rootUri.toString(),
    name: repository.rootUri.path.split("/").at(-1) ?? "",
    remotes: remotes.flatMap(addressesOf),
    ...(HEAD?.name !== undefined && { branch: HEAD.name }),
    ...(commit && { head: commit }),
    active:
      editor !== undefined && api.getRepository(editor)?.rootUri.toString() === repository.rootUri.toString(),
  };
}

function addressesOf({ fetchUrl, pushUrl }: GitRemote): string[] {
  return [fetchUrl, pushUrl].filter(url => url !== undefined);
}

function branchState({ state }: GitRepository): BranchState {
  const { name, commit, upstream, ahead = 0, behind = 0 } = state.HEAD ?? {};
  const at = Date.now();
  return {
    branch: name,
    commit,
    upstream: upstream && `${upstream.remote}/${upstream.name}`,
    ahead,
    behind,
    at,
  };
}

/** The old and the new paths of what the pushed commits changed. */
async function pushedFiles(
  repository: GitRepository,
  before: BranchState,
  { commit }: BranchState,
): Promise<string[] | undefined> {
  const since = pushedSince(before);
  if (since === undefined || commit === undefined) return undefined;
  const changes = await inTime(repository.diffBetween(since, commit), longestStatus);
  const root = `${repository.rootUri.path.replace(/\/$/u, "")}/`;
  const uris = changes?.flatMap(({ uri, originalUri, renameUri }) => [uri, originalUri, renameUri ?? uri]);
  return uris && [...new Set(uris.map(({ path }) => path.slice(root.length)))];
}

async function commitOf(repository: GitRepository, commitId: string): Promise<Commit> {
  try {
    return toCommit(await repository.getCommit(commitId));
  } catch {
    return { id: commitId };
  }
}

/** A commit as the core knows it. */
export function toCommit({ hash, message, commitDate, authorDate }: GitCommit): Commit {
  const date = commitDate ?? authorDate;
  return { id: hash, message, ...(date && { createdAt: date.getTime() }) };
}
