import { rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { commit, git } from "../support/gitRepository.js";
import { lighthouse, type Stage } from "./stage.js";

/** The stage's repository and its remote, worked on outside VS Code as by a person in a terminal, and by a colleague. */
export class WorkingCopy {
  readonly #folder: string;
  readonly #remote: string;
  readonly #colleague: string;
  readonly #start: string;

  readonly #stage: Stage;
  /** The commit of `main` that Render was told of last. */
  #atRender: string;

  /** What decides at the remote whether a push is taken. */
  readonly #hook: string;

  private constructor(stage: Stage) {
    this.#hook = join(stage.remote, "hooks", "pre-receive");
    this.#folder = stage.folder;
    this.#remote = stage.remote;
    this.#colleague = join(dirname(stage.folder), "colleague");
    this.#start = stage.head;
    this.#stage = stage;
    this.#atRender = stage.head;
  }

  static async of(stage: Stage): Promise<WorkingCopy> {
    const copy = new WorkingCopy(stage);
    await git(dirname(stage.folder), "clone", "--quiet", copy.#remote, copy.#colleague);
    return copy;
  }

  /** Back to `main` as it was at the start, here and at the remote. */
  async reset(): Promise<void> {
    await this.git("checkout", "--quiet", "--force", "-B", "main", this.#start);
    await this.git("clean", "--quiet", "-fd");
    // Not by a push, which Render would deploy: fetched, as if somebody else had done it.
    await git(this.#remote, "update-ref", "refs/heads/main", this.#start);
    await this.git("fetch", "--quiet", "origin");
    await this.git("branch", "--quiet", "--set-upstream-to", "origin/main", "main");
    this.#atRender = this.#start;
  }

  /** Render learns what was pushed to `main` of the remote since last time: its newest commit, and the files that it changes. */
  async arrives(): Promise<void> {
    const id = await this.pushed("main");
    const told = (...args: string[]): Promise<string> => git(this.#remote, ...args);
    const message = await told("log", "-1", "--format=%B", id);
    const changed = await told("diff", "--name-only", this.#atRender, id);
    this.#atRender = id;
    const files = changed.split("\n").filter(file => file !== "");
    this.#stage.simulator.push(lighthouse.serviceId, { id, message, files });
  }

  git(...args: string[]): Promise<string> {
    return git(this.#folder, ...args);
  }

  /** Commits files. Gives the SHA. */
  commit(message: string, files: Readonly<Record<string, string>> = {}): Promise<string> {
    const lamp = { "lamp.txt": `${message}\n` };
    return commit(this.#folder, message, Object.keys(files).length > 0 ? files : lamp);
  }

  async write(file: string, text: string): Promise<void> {
    await writeFile(join(this.#folder, file), text);
  }

  /** The full SHA that a name stands for. */
  sha(name: string): Promise<string> {
    return this.git("rev-parse", name);
  }

  /** The SHA of a branch of the remote. */
  pushed(branch: string): Promise<string> {
    return git(this.#remote, "rev-parse", branch);
  }

  /** A colleague pushes a commit to `main`. Gives the SHA. */
  async colleaguePushes(
    message: string,
    files: Readonly<Record<string, string>> = { "buoy.txt": `${message}\n` },
  ): Promise<string> {
    await git(this.#colleague, "fetch", "--quiet");
    await git(this.#colleague, "reset", "--quiet", "--hard", "origin/main");
    const sha = await commit(this.#colleague, message, files);
    await git(this.#colleague, "push", "--quiet");
    return sha;
  }

  /** The remote refuses every push from now on, and says why. */
  async refusePushes(reason: string): Promise<void> {
    await writeFile(this.#hook, `#!/bin/sh\necho "error: ${reason}" >&2\nexit 1\n`, { mode: 0o755 });
  }

  async allowPushes(): Promise<void> {
    await rm(this.#hook);
  }

  /** Cuts the history off behind HEAD, as in a clone made with `--depth 1`. */
  async makeShallow(): Promise<void> {
    await this.git("fetch", "--quiet", "--depth", "1", "origin", "main");
    await this.git("reflog", "expire", "--expire=now", "--all");
    await this.git("gc", "--quiet", "--prune=now");
  }

  /** Gets the whole history back. */
  async makeWhole(): Promise<void> {
    await this.git("fetch", "--quiet", "--depth", "2147483647", "origin");
  }
}
