import type { RepositorySnapshot } from "../repository.js";
import type { GitRepository } from "./gitApi.js";
import { inTime } from "../../window/clock.js";

/** How long a fresh reading may take before what is known is used, in milliseconds. */
const longestStatus = 5_000;

/** The same where nothing is known: a person is told then that they wait. */
const longestFirstStatus = 1_500;

/** Which repositories the Git extension has read: it opens one before it knows HEAD, remotes and changes. */
export class GitStatuses {
  readonly #read = new Set<string>();
  /** Those whose first reading takes long. */
  readonly #slow = new Set<string>();
  readonly #failed = new Set<string>();

  /** Takes note that the state of a repository changed: the extension has read it, unless HEAD is unknown all the same. */
  note(repository: GitRepository): void {
    if (!repository.state.HEAD) return;
    const root = repository.rootUri.toString();
    this.#read.add(root);
    this.#failed.delete(root);
  }

  /** Why nothing is known of a repository. */
  unread({ rootUri, state }: GitRepository): RepositorySnapshot["unread"] {
    const root = rootUri.toString();
    if (this.#slow.has(root)) return "notYet";
    if (state.HEAD) return undefined;
    return this.#failed.has(root) ? "failed" : "notYet";
  }

  /**
   * Has a repository read anew. Resolves early where that takes long.
   *
   * @param later is called when it is read after all
   */
  async readAnew(repository: GitRepository, later: () => void): Promise<void> {
    const root = repository.rootUri.toString();
    // One more reading would begin from the start.
    if (this.#slow.has(root)) return;
    const isFirst = !this.#read.has(root);
    const reading = this.#readNow(repository);
    const limit = isFirst ? longestFirstStatus : longestStatus;
    if ((await inTime(reading, limit)) !== undefined || !isFirst) return;
    this.#slow.add(root);
    void reading.then(() => {
      this.#slow.delete(root);
      later();
    });
  }

  async #readNow(repository: GitRepository): Promise<true> {
    const root = repository.rootUri.toString();
    await repository.status().catch(() => undefined);
    if (!repository.state.HEAD) this.#failed.add(root);
    this.note(repository);
    return true;
  }
}
