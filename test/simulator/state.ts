import { ApiError, notFound } from "./apiError";
import { makeId } from "./ids";
import type { Quirks } from "./quirks";
import {
  branchKey,
  type DeployRecord,
  type Overlap,
  type ServiceRecord,
  type SimulatorData,
} from "./records";
import type { Blueprint, Commit, Environment, Owner, Project, Service, ServiceEvent } from "./wire";

/** What a simulated Render knows now. It begins as a copy of the data given. */
export class State {
  readonly user: { name: string; email: string };
  readonly owners: Owner[];
  readonly projects: Project[];
  readonly environments: Environment[];
  readonly blueprints: Blueprint[];
  readonly #overlaps = new Map<string, Overlap>();
  readonly #services = new Map<string, ServiceRecord>();
  readonly #removed = new Set<string>();
  readonly #commits = new Map<string, Commit>();
  readonly #branches = new Map<string, Commit>();
  #made: number;

  /** @param made how many ids have been given before, none of which is given again */
  constructor(data: SimulatorData, made = 0) {
    this.#made = made;
    this.user = { ...data.user };
    this.owners = data.workspaces.map(({ owner }) => ({ ...owner }));
    this.projects = structuredClone(data.projects);
    this.environments = structuredClone(data.environments);
    this.blueprints = structuredClone(data.blueprints);
    for (const { owner, overlap } of data.workspaces) this.#overlaps.set(owner.id, overlap);
    for (const record of data.services) this.addService(copyOf(record));
    for (const [branch, commit] of Object.entries(data.branches)) {
      this.#branches.set(branch, commit);
      this.knowCommit(commit);
    }
  }

  /** The user as events name them. */
  get person(): { id: string; email: string } {
    return { id: makeId("usr", this.user.email), email: this.user.email };
  }

  get services(): ServiceRecord[] {
    return [...this.#services.values()];
  }

  addService(record: ServiceRecord): void {
    this.#services.set(record.service.id, record);
    for (const { commit } of record.deploys) if (commit !== undefined) this.knowCommit(commit);
  }

  removeService(id: string): void {
    if (this.#services.delete(id)) this.#removed.add(id);
  }

  /** @throws ApiError when the key cannot see a service of this id */
  service(id: string, quirks: Quirks): ServiceRecord {
    const record = this.#services.get(id);
    if (record === undefined) {
      throw this.#removed.has(id) ? new ApiError(quirks.removedService, `not found: ${id}`) : notFound(id);
    }
    if (!this.isVisible(record.service)) throw new ApiError(quirks.foreignService, `not found: ${id}`);
    return record;
  }

  /** The service of this id, whoever owns it; undefined when there is none. */
  find(id: string): ServiceRecord | undefined {
    return this.#services.get(id);
  }

  /** Whether the service belongs to a workspace that the key reaches. */
  isVisible(service: Service): boolean {
    return this.#overlaps.has(service.ownerId);
  }

  /** @throws ApiError when the service has no such deploy */
  deploy(record: ServiceRecord, id: string): DeployRecord {
    const found = record.deploys.find(deploy => deploy.id === id);
    if (found === undefined) throw notFound(id);
    return found;
  }

  isProtected(service: Service): boolean {
    const environment = this.environments.find(({ id }) => id === service.environmentId);
    return environment?.protectedStatus === "protected";
  }

  overlapOf(ownerId: string): Overlap {
    return this.#overlaps.get(ownerId) ?? "wait";
  }

  setOverlap(overlap: Overlap, ownerId?: string): void {
    for (const id of ownerId === undefined ? this.#overlaps.keys() : [ownerId])
      this.#overlaps.set(id, overlap);
  }

  knowCommit(commit: Commit): void {
    this.#commits.set(commit.id, commit);
  }

  commit(id: string): Commit | undefined {
    return this.#commits.get(id);
  }

  /** The known commit that this beginning of an id belongs to; undefined when there is none or more than one. */
  commitStarting(start: string): Commit | undefined {
    const found = [...this.#commits.values()].filter(({ id }) => id.startsWith(start));
    return found.length === 1 ? found[0] : undefined;
  }

  moveBranch(repo: string, branch: string, commit: Commit): void {
    this.knowCommit(commit);
    this.#branches.set(branchKey(repo, branch), commit);
  }

  /** The newest commit of the branch a service is linked to. */
  newestCommit({ service, deploys }: ServiceRecord): Commit | undefined {
    if (service.repo === undefined) return undefined;
    const tip = this.#branches.get(branchKey(service.repo, service.branch ?? ""));
    return tip ?? deploys.find(deploy => deploy.commit !== undefined)?.commit;
  }

  /** How many ids have been given. */
  get made(): number {
    return this.#made;
  }

  /** An id that was not given before, before a reset neither, as Render never gives one twice. */
  nextId(prefix: string): string {
    return makeId(prefix, `made/${this.#made++}`);
  }

  /** Notes something that happened to a service outside a deploy. */
  happened(record: ServiceRecord, type: string, at: string, details: ServiceEvent["details"]): void {
    record.happenings.push({
      id: this.nextId("evt"),
      timestamp: at,
      serviceId: record.service.id,
      type,
      details,
    });
  }
}

function copyOf(record: ServiceRecord): ServiceRecord {
  return {
    ...record,
    service: { ...record.service, suspenders: [...record.service.suspenders] },
    deploys: record.deploys.map(deploy => ({
      ...deploy,
      phases: deploy.phases.map(phase => ({ ...phase })),
    })),
    happenings: [...record.happenings],
  };
}
