import { isCloneOf, type RepositorySnapshot } from "../git/repository.js";
import type { Blueprint, BlueprintResource } from "../render/blueprintShapes.js";
import type { RenderClient } from "../render/client.js";

/** A Blueprint with what it controls. */
export type KnownBlueprint = Blueprint & { readonly resources: readonly BlueprintResource[] };

/** What of a Blueprint's resources is a service (Render API, "Retrieve Blueprint"). */
const serviceTypes = /^(?:static_site|web_service|private_service|background_worker|cron_job)$/u;

/** More Blueprints than this of the open repositories are not read one by one. */
const mostBlueprints = 20;

/**
 * The Blueprints made from the repositories of this window, with what they control. Read once, on demand, as each takes
 * a request of its own.
 */
export class BlueprintDirectory {
  readonly #render: Pick<RenderClient, "blueprints" | "blueprint">;
  readonly #failed: (error: unknown) => void;
  #known: readonly KnownBlueprint[] = [];
  #hasLeftOut = false;
  #reading:
    { readonly of: string; readonly done: Promise<boolean>; readonly stop: AbortController } | undefined;

  /** @param failed is told why something could not be read */
  constructor(render: Pick<RenderClient, "blueprints" | "blueprint">, failed: (error: unknown) => void) {
    this.#render = render;
    this.#failed = failed;
  }

  /** Whether a Blueprint, or something that one controls, was left out of what was read last, as it was odd. */
  get hasLeftOut(): boolean {
    return this.#hasLeftOut;
  }

  /** Reads those of these repositories unless they are here already. Whether all were read. Never rejects. */
  load(repositories: readonly RepositorySnapshot[]): Promise<boolean> {
    const of = JSON.stringify(repositories.map(({ root, remotes }) => [root, remotes]));
    if (this.#reading?.of !== of) {
      this.expire();
      const stop = new AbortController();
      this.#reading = { of, stop, done: this.#read(repositories, stop.signal) };
    }
    return this.#reading.done;
  }

  /**
   * The Blueprints made from this file. Those that follow the checked-out branch stand for all, as the same file may
   * make other services on each branch; several of one branch are an original and its copies.
   *
   * @param path the file's path in the repository, with slashes
   */
  madeFrom(repository: RepositorySnapshot, path: string): readonly KnownBlueprint[] {
    const made = this.#of(repository).filter(blueprint => filePath(blueprint) === path);
    const onBranch = made.filter(({ branch }) => branch === repository.branch);
    return onBranch.length > 0 ? onBranch : made;
  }

  /** The paths of all files in this repository that Blueprints are made from. */
  pathsIn(repository: RepositorySnapshot): string[] {
    return [...new Set(this.#of(repository).map(filePath))];
  }

  /** The ids of the services that the Blueprints of this repository control, as far as they were read. */
  serviceIdsOf(repository: RepositorySnapshot): string[] {
    return this.#of(repository)
      .flatMap(({ resources }) => resources)
      .filter(({ type }) => serviceTypes.test(type))
      .map(({ id }) => id);
  }

  /** Reads anew when it is asked next; what is known stays until then. */
  expire(): void {
    this.#reading?.stop.abort();
    this.#reading = undefined;
  }

  /** Forgets everything and ends what is under way. */
  clear(): void {
    this.expire();
    this.#known = [];
    this.#hasLeftOut = false;
  }

  #of(repository: RepositorySnapshot): KnownBlueprint[] {
    return this.#known.filter(({ repo }) => isCloneOf(repository, repo));
  }

  async #read(repositories: readonly RepositorySnapshot[], signal: AbortSignal): Promise<boolean> {
    let hasLeftOut = false;
    const leftOut = (): void => {
      hasLeftOut = true;
    };
    try {
      const ours: Blueprint[] = [];
      for await (const page of this.#render.blueprints(signal, leftOut))
        ours.push(...page.filter(({ repo }) => repositories.some(each => isCloneOf(each, repo))));
      const read = await Promise.allSettled(
        ours.slice(0, mostBlueprints).map(({ id }) => this.#render.blueprint(id, signal, leftOut)),
      );
      if (signal.aborted) return false;
      this.#hasLeftOut = hasLeftOut;
      this.#known = read.flatMap(each => (each.status === "fulfilled" ? [each.value] : []));
      // One that cannot be read takes none of the others away; that it is missing is told once.
      const missing = read.find(({ status }) => status === "rejected");
      if (missing?.status === "rejected") this.#failed(missing.reason);
      return missing === undefined && ours.length <= mostBlueprints;
    } catch (error) {
      if (!signal.aborted) this.#failed(error);
      return false;
    }
  }
}

function filePath({ path }: Blueprint): string {
  return path.replace(/^(?:\.?\/)+/u, "");
}
