import * as vscode from "vscode";
import { liveOf } from "../../services/deployList.js";
import type { Relation } from "../../git/relation.js";
import { headFor } from "../../git/repository.js";
import type { Service } from "../../render/shapes.js";
import type { Glance } from "../glanceTexts.js";
import type { Git } from "../../git/vscode/git.js";
import { compare, longestReading } from "../../git/vscode/compare.js";
import { fetchStamp } from "../../git/vscode/objects.js";
import { inTime } from "../../window/clock.js";
import type { Matches } from "./matches.js";
import { Owned } from "../../window/owned.js";
import type { Services } from "../../services/vscode/services.js";

interface KnownRelation {
  readonly relation: Relation;
  readonly root: string;
  /** What was fetched by then; undefined when that could not be read. */
  readonly stamp: string | undefined;
}

/** More matching services than this are not compared: each comparison runs Git. */
const mostServices = 50;

/**
 * How HEAD and what is live relate, for each service that is built from a repository open here. Brought up to date when
 * Git or the known deploys change, out of what is known already: it asks Render for nothing.
 */
export class Glances implements vscode.Disposable {
  readonly #services: Services;
  readonly #git: Git;
  readonly #matches: Matches;
  readonly #own = new Owned();
  readonly #changed = this.#own.add(new vscode.EventEmitter<string>());
  readonly #glances = new Map<string, Glance>();
  /** By repository, HEAD and live commit. What could not be compared is tried again only when a fetch may have helped. */
  readonly #relations = new Map<string, KnownRelation>();
  #isUpdating = false;
  #isStale = false;

  /** The glance of the service with this id changed. */
  readonly onDidChange = this.#changed.event;

  constructor(services: Services, git: Git, matches: Matches) {
    this.#services = services;
    this.#git = git;
    this.#matches = matches;
    this.#own.add(
      git.onDidChangeRepository(root => {
        void this.#forgetUnknown(root);
      }),
    );
    for (const event of [
      git.onDidChange,
      matches.onDidChange,
      services.onDidChangeDeploys,
    ] as vscode.Event<unknown>[])
      this.#own.add(
        event(() => {
          this.#update();
        }),
      );
  }

  /** Undefined for a service that does not match, or whose live commit is not known. */
  of(serviceId: string): Glance | undefined {
    return this.#glances.get(serviceId);
  }

  dispose(): void {
    this.#own.dispose();
  }

  /** Changes that come while one is being worked on are taken up together afterwards. */
  #update(): void {
    this.#isStale = true;
    if (!this.#isUpdating) void this.#updateWhileStale();
  }

  async #updateWhileStale(): Promise<void> {
    this.#isUpdating = true;
    while (this.#isStale) {
      this.#isStale = false;
      const matching = this.#matches.all().slice(0, mostServices);
      const ids = new Set(matching.map(({ service }) => service.id));
      for (const id of this.#glances.keys()) if (!ids.has(id)) this.#set(id, undefined);
      for (const { service } of matching) this.#set(service.id, await this.#glanceAt(service));
    }
    this.#isUpdating = false;
  }

  async #glanceAt(service: Service): Promise<Glance | undefined> {
    const { id, repo, branch: serviceBranch } = service;
    const live = liveOf(this.#services.deploysOf(id)?.deploys)?.commit?.id;
    const reading = repo === undefined ? undefined : headFor(repo, this.#matches.readingFor(service));
    if (live === undefined || reading?.kind !== "head") return undefined;
    const { head, repository } = reading;
    const { branch } = repository;
    return {
      relation: await this.#relation(repository.root, head.id, live),
      head: head.id,
      live,
      ...(branch !== undefined && { branch }),
      ...(serviceBranch !== undefined && { serviceBranch }),
    };
  }

  async #relation(root: string, head: string, live: string): Promise<Relation> {
    const key = `${root} ${head} ${live}`;
    const known = this.#relations.get(key);
    if (known) return known.relation;
    const repository = this.#git.repository(root);
    if (!repository) return { kind: "unknown", why: "unreadable" };
    const stamp = await this.#stampOf(root);
    const relation = await compare(repository, head, live);
    this.#relations.set(key, { relation, root, stamp });
    return relation;
  }

  async #forgetUnknown(root: string): Promise<void> {
    const unknown = [...this.#relations].filter(
      ([, known]) => known.root === root && known.relation.kind === "unknown",
    );
    if (unknown.length === 0) return;
    const now = await this.#stampOf(root);
    for (const [key, { stamp }] of unknown) if (stamp !== now) this.#relations.delete(key);
    this.#update();
  }

  async #stampOf(root: string): Promise<string | undefined> {
    const repository = this.#git.repository(root);
    return repository && inTime(fetchStamp(repository), longestReading);
  }

  #set(serviceId: string, glance: Glance | undefined): void {
    if (JSON.stringify(glance) === JSON.stringify(this.#glances.get(serviceId))) return;
    if (glance) this.#glances.set(serviceId, glance);
    else this.#glances.delete(serviceId);
    this.#changed.fire(serviceId);
  }
}
