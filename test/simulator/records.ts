import type { Play } from "./playedEndings";
import type {
  Blueprint,
  Commit,
  DeployImage,
  Environment,
  Failure,
  Owner,
  Project,
  Service,
  ServiceEvent,
} from "./wire";

/** The steps of a deploy that take time. */
export type PhaseKind = "build" | "pre_deploy" | "update";

/** Milliseconds each step takes at speed 1. */
export type PhaseDurations = Record<PhaseKind, number>;

export const defaultDurations: PhaseDurations = { build: 40_000, pre_deploy: 5_000, update: 10_000 };

export type Outcome = "succeeded" | "failed" | "canceled";

/** One step of one deploy. Times are milliseconds since the Unix epoch. */
export interface PhaseRecord {
  kind: PhaseKind;
  startedAt: number;
  /** How long the step lasts when nothing cuts it short, speed already taken into account. */
  plannedMs: number;
  endedAt?: number;
  outcome?: Outcome;
}

/** A deploy with all the simulator knows of it; events and log lines are worked out from this. */
export interface DeployRecord {
  id: string;
  serviceId: string;
  status: string;
  /** What a reader is told instead while the deploy has not ended: a status unknown today. */
  shownStatus?: string;
  trigger: string;
  commit?: Commit;
  image?: DeployImage;
  /** Milliseconds since the Unix epoch, as the three below. */
  createdAt: number;
  updatedAt: number;
  startedAt?: number;
  finishedAt?: number;
  phases: PhaseRecord[];
  clearCache: boolean;
  /** The id of the deploy that this one went back to. */
  rollbackTo?: string;
  /** The id of the deploy that took this one's place. */
  supersededBy?: string;
  failure?: Failure;
  /** True when the image could not be fetched. */
  pullFailed?: boolean;
  /** True when there were no build minutes left. */
  minutesUsedUp?: boolean;
  /** The played log that it writes instead of the usual lines. */
  plays?: Play;
  /** True for a service's very first deploy. */
  first: boolean;
}

/** A service with its deploys and what else happened to it. */
export interface ServiceRecord {
  service: Service;
  /** Newest first. */
  deploys: DeployRecord[];
  /** Steps of this service that take longer or shorter than usual, in milliseconds at speed 1. */
  durations?: Partial<PhaseDurations>;
  /** Events that are not part of a deploy. */
  happenings: ServiceEvent[];
  /** When its instances were last begun anew without a deploy, in milliseconds since the Unix epoch. */
  restartedAt?: number;
}

/** What a workspace does with a trigger while a deploy runs (Render API: overlap). */
export type Overlap = "wait" | "override";

/** A workspace. Its overlap setting is not part of Render's API. */
export interface Workspace {
  owner: Owner;
  overlap: Overlap;
}

/** Everything a simulated Render starts with. It is copied, never changed. */
export interface SimulatorData {
  user: { name: string; email: string };
  workspaces: Workspace[];
  projects: Project[];
  environments: Environment[];
  services: ServiceRecord[];
  blueprints: Blueprint[];
  /** The newest commit of each branch, under the name {@link branchKey} gives. */
  branches: Record<string, Commit>;
}

/** One workspace without any service: what small tests begin with. */
export function emptyData(): SimulatorData {
  const owner: Owner = {
    id: "tea-d0000000000000000001",
    name: "Harbor Labs",
    email: "ops@harbor.example",
    type: "team",
  };
  return {
    user: { name: "Ada Marsh", email: "ada@harbor.example" },
    workspaces: [{ owner, overlap: "wait" }],
    projects: [],
    environments: [],
    services: [],
    blueprints: [],
    branches: {},
  };
}

/** The name of a branch of a repository in {@link SimulatorData.branches}. */
export function branchKey(repo: string, branch: string): string {
  return `${repo}#${branch}`;
}

const ongoing = new Set(["created", "build_in_progress", "pre_deploy_in_progress", "update_in_progress"]);

/** True from the moment a deploy begins until it ends; a queued one has not begun. */
export function isRunning(deploy: DeployRecord): boolean {
  return ongoing.has(deploy.status);
}

/** True once a deploy succeeded, whether it still serves or was replaced. */
export function succeeded(deploy: DeployRecord): boolean {
  return deploy.status === "live" || deploy.status === "deactivated";
}
