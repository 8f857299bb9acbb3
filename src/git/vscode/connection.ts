import { UnderWay } from "../../underWay.js";
import * as vscode from "vscode";
import { Owned } from "../../window/owned.js";
import type { GitApi, GitExtension, GitRepository } from "./gitApi.js";
import { GitPushes } from "./pushes.js";

/** How long to wait for the Git extension to find the repositories of a window that was just opened, in milliseconds. */
const longestStart = 15_000;

/**
 * The built-in Git extension: which repositories it has open, and what changes in them. Nothing is asked of it before the
 * first `connect`, so that nothing waits for Git that has no use for it; all events come only after that.
 */
export class GitConnection implements vscode.Disposable {
  readonly #own = new Owned();
  readonly #changed = this.#own.add(new vscode.EventEmitter<void>());
  readonly #repositoryChanged = this.#own.add(new vscode.EventEmitter<GitRepository>());
  readonly #listened = new WeakSet<GitRepository>();
  #extension: GitExtension | undefined;
  #api: GitApi | undefined;
  readonly #connecting = new UnderWay<GitApi | undefined>();

  /** The pushes of its repositories. */
  readonly pushes = this.#own.add(new GitPushes());

  /** Repositories were opened, closed or changed, or another editor is the active one. */
  readonly onDidChange = this.#changed.event;

  /** A repository changed; told before `onDidChange`. */
  readonly onDidChangeRepository = this.#repositoryChanged.event;

  /** The API, once there was a `connect` that found one. */
  get api(): GitApi | undefined {
    return this.#api;
  }

  /** Whether Git was switched off by a setting since. */
  get isSwitchedOff(): boolean {
    return this.#extension?.enabled === false;
  }

  /** The Git extension's API; undefined while there is none, which may change with a setting. */
  async connect(): Promise<GitApi | undefined> {
    return this.#api ?? this.#connecting.join("api", () => this.#connect());
  }

  dispose(): void {
    this.#own.dispose();
  }

  async #connect(): Promise<GitApi | undefined> {
    const extension = vscode.extensions.getExtension<GitExtension>("vscode.git");
    if (!extension) return undefined;
    let api: GitApi;
    try {
      const exports = await extension.activate();
      this.#extension = exports;
      if (!exports.enabled) return undefined;
      api = exports.getAPI(1);
    } catch {
      // Git is not installed, or the extension was switched off meanwhile.
      return undefined;
    }
    if (api.state === "uninitialized") await initialized(api);
    this.#api = api;
    const changed = (): void => {
      this.#changed.fire();
    };
    const opened = (repository: GitRepository): void => {
      this.#listen(repository);
    };
    this.#own.add(api.onDidChangeState(changed));
    this.#own.add(api.onDidOpenRepository(opened));
    this.#own.add(api.onDidCloseRepository(changed));
    this.#own.add(vscode.window.onDidChangeActiveTextEditor(changed));
    api.repositories.forEach(opened);
    return api;
  }

  #listen(repository: GitRepository): void {
    if (this.#listened.has(repository)) return;
    this.#listened.add(repository);
    const note = (): void => {
      this.pushes.note(repository);
    };
    note();
    // VS Code looks at the branch of a remote only where it is HEAD's upstream.
    const remoteBranches = new vscode.RelativePattern(repository.rootUri, ".git/refs/remotes/**");
    const watcher = this.#own.add(
      vscode.workspace.createFileSystemWatcher(remoteBranches, false, false, true),
    );
    this.#own.add(watcher.onDidCreate(note));
    this.#own.add(watcher.onDidChange(note));
    this.#own.add(
      repository.state.onDidChange(() => {
        note();
        this.#repositoryChanged.fire(repository);
        this.#changed.fire();
      }),
    );
    this.#changed.fire();
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
