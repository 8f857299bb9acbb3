import { makeId } from "./ids";
import { instancesOf } from "./instances";
import { everybody, newService } from "./newService";
import { branchKey, type ServiceRecord, type SimulatorData, type Workspace } from "./records";
import { commitsOf } from "./sampleCommits";
import { historyOf } from "./sampleHistory";
import { harborRepo, lighthouseRepo, type Places, sampleServices } from "./sampleServices";
import { timestamp } from "./timestamps";
import type { Blueprint, Commit, Environment, Owner, Project } from "./wire";

const day = 86_400_000;
const harborLabs = "tea-d0c6m1q8t5ks73c2v9b0";

const owners: Record<"ada" | "harborLabs" | "tidewater", Owner> = {
  ada: {
    id: "usr-d0a1b2c3d4es73f5g6h0",
    name: "Ada Marsh",
    email: "ada@harbor.example",
    type: "user",
    twoFactorAuthEnabled: true,
  },
  harborLabs: { id: harborLabs, name: "Harbor Labs", email: "ops@harbor.example", type: "team" },
  tidewater: {
    id: "tea-d0k4n2p6r8ts73w1x5y0",
    name: "Tidewater Studio",
    email: "studio@tidewater.example",
    type: "team",
  },
};

const serviceId = (name: string): string => makeId("srv", `${harborLabs}/${name}`);

/** The repository to open beside the sample data, and one that belongs to a single service. */
export const sampleRepository = {
  /** The monorepo's address; several services, in two environments, are built from it. */
  remote: harborRepo,
  branch: "main",
  /** The commit that runs in production; the newest commit of the branch is one ahead of it. */
  liveCommit: commitIn(harborRepo, 1),
  newestCommit: commitIn(harborRepo, 0),
  /** The services built from this repository and branch; the last two are in staging. */
  serviceIds: [
    ...["harbor-api", "harbor-web", "harbor-worker", "harbor-mail"].map(serviceId),
    makeId("crn", `${harborLabs}/harbor-nightly`),
    ...["harbor-docs", "harbor-api-staging", "harbor-web-staging"].map(serviceId),
  ],
  /** The simple case: one service, unprotected, in no environment. */
  lighthouse: {
    remote: lighthouseRepo,
    branch: "main",
    liveCommit: commitIn(lighthouseRepo, 1),
    newestCommit: commitIn(lighthouseRepo, 0),
    serviceId: serviceId("lighthouse"),
  },
};

/**
 * A small company's Render: three workspaces, one of them large, with all that a newcomer may meet.
 *
 * @param now milliseconds since the Unix epoch; the newest deploys were a few hours before
 * @param known real commits of a repository (by its address), newest first, to use in place of invented ones
 */
export function sampleData(
  now: number,
  known: Readonly<Record<string, readonly Commit[]>> = {},
): SimulatorData {
  const { places, projects, environments } = makePlaces(now);
  const branches: Record<string, Commit> = {};
  const pasts = new Map<string, Commit[]>();
  const services = sampleServices(places).map((wish, index) => {
    const record = newService({ ...wish, createdAt: now - (200 - index) * day });
    const { repo, branch } = record.service;
    if (repo !== undefined && branch !== undefined) {
      const commits = pasts.get(repo) ?? commitsOf(repo, 40, now, known[repo]);
      pasts.set(repo, commits);
      if (commits[0] !== undefined) branches[branchKey(repo, branch)] = commits[0];
    }
    record.deploys = historyOf(record, wish.past, pasts.get(repo ?? "") ?? [], now);
    settle(record);
    if (record.service.type === "cron_job")
      record.service.serviceDetails.lastSuccessfulRunAt = timestamp(now - day / 4);
    return record;
  });
  services.push(...previews(services, now));
  for (const record of services) if (record.service.name === "anchor-watch") crash(record, now);
  return {
    user: { name: owners.ada.name, email: owners.ada.email },
    workspaces: [
      { owner: owners.ada, overlap: "override" },
      { owner: owners.harborLabs, overlap: "wait" },
      { owner: owners.tidewater, overlap: "override" },
    ] satisfies Workspace[],
    projects,
    environments,
    services,
    blueprints: [blueprint(services, now)],
    branches,
  };
}

function commitIn(repo: string, index: number): { id: string; message: string } {
  // Neither the id nor the message depends on the time.
  const { id = "", message = "" } = commitsOf(repo, 2, 0)[index] ?? {};
  return { id, message };
}

function makePlaces(now: number): { places: Places; projects: Project[]; environments: Environment[] } {
  const projects: Project[] = [];
  const environments: Environment[] = [];
  const project = (name: string, owner: Owner, names: readonly string[]): string[] => {
    const projectId = makeId("prj", name);
    const ids = names.map(each => makeId("evm", `${name}/${each}`));
    const at = timestamp(now - 210 * day);
    projects.push({ id: projectId, name, owner, environmentIds: ids, createdAt: at, updatedAt: at });
    names.forEach((each, index) => {
      environments.push({
        id: ids[index] ?? "",
        name: each,
        projectId,
        databasesIds: each === "production" ? [`${makeId("dpg", name)}-a`] : [],
        redisIds: [],
        envGroupIds: [],
        protectedStatus: each === "production" ? "protected" : "unprotected",
        networkIsolationEnabled: false,
        ipAllowList: everybody,
      });
    });
    return ids;
  };
  const both = ["production", "staging"];
  const [harborProduction = "", harborStaging = ""] = project("Harbor", owners.harborLabs, both);
  const [cargoProduction = "", cargoStaging = ""] = project("Cargo", owners.harborLabs, both);
  const [shopProduction = "", shopStaging = ""] = project("Chandlery", owners.harborLabs, both);
  const [tidewaterProduction = ""] = project("Gallery", owners.tidewater, ["production"]);
  const places: Places = {
    harborLabs: owners.harborLabs.id,
    ada: owners.ada.id,
    tidewater: owners.tidewater.id,
    harborProduction,
    harborStaging,
    cargoProduction,
    cargoStaging,
    shopProduction,
    shopStaging,
    tidewaterProduction,
  };
  return { places, projects, environments };
}

/** Two pull requests' previews of the sample API and web application. */
function previews(services: readonly ServiceRecord[], now: number): ServiceRecord[] {
  return ["harbor-api", "harbor-web"].flatMap(name => {
    const parent = services.find(({ service }) => service.name === name)?.service;
    if (parent?.repo === undefined) return [];
    const record = newService({
      name: `${name} PR #428`,
      ownerId: parent.ownerId,
      repo: parent.repo,
      branch: "fog-warnings",
      rootDir: parent.rootDir,
      parentServer: { id: parent.id, name: parent.name },
      createdAt: now - 2 * day,
    });
    const past = {
      count: 8,
      newest: Array.from({ length: 8 }, () => "live" as const),
      triggers: ["new_commit"],
    };
    record.deploys = historyOf(record, past, commitsOf(`${parent.repo}#fog-warnings`, 8, now), now);
    settle(record);
    return [record];
  });
}

/** Render API: a service changes last when a deploy goes live. */
function settle({ service, deploys }: ServiceRecord): void {
  const end = deploys.find(({ status }) => status === "live")?.finishedAt;
  if (end !== undefined) service.updatedAt = timestamp(end + 4);
}

/** Half an hour ago an instance ran out of memory, and another took its place. */
function crash(record: ServiceRecord, now: number): void {
  const { id: serviceId } = record.service;
  const at = now - day / 48;
  const instanceID = instancesOf(record)[0]?.id ?? "";
  const reason = { evicted: false, oomKilled: { memoryLimit: "512Mi" } };
  for (const [type, time, details] of [
    ["server_failed", at, { instanceID, reason }],
    ["server_available", at + 20_000, {}],
  ] as const) {
    const id = makeId("evt", `${serviceId}/${type}`);
    record.happenings.push({ id, timestamp: timestamp(time), serviceId, type, details });
  }
}

function blueprint(services: readonly ServiceRecord[], now: number): Blueprint {
  const resources = services
    .filter(({ service }) => service.repo === harborRepo && service.branch === "main")
    .map(({ service: { id, name, type } }) => ({ id, name, type }));
  return {
    id: makeId("exs", "harbor"),
    name: "harbor",
    status: "in_sync",
    autoSync: true,
    repo: harborRepo,
    branch: "main",
    path: "render.yaml",
    lastSync: timestamp(now - day),
    resources,
  };
}
