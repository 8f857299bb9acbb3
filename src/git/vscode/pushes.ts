import * as vscode from "vscode";
import {
  isOwnNewCommit,
  movedTogether,
  pushedSince,
  pushedTo,
  type BranchState,
  type Push,
  type RemoteBranch,
} from "../push.js";
import { sameCommit } from "../commitId.js";
import { lastUpdateOf } from "../lastUpdate.js";
import type { GitRepository } from "./gitApi.js";
import { remoteBranchIn, trackingName } from "../remotes/remoteBranch.js";
import { changedFiles } from "./compare.js";
import { addressesOf, readGitConfig } from "./config.js";
import { readCommit } from "./objects.js";
import { commitOf, headOf } from "./snapshot.js";
import { inTime } from "../../window/clock.js";
import { Owned } from "../../window/owned.js";

/** How long reading what belongs to a push may take, in milliseconds. */
const longestReading = 5_000;

/** Where a branch has no upstream, it is looked for at so many remotes. */
const mostRemotes = 4;

/** A push that was noticed. */
export interface SeenPush {
  /** In milliseconds since the epoch. */
  readonly at: number;
  /** See `Push.files`. */
  readonly files: Push["files"];
}

/** Notices that HEAD's branch was pushed, by whatever means: each state of a repository is compared with the one before. */
export class GitPushes implements vscode.Disposable {
  readonly #own = new Owned();
  readonly #pushes = this.#own.add(new vscode.EventEmitter<Push>());
  readonly #seen = new WeakMap<GitRepository, BranchState>();
  /** States are read one after the other, so that each is compared with the one before it. */
  readonly #reading = new WeakMap<GitRepository, Promise<void>>();
  readonly #pushed = new Map<string, SeenPush>();

  /** A push was seen; a fetch or a pull is none. */
  readonly onDidPush = this.#pushes.event;

  /** Takes note of the state of a repository as it is now. */
  note(repository: GitRepository): void {
    const before = this.#reading.get(repository) ?? Promise.resolve();
    this.#reading.set(
      repository,
      before.then(() => this.#note(repository)),
    );
  }

  /** The push of a commit that was seen while it was HEAD of a repository. */
  pushOf(root: string, commitId: string): SeenPush | undefined {
    return this.#pushed.get(`${root} ${commitId}`);
  }

  dispose(): void {
    this.#own.dispose();
  }

  async #note(repository: GitRepository): Promise<void> {
    const before = this.#seen.get(repository);
    const now = await branchState(repository);
    this.#seen.set(repository, now);
    if (!before) return;
    const target = pushedTo(before, now);
    if (target) await this.#pushSeen(repository, target, before, now);
    const moved = movedTogether(before, now);
    if (moved && (await wasPushed(repository, moved, before, now)))
      await this.#pushSeen(repository, moved, before, now);
  }

  async #pushSeen(
    repository: GitRepository,
    { remote: name, name: branch }: RemoteBranch,
    before: BranchState,
    now: BranchState,
  ): Promise<void> {
    if (now.commit === undefined) return;
    const root = repository.rootUri.toString();
    const files = (): Promise<string[] | undefined> => pushedFiles(repository, before, now);
    this.#pushed.set(`${root} ${now.commit}`, { at: now.at, files });
    const { remotes } = await readGitConfig(repository);
    this.#pushes.fire({
      root,
      branch,
      remotes: remotes.filter(remote => remote.name === name).flatMap(addressesOf),
      commit: await commitOf(repository, now.commit),
      after: before.at,
      files,
    });
  }
}

async function branchState(repository: GitRepository): Promise<BranchState> {
  const head = await headOf(repository);
  const { branch, commit, upstream, ahead, behind } = head;
  const at = Date.now();
  const level = upstream
    ? ahead === 0 && behind === 0
      ? [upstream]
      : []
    : await sameNamed(repository, branch, commit);
  return { ...head, level, at };
}

/** The remote branches called like the branch that are at the commit. */
async function sameNamed(
  repository: GitRepository,
  branch: string | undefined,
  commit: string | undefined,
): Promise<RemoteBranch[]> {
  if (branch === undefined || commit === undefined) return [];
  const remotes = repository.state.remotes.map(({ name }) => name);
  const found = await Promise.all(
    remotes.slice(0, mostRemotes).map(async remote => {
      const tracking = trackingName({ remote, name: branch });
      // Where another remote's name is longer, it is that one's branch.
      if (remoteBranchIn(tracking, remotes)?.remote !== remote) return [];
      const at = await inTime(repository.getBranch(`refs/remotes/${tracking}`), longestReading);
      return at?.commit === commit ? [{ remote, name: branch }] : [];
    }),
  );
  return found.flat();
}

/** The reading before may show what was so a moment earlier, by this in milliseconds. */
const readingLag = 2_000;

/**
 * Whether it was a push of this clone that moved the branch of the remote since the reading before; otherwise what others
 * pushed was pulled, or HEAD went back to where the branch was all the time.
 */
async function wasPushed(
  repository: GitRepository,
  target: RemoteBranch,
  before: BranchState,
  now: BranchState,
): Promise<boolean> {
  const update = await lastUpdateOf(repository.rootUri.fsPath, trackingName(target));
  if (!update) return isOwn(repository, now);
  const isSince = update.at >= before.at - readingLag;
  return update.isPush && isSince && sameCommit(update.commit, now.commit);
}

async function isOwn(repository: GitRepository, now: BranchState): Promise<boolean> {
  const reading = Promise.all([readCommit(repository, now.commit ?? ""), readGitConfig(repository)]);
  const [commit, config] = (await inTime(reading, longestReading)) ?? [];
  const email = config?.entries.findLast(({ section, key }) => section === "user" && key === "email")?.value;
  const createdAt = (commit?.commitDate ?? commit?.authorDate)?.getTime();
  return isOwnNewCommit({ createdAt, email: commit?.authorEmail }, email, now.at);
}

/** The old and the new paths of what the pushed commits changed. */
async function pushedFiles(
  repository: GitRepository,
  before: BranchState,
  { commit }: BranchState,
): Promise<string[] | undefined> {
  const since = pushedSince(before);
  if (since === undefined || commit === undefined) return undefined;
  return changedFiles(repository, since, commit);
}
