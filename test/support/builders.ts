import type { DeployOrder, DeploySink, FollowedDeploy } from "../../src/features/following/followedDeploy.js";
import type { ClosedRepository } from "../../src/git/onDisk/closedRepository.js";
import type { RepositorySnapshot } from "../../src/git/repository.js";
import type { Logger } from "../../src/ports.js";
import type { Deploy, Environment, Owner, Project, Service } from "../../src/render/shapes.js";
import type { Listing } from "../../src/services/directory.js";
import { without } from "./without.js";

/** A Git-backed web service; name what matters to the test. */
export function aService(change: Partial<Service> = {}): Service {
  return {
    id: "srv-1",
    name: "harbor-api",
    ownerId: "tea-1",
    type: "web_service",
    dashboardUrl: "https://dashboard.render.com/web/srv-1",
    suspended: false,
    suspenders: [],
    autoDeploy: "commit",
    repo: "https://github.com/harbor-labs/harbor",
    branch: "main",
    rootDir: "",
    url: "https://harbor-api.onrender.com",
    isPreview: false,
    ...change,
  };
}

/** An image-backed service. */
export function anImageService(change: Partial<Service> = {}): Service {
  return without(aService({ imagePath: "ghcr.io/harbor-labs/thumbs:1.4", ...change }), "repo", "branch");
}

export const sha = "7c1f0e94ab52d3386c0fe1b9a5d2478e6f13ca90";

/** A deploy of commit `sha` through the API. */
export function aDeploy(change: Partial<Deploy> = {}): Deploy {
  return {
    id: "dep-1",
    status: "build_in_progress",
    trigger: "api",
    commit: { id: sha, message: "Cache port lookups\n\nHalves the p95." },
    createdAt: 1_000,
    ...change,
  };
}

export function anOwner(change: Partial<Owner> = {}): Owner {
  return { id: "tea-1", name: "Harbor Labs", type: "team", ...change };
}

export function aProject(change: Partial<Project> = {}): Project {
  return { id: "prj-1", name: "Harbor", ownerId: "tea-1", environmentIds: ["evm-1"], ...change };
}

export function anEnvironment(change: Partial<Environment> = {}): Environment {
  return {
    id: "evm-1",
    name: "production",
    projectId: "prj-1",
    isProtected: true,
    serviceIds: [],
    ...change,
  };
}

/** A loaded account of one workspace with one project environment and one service outside it. */
export function aListing(change: Partial<Listing> = {}): Listing {
  return {
    state: "ready",
    owners: [anOwner()],
    projects: [aProject()],
    environments: [anEnvironment()],
    services: [aService()],
    ...change,
  };
}

export function anOrder(change: Partial<DeployOrder> = {}): DeployOrder {
  return {
    service: aService(),
    place: { workspace: "Harbor Labs", environment: "Harbor / production", isProtected: true },
    body: { commitId: sha },
    what: "7c1f0e9 Cache port lookups (main)",
    askedBy: "Ada, from the status bar",
    ...change,
  };
}

/** A deploy that is being followed, asked for at 10 s and building since. */
export function aFollowedDeploy(change: Partial<FollowedDeploy> = {}): FollowedDeploy {
  return {
    key: "deploy-1",
    order: anOrder(),
    askedAt: 10_000,
    stage: { kind: "following", deploy: aDeploy() },
    steps: [{ status: "build_in_progress", since: 10_000 }],
    answerLost: false,
    cancelAsked: false,
    ...change,
  };
}

export function aRepository(change: Partial<RepositorySnapshot> = {}): RepositorySnapshot {
  return {
    root: "file:///home/ada/harbor",
    name: "harbor",
    remotes: ["git@github.com:harbor-labs/harbor.git"],
    branch: "main",
    head: { id: sha, message: "Cache port lookups" },
    active: false,
    ...change,
  };
}

/** The folder "harbor" below the home folder, closed by a person; a clone of the repository of `aService`. */
export function aClosedRepository(change: Partial<ClosedRepository> = {}): ClosedRepository {
  return {
    why: "closed",
    root: "/home/ada/harbor",
    uri: "file:///home/ada/harbor",
    folder: "harbor",
    remotes: ["git@github.com:harbor-labs/harbor.git"],
    active: false,
    ...change,
  };
}

/** Keeps what it is told. */
export class RecordingSink implements DeploySink {
  readonly told: FollowedDeploy[] = [];

  deployChanged(now: FollowedDeploy): void {
    this.told.push(now);
  }

  /** The kinds of the stages told, equal neighbours once. */
  get stages(): string[] {
    return this.told.map(({ stage }) => stage.kind).filter((kind, i, all) => kind !== all[i - 1]);
  }
}

/** Keeps its lines as "level: text". */
export class RecordingLog implements Logger {
  readonly lines: string[] = [];

  debug(message: string): void {
    this.lines.push(`debug: ${message}`);
  }
  info(message: string): void {
    this.lines.push(`info: ${message}`);
  }
  warn(message: string): void {
    this.lines.push(`warn: ${message}`);
  }
  error(message: string): void {
    this.lines.push(`error: ${message}`);
  }
}
