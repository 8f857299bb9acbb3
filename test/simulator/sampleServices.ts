import type { ServiceWish } from "./newService";
import type { Past } from "./sampleHistory";

/** A sample service and its past. */
export interface SampleService extends ServiceWish {
  past: Past;
}

/** Ids of the workspaces and environments that the sample services belong to. */
export interface Places {
  harborLabs: string;
  ada: string;
  tidewater: string;
  harborProduction: string;
  harborStaging: string;
  cargoProduction: string;
  cargoStaging: string;
  shopProduction: string;
  shopStaging: string;
  tidewaterProduction: string;
}

export const harborRepo = "https://github.com/harbor-labs/harbor";
export const lighthouseRepo = "https://github.com/harbor-labs/lighthouse";
const cargoRepo = "https://github.com/harbor-labs/cargo";
const shopRepo = "https://github.com/harbor-labs/chandlery";
const registry = { id: "rgc-d0f6m1q8t5ks73c2v9b0", name: "ghcr-bot" };

const part = (rootDir: string): Pick<ServiceWish, "repo" | "rootDir" | "buildFilter"> => ({
  repo: harborRepo,
  rootDir,
  buildFilter: { paths: [`${rootDir}/**`, "packages/**"], ignoredPaths: ["**/*.md"] },
});

/** Every sample service: a monorepo with two environments, two smaller projects, and what gathers beside them. */
export function sampleServices(places: Places): SampleService[] {
  return [
    ...harborServices(places),
    ...cargoServices(places),
    ...shopServices(places),
    ...looseServices(places.harborLabs),
    ...otherWorkspaces(places),
  ];
}

function harborServices({ harborLabs: ownerId, harborProduction, harborStaging }: Places): SampleService[] {
  const production = { ownerId, environmentId: harborProduction };
  const staging = { ownerId, environmentId: harborStaging };
  const api = { ...part("services/api"), preDeployCommand: "npm run migrate" };
  const worker = { ...part("services/worker"), type: "background_worker" };
  return [
    { ...production, ...api, name: "harbor-api", autoDeploy: "checksPass", past: { count: 30, behind: 1 } },
    { ...production, ...part("apps/web"), name: "harbor-web", past: { count: 24, behind: 1 } },
    {
      ...production,
      ...worker,
      name: "harbor-worker",
      past: { count: 18, newest: ["build_failed"], behind: 1 },
    },
    {
      ...production,
      ...part("services/mail"),
      name: "harbor-mail",
      type: "private_service",
      autoDeploy: "off",
      past: { count: 9, behind: 6, triggers: ["manual", "api"] },
    },
    {
      ...production,
      ...part("jobs/nightly"),
      name: "harbor-nightly",
      type: "cron_job",
      past: { count: 11, behind: 1 },
    },
    {
      ...production,
      ...part("docs"),
      name: "harbor-docs",
      type: "static_site",
      past: { count: 21, behind: 1 },
    },
    { ...staging, ...api, name: "harbor-api-staging", past: { count: 28 } },
    {
      ...staging,
      ...part("apps/web"),
      name: "harbor-web-staging",
      past: { count: 26, newest: ["canceled"] },
    },
    { ...staging, ...worker, name: "harbor-worker-staging", branch: "develop", past: { count: 14 } },
  ];
}

function cargoServices({ harborLabs: ownerId, cargoProduction, cargoStaging }: Places): SampleService[] {
  const production = { ownerId, environmentId: cargoProduction, region: "oregon" };
  const staging = { ownerId, environmentId: cargoStaging, region: "oregon" };
  const python = { repo: cargoRepo, runtime: "python", preDeployCommand: "alembic upgrade head" };
  return [
    { ...production, ...python, name: "cargo-api", branch: "release", past: { count: 16 } },
    {
      ...production,
      repo: cargoRepo,
      runtime: "python",
      name: "cargo-manifests",
      type: "background_worker",
      branch: "release",
      past: { count: 12 },
    },
    {
      ...production,
      repo: cargoRepo,
      runtime: "python",
      name: "cargo-invoices",
      type: "cron_job",
      branch: "release",
      past: { count: 8 },
    },
    {
      ...production,
      image: "ghcr.io/harbor-labs/customs-gateway:1.42",
      registryCredential: registry,
      name: "customs-gateway",
      type: "private_service",
      past: { count: 15 },
    },
    { ...staging, ...python, name: "cargo-api-staging", past: { count: 22, newest: ["pre_deploy_failed"] } },
    {
      ...staging,
      repo: cargoRepo,
      runtime: "python",
      name: "cargo-manifests-staging",
      type: "background_worker",
      past: { count: 13 },
    },
  ];
}

function shopServices({ harborLabs: ownerId, shopProduction, shopStaging }: Places): SampleService[] {
  const production = { ownerId, environmentId: shopProduction };
  const staging = { ownerId, environmentId: shopStaging };
  return [
    {
      ...production,
      repo: shopRepo,
      runtime: "docker",
      name: "chandlery",
      autoDeploy: "off",
      past: { count: 19, behind: 3 },
    },
    {
      ...production,
      repo: shopRepo,
      rootDir: "search",
      runtime: "go",
      name: "chandlery-search",
      past: { count: 10 },
    },
    {
      ...production,
      image: "docker.io/library/redis-commander:1.9",
      name: "chandlery-cache",
      type: "private_service",
      past: { count: 8 },
    },
    { ...staging, repo: shopRepo, runtime: "docker", name: "chandlery-staging", past: { count: 17 } },
  ];
}

function looseServices(ownerId: string): SampleService[] {
  return [
    { ownerId, repo: lighthouseRepo, name: "lighthouse", past: { count: 20, behind: 1 } },
    {
      ownerId,
      repo: "https://github.com/harbor-labs/tide-tables",
      runtime: "rust",
      name: "tide-tables",
      region: "ohio",
      past: { count: 12 },
    },
    {
      ownerId,
      repo: "https://github.com/harbor-labs/pilot",
      runtime: "elixir",
      name: "pilot-chat",
      region: "singapore",
      past: { count: 9, newest: ["update_failed", "update_failed"] },
    },
    {
      ownerId,
      repo: "https://gitlab.com/harbor-labs/anchor-watch",
      runtime: "ruby",
      name: "anchor-watch",
      branch: "master",
      past: { count: 8 },
    },
    {
      ownerId,
      image: "ghcr.io/harbor-labs/thumbs:1.31",
      registryCredential: registry,
      name: "thumbs",
      type: "background_worker",
      suspenders: ["user"],
      past: { count: 10 },
    },
    { ownerId, image: "docker.io/library/nginx", name: "status-page", past: { count: 8 } },
    {
      ownerId,
      image: "ghcr.io/harbor-labs/fog-horn:1.27",
      registryCredential: registry,
      name: "fog-horn",
      past: { count: 14, newest: ["update_failed"] },
    },
    {
      ownerId,
      image: "ghcr.io/harbor-labs/buoy-census:1.12",
      registryCredential: registry,
      name: "buoy-census",
      type: "cron_job",
      past: { count: 9 },
    },
    {
      ownerId,
      repo: "https://github.com/harbor-labs/old-ferry",
      name: "old-ferry",
      autoDeploy: "off",
      suspenders: ["billing"],
      past: { count: 8 },
    },
    {
      ownerId,
      repo: "https://github.com/harbor-labs/first-mate",
      name: "first-mate",
      past: { count: 1, newest: ["build_failed"] },
    },
    { ownerId, repo: "https://github.com/harbor-labs/empty-quay", name: "empty-quay", past: { count: 0 } },
  ];
}

function otherWorkspaces({ ada, tidewater, tidewaterProduction }: Places): SampleService[] {
  return [
    {
      ownerId: ada,
      repo: "https://github.com/ada-marsh/logbook",
      name: "logbook",
      type: "static_site",
      past: { count: 12 },
    },
    {
      ownerId: ada,
      repo: "https://github.com/ada-marsh/tide-bot",
      runtime: "python",
      name: "tide-bot",
      plan: "free",
      past: { count: 10 },
    },
    {
      ownerId: ada,
      image: "docker.io/ada-marsh/barometer:1.8",
      name: "barometer",
      suspenders: ["user"],
      past: { count: 8 },
    },
    {
      ownerId: tidewater,
      environmentId: tidewaterProduction,
      repo: "https://github.com/tidewater-studio/gallery",
      name: "gallery",
      region: "virginia",
      past: { count: 16 },
    },
    {
      ownerId: tidewater,
      repo: "https://github.com/tidewater-studio/gallery",
      rootDir: "resize",
      name: "gallery-resize",
      type: "background_worker",
      region: "virginia",
      past: { count: 11 },
    },
    {
      ownerId: tidewater,
      repo: "https://github.com/tidewater-studio/postcards",
      name: "postcards",
      type: "static_site",
      past: { count: 9 },
    },
  ];
}
