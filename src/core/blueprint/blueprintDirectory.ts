import { isCloneOf, type RepositorySnapshot } from "../git/repository.js";
import type { Blueprint, BlueprintResource } from "../render/blueprintShapes.js";
import type { RenderClient } from "../render/client.js";

type Known = Blueprint & { readonly resources: readonly BlueprintResource[] };

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
  #known: readonly Known[] = [];
  #reading: { readonly of: string; readonly done: Promise<void>; readonly stop: AbortController } | undefined;

  /** @param failed is told why nothing could be read; there are no Blueprints then */
  constructor(render: Pick<RenderClient, "blueprints" | "blueprint">, failed: (error: unknown) => void) {
    this.#render = render;
    this.#failed = failed;
  }

  /** Reads those of these repositories unless they are here already. Never rejects. */
  load(repositories: readonly RepositorySnapshot[]): Promise<void> {
    const of = JSON.stringify(repositories.map(({ root, remotes }) => [root, remotes]));
    if (this.#reading?.of !== of) {
      this.clear();
      const stop = new AbortController();
      this.#reading = { of, stop, done: this.#read(repositories, stop.signal) };
    }
    return this.#reading.done;
  }

  /**
   * What the Blueprints made from this file control. Those that follow the checked-out branch go before others, as the
   * same file may make other services on each branch.
   *
   * @param path the file's path in the repository, with slashes
   */
  resourcesOf(repository: RepositorySnapshot, path: string): readonly BlueprintResource[] {
    const made = this.#of(repository).filter(blueprint => filePath(blueprint) === path);
    const onBranch = made.filter(({ branch }) => branch === repository.branch);
    return (onBranch.length > 0 ? onBranch : made).flatMap(({ resources }) => resources);
  }

  /** Whether a Blueprint is made from this file, whatever its name is. */
  isMadeFrom(repository: RepositorySnapshot, path: string): boolean {
    return this.#of(repository).some(blueprint => filePath(blueprint) === path);
  }

  /** The ids of the services that the Blueprints of this repository control, as far as they were read. */
  serviceIdsOf(repository: RepositorySnapshot): string[] {
    return this.#of(repository)
      .flatMap(({ resources }) => resources)
      .filter(({ type }) => serviceTypes.test(type))
      .map(({ id }) => id);
  }

  /** Forgets everything and ends what is under way. */
  clear(): void {
    this.#reading?.stop.abort();
    this.#reading = undefined;
    this.#known = [];
  }

  #of(repository: RepositorySnapshot): Known[] {
    return this.#known.filter(({ repo }) => isCloneOf(repository, repo));
  }

  async #read(repositories: readonly RepositorySnapshot[], signal: AbortSignal): Promise<void> {
    try {
      const ours: Blueprint[] = [];
      for await (const page of this.#render.blueprints(signal))
        ours.push(...page.filter(({ repo }) => repositories.some(each => isCloneOf(each, repo))));
      const known = await Promise.all(
        ours.slice(0, mostBlueprints).map(({ id }) => this.#render.blueprint(id, signal)),
      );
      if (!signal.aborted) this.#known = known;
    } catch (error) {
      if (!signal.aborted) this.#failed(error);
    }
  }
}

function filePath({ path }: Blueprint): string {
  return path.replace(/^(?:\.?\/)+/u, "");
}
