import { parseCommitId } from "../../../git/commitId.js";
import type { Clock } from "../../../ports.js";
import type { Deploy } from "../../../render/shapes.js";
import { automaticWithin } from "../../autoDeploy/automaticWait.js";
import type { Notes } from "./noteFolder.js";

/** How long a note holds, in milliseconds: longer than anything looks for an automatic deploy. */
const longest = automaticWithin.checksPass + 10 * 60_000;

export interface AwaitedDeploysParts {
  /** Seen by all windows of a person. */
  readonly notes: Pick<Notes, "names" | "read" | "create" | "remove">;
  readonly clock: Clock;
}

/** Who takes care of the automatic deploy of a commit, so that no other window, and nothing else in this one, does. */
export class AwaitedDeploys {
  readonly #parts: AwaitedDeploysParts;
  readonly #awaited = new Set<string>();

  constructor(parts: AwaitedDeploysParts) {
    this.#parts = parts;
  }

  /** A person waits for it here, and will be told. Never rejects. */
  async add(serviceId: string, commitId: string): Promise<void> {
    const name = nameOf(serviceId, commitId);
    this.#awaited.add(name);
    await this.#take(name);
  }

  /** It is not waited for after all. Never rejects. */
  async remove(serviceId: string, commitId: string): Promise<void> {
    const name = nameOf(serviceId, commitId);
    this.#awaited.delete(name);
    await this.#parts.notes.remove(name).catch(() => false);
  }

  /** True for the first one of all windows that asks, unless a person waits for it. Never rejects. */
  async claim(serviceId: string, commitId: string): Promise<boolean> {
    const name = nameOf(serviceId, commitId);
    if (this.#awaited.has(name)) return false;
    await this.#removeOld();
    return this.#take(name);
  }

  /**
   * True for the first one of all windows that asks to follow a deploy which nobody here asked for; false also where the
   * deploy of its commit is waited for. Never rejects.
   */
  async claimDeploy(serviceId: string, { id, trigger, commit }: Deploy): Promise<boolean> {
    const isAutomatic = trigger === "new_commit" && commit !== undefined;
    if (isAutomatic && !(await this.claim(serviceId, commit.id))) return false;
    return this.claim(serviceId, id);
  }

  async #take(name: string): Promise<boolean> {
    const { notes, clock } = this.#parts;
    try {
      await notes.create(name, "", clock.now());
      return true;
    } catch {
      // Where nothing can be written, rather told twice than never.
      return (await notes.read(name)) === undefined;
    }
  }

  async #removeOld(): Promise<void> {
    const { notes, clock } = this.#parts;
    for (const name of await notes.names()) {
      const note = await notes.read(name);
      if (note && clock.now() - note.touchedAt > longest) await notes.remove(name).catch(() => false);
    }
  }
}

function nameOf(serviceId: string, commitId: string): string {
  return `${serviceId} ${parseCommitId(commitId) ?? commitId}`;
}
