import * as vscode from "vscode";
import {
  isOwnNewCommit,
  movedTogether,
  pushedSince,
  pushedTo,
  type BranchState,
  type Push,
  type RemoteBranch,
} from "../core/git/push.js";
import type { GitRepository } from "./gitApi.js";
import { isPartial, readCommit } from "./gitObjects.js";
import { addressesOf, commitOf } from "./gitSnapshot.js";
import { inTime } from "./inTime.js";
import { Owned } from "./owned.js";

/** How long reading what belongs to a push may take, in milliseconds. */
const longestReading = 5_000;

/** Where a branch has no upstream, it is looked for at so many remotes. */
const mostRemotes = 4;

/** Notices that HEAD's branch was pushed, by whatever means: each state of a repository is compared with the one before. */
export class GitPushes implements vscode.Disposable {
  readonly #own = new Owned();
  readonly #pushes = this.#own.add(new vscode.EventEmitter<Push>());
  readonly #seen = new WeakMap<GitRepository, BranchState>();
  /** States are read one after the other, so that each is compared with the one before it. */
  readonly #reading = new WeakMap<GitRepository, Promise<void>>();
  readonly #pushed = new Map<string, number>();

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

  /** When HEAD of a repository was seen being pushed, in milliseconds since the epoch. */
  pushedAt(root: string, commitId: string): number | undefined {
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
    if (moved && (await isOwn(repository, now))) await this.#pushSeen(repository, moved, before, now);
  }

  async #pushSeen(
    repository: GitRepository,
    { remote: name, name: branch }: RemoteBranch,
    before: BranchState,
    now: BranchState,
  ): Promise<void> {
    if (now.commit === undefined) return;
    const root = repository.rootUri.toString();
    this.#pushed.set(`${root} ${now.commit}`, now.at);
    this.#pushes.fire({
      root,
      branch,
      remotes: repository.state.remotes.filter(remote => remote.name === name).flatMap(addressesOf),
      commit: await commitOf(repository, now.commit),
      after: before.at,
      files: () => pushedFiles(repository, before, now),
    });
  }
}

async function branchState(repository: GitRepository): Promise<BranchState> {
  const { name: branch, commit, upstream, ahead = 0, behind = 0 } = repository.state.HEAD ?? {};
  const at = Date.now();
  const level = upstream
    ? ahead === 0 && behind === 0
      ? [upstream]
      : []
    : await sameNamed(repository, branch, commit);
  return { branch, commit, upstream, ahead, behind, level, at };
}

/** The remote branches called like the branch that are at the commit. */
async function sameNamed(
  repository: GitRepository,
  branch: string | undefined,
  commit: string | undefined,
): Promise<RemoteBranch[]> {
  if (branch === undefined || commit === undefined) return [];
  const remotes = repository.state.remotes.slice(0, mostRemotes);
  const found = await Promise.all(
    remotes.map(async ({ name: remote }) => {
      const at = await inTime(repository.getBranch(`refs/remotes/${remote}/${branch}`), longestReading);
      return at?.commit === commit ? [{ remote, name: branch }] : [];
    }),
  );
  return found.flat();
}

async function isOwn(repository: GitRepository, now: BranchState): Promise<boolean> {
  const reading = Promise.all([readCommit(repository, now.commit ?? ""), repository.getConfig("user.email")]);
  const [commit, email] = (await inTime(reading, longestReading)) ?? [];
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
  if (since === undefined || commit === undefined || (await isPartial(repository))) return undefined;
  const changes = await inTime(repository.diffBetween(since, commit), longestReading);
  const root = `${repository.rootUri.path.replace(/\/$/u, "")}/`;
  const uris = changes?.flatMap(({ uri, originalUri, renameUri }) => [uri, originalUri, renameUri ?? uri]);
  return uris && [...new Set(uris.map(({ path }) => path.slice(root.length)))];
}
