import * as vscode from "vscode";
import type { ListedFiles } from "../listedFiles.js";
import type { Commit, GitReading } from "../repository.js";
import { wholeCommitIds } from "../onDisk/wholeCommitIds.js";
import { closedRepositories } from "./closedRepositories.js";
import type { GitConnection } from "./connection.js";
import { filesAt, filesNow } from "./filesOf.js";
import type { GitRepository } from "./gitApi.js";
import { commitHere, hasHistories } from "./objects.js";
import type { SeenPush } from "./pushes.js";
import { snapshot, toCommit } from "./snapshot.js";
import { GitStatuses } from "./statuses.js";
import { Owned } from "../../window/owned.js";

/**
 * Git as the built-in extension knows it, read when somebody asks for it.
 */
export class Git implements vscode.Disposable {
  readonly #own = new Owned();
  readonly #changed = this.#own.add(new vscode.EventEmitter<void>());
  readonly #fetched = this.#own.add(new vscode.EventEmitter<string>());
  readonly #statuses = new GitStatuses();
  readonly #connection: GitConnection;
  #reads = 0;
  #newest = 0;
  #last: GitReading = { ok: false, why: "notReadYet" };

  /** Repositories, branches, HEAD or remotes changed; `last` is up to date again. Comes only after a first `read`. */
  readonly onDidChange = this.#changed.event;

  /** The repository with this root changed, so that commits may be here now that were not. */
  readonly onDidChangeRepository = this.#fetched.event;

  constructor(connection: GitConnection) {
    this.#connection = connection;
    // What was read before is known by its HEAD.
    for (const repository of connection.api?.repositories ?? []) this.#statuses.note(repository);
    this.#own.add(
      connection.onDidChangeRepository(repository => {
        this.#statuses.note(repository);
        this.#fetched.fire(repository.rootUri.toString());
      }),
    );
    this.#own.add(
      connection.onDidChange(() => {
        this.#refresh();
      }),
    );
  }

  /** The reading of last time, without waiting. */
  get last(): GitReading {
    return this.#last;
  }

  /** Reads all repositories of the window. With `fresh`, HEAD is read from disk first, so that it is the present one. */
  async read(options: { readonly fresh: boolean }): Promise<GitReading> {
    const number = ++this.#reads;
    const reading = await this.#read(options.fresh);
    // A slower, older reading must not stand in the place of a newer one.
    if (number > this.#newest) {
      this.#newest = number;
      this.#last = reading;
    }
    return this.#last;
  }

  /** Resolves when enough is read by `last`. For use after a fresh `read`. */
  async settled(isEnough: () => boolean): Promise<void> {
    while (!isEnough()) {
      await new Promise<void>(resolve => {
        const listener = this.onDidChange(() => {
          listener.dispose();
          resolve();
        });
      });
      if (!isEnough()) await this.read({ fresh: true });
    }
  }

  /** The repository with this root, once there was a `read`. */
  repository(root: string): GitRepository | undefined {
    return this.#connection.api?.repositories.find(({ rootUri }) => rootUri.toString() === root);
  }

  /** A file as it is in a commit, to be shown in an editor. */
  fileAt(uri: vscode.Uri, commitId: string): vscode.Uri {
    return this.#connection.api?.toGitUri(uri, commitId) ?? uri;
  }

  /** The files of a commit; undefined where they are not in the clone. Never goes to the network. */
  async filesAt(root: string, commitId: string): Promise<ListedFiles | undefined> {
    const repository = this.repository(root);
    const { api } = this.#connection;
    return repository && api && filesAt(repository, commitId, api.git.path);
  }

  /** The files of a repository that are tracked now; none where Git does not tell. */
  async filesNow(root: string): Promise<ListedFiles> {
    const repository = this.repository(root);
    const { api } = this.#connection;
    return repository && api ? filesNow(repository, api.git.path) : new Map();
  }

  /** The push of a commit that was seen while it was HEAD of a repository, by whatever means it was pushed. */
  pushOf(root: string, commitId: string): SeenPush | undefined {
    return this.#connection.pushes.pushOf(root, commitId);
  }

  /** The last commits of a repository's HEAD, newest first; none where there are none. */
  async recentCommits(root: string, count: number): Promise<Commit[]> {
    try {
      const repository = this.repository(root);
      const log = (await repository?.log({ maxEntries: count })) ?? [];
      return wholeCommitIds(repository?.state.HEAD?.commit, log).map(toCommit);
    } catch {
      // An unborn branch has no log.
      return [];
    }
  }

  /** The last commits that changed a file, newest first; none where there are none. */
  async commitsOf(file: vscode.Uri, count: number): Promise<Commit[]> {
    try {
      const repository = this.#connection.api?.getRepository(file);
      if (!repository || !(await hasHistories(repository))) return [];
      const log = await repository.log({ maxEntries: count, path: file.fsPath });
      return wholeCommitIds(repository.state.HEAD?.commit, log).map(toCommit);
    } catch {
      return [];
    }
  }

  /** The root of the innermost repository that holds a file, as a URI string. Undefined before the first `read`. */
  rootOf(file: vscode.Uri): string | undefined {
    return this.#connection.api?.getRepository(file)?.rootUri.toString();
  }

  /** The commit that a full or short SHA names in one of the repositories. */
  async findCommit(commitId: string, roots: readonly string[]): Promise<Commit | undefined> {
    for (const root of roots) {
      const repository = this.repository(root);
      const found = repository && (await commitHere(repository, commitId));
      // Git's word for the whole SHA of one commit: what it and itself have in common.
      const id = found && (await repository.getMergeBase(commitId, commitId).catch(() => undefined));
      if (found && id !== undefined) return { ...toCommit(found), id };
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
    const api = await this.#connection.connect();
    if (!api || this.#connection.isSwitchedOff) return { ok: false, why: "gitMissing" };
    if (api.state === "uninitialized") return { ok: false, why: "notReadYet" };
    if (api.repositories.length === 0 && folders.length === 0) return { ok: false, why: "noFolder" };
    const found = await closedRepositories(folders, api);
    const closed = found.length > 0 && { closed: found };
    if (api.repositories.length === 0)
      return { ok: false, why: closed ? "notOpened" : "noRepository", ...closed };
    const later = (): void => {
      this.#refresh();
    };
    if (fresh) await Promise.all(api.repositories.map(each => this.#statuses.readAnew(each, later)));
    const snapshots = api.repositories.map(each => snapshot(each, api, this.#statuses.unread(each)));
    return { ok: true, repositories: await Promise.all(snapshots), ...closed };
  }

  #refresh(): void {
    void this.read({ fresh: false }).then(() => {
      this.#changed.fire();
    });
  }
}
