import { makeId } from "./ids";
import { parseImage } from "./imageReference";
import type { DeployRecord, PhaseDurations, ServiceRecord } from "./records";
import { timestamp } from "./timestamps";
import type { Service, ServiceDetails } from "./wire";

/** What is special about a service; everything else is filled in. */
export interface ServiceWish {
  /** The default is made from the name: `srv-…`, or `crn-…` for a cron job. */
  id?: string;
  name: string;
  ownerId: string;
  /** The default is `web_service`. */
  type?: string;
  /** A Git repository's HTTPS address. */
  repo?: string;
  /** The default, with a repository, is `main`. */
  branch?: string;
  /** An image reference, instead of a repository. */
  image?: string;
  registryCredential?: { id: string; name: string };
  rootDir?: string;
  buildFilter?: { paths: string[]; ignoredPaths: string[] };
  environmentId?: string;
  autoDeploy?: "commit" | "checksPass" | "off";
  /** Who suspended it; nobody by default. */
  suspenders?: string[];
  /** Default `node`, or `image` for an image; static sites have none. */
  runtime?: string;
  region?: string;
  plan?: string;
  preDeployCommand?: string;
  /** The service this one is a preview of. */
  parentServer?: { id: string; name: string };
  /** Details that differ from the usual ones. */
  details?: Partial<ServiceDetails>;
  /** Milliseconds since the Unix epoch; the default is 2 March 2026, 09:14 UTC. */
  createdAt?: number;
  /** Newest first; none by default. */
  deploys?: DeployRecord[];
  durations?: Partial<PhaseDurations>;
}

const dashboardKinds: Record<string, string> = {
  web_service: "web",
  private_service: "pserv",
  background_worker: "worker",
  cron_job: "cron",
  static_site: "static",
};

/** A service of the simulator, complete enough to pass for Render's. */
export function newService(wish: ServiceWish): ServiceRecord {
  const { name, type = "web_service", image, createdAt = Date.UTC(2026, 2, 2, 9, 14, 5) } = wish;
  const id = wish.id ?? makeId(type === "cron_job" ? "crn" : "srv", `${wish.ownerId}/${name}`);
  const autoDeploy = wish.autoDeploy ?? "commit";
  const parsedImage = image === undefined ? undefined : parseImage(image);
  const suspenders = wish.suspenders ?? [];
  const service: Service = {
    id,
    name,
    ownerId: wish.ownerId,
    type,
    slug: name.toLowerCase().replace(/[^a-z0-9]+/g, "-"),
    dashboardUrl: `https://dashboard.render.com/${dashboardKinds[type] ?? "web"}/${id}`,
    suspended: suspenders.length > 0 ? "suspended" : "not_suspended",
    suspenders,
    autoDeploy: autoDeploy === "off" ? "no" : "yes",
    autoDeployTrigger: autoDeploy,
    notifyOnFail: "default",
    rootDir: wish.rootDir ?? "",
    ...(wish.repo !== undefined && { repo: wish.repo, branch: wish.branch ?? "main" }),
    ...(parsedImage !== undefined && { imagePath: parsedImage.name + parsedImage.version }),
    ...(wish.registryCredential !== undefined && { registryCredential: wish.registryCredential }),
    ...(wish.buildFilter !== undefined && { buildFilter: wish.buildFilter }),
    ...(wish.environmentId !== undefined && { environmentId: wish.environmentId }),
    createdAt: timestamp(createdAt),
    updatedAt: timestamp(createdAt),
    serviceDetails: { ...detailsOf(wish, type, id), ...wish.details },
  };
  return {
    service,
    deploys: (wish.deploys ?? []).map(deploy => ({ ...deploy, serviceId: id })),
    ...(wish.durations !== undefined && { durations: wish.durations }),
    happenings: [],
  };
}

/** Whom a service lets in that lets everybody in. */
export const everybody = [{ cidrBlock: "0.0.0.0/0", description: "everywhere" }];

function detailsOf(wish: ServiceWish, type: string, id: string): ServiceDetails {
  const preview = wish.parentServer === undefined ? {} : { parentServer: wish.parentServer };
  const url = `https://${wish.name.toLowerCase().replace(/[^a-z0-9]+/g, "-")}.onrender.com`;
  const previews = { previews: { generation: "off" as const }, pullRequestPreviewsEnabled: "no" as const };
  if (type === "static_site") {
    return {
      buildCommand: "npm ci && npm run build",
      publishPath: "dist",
      url,
      buildPlan: "starter",
      ipAllowList: everybody,
      ...previews,
      ...preview,
    };
  }
  const runtime = wish.runtime ?? (wish.image === undefined ? "node" : "image");
  const server: ServiceDetails = {
    runtime,
    env: runtime,
    plan: wish.plan ?? "starter",
    region: wish.region ?? "frankfurt",
    buildPlan: "starter",
    envSpecificDetails: commandsOf(runtime, wish.preDeployCommand),
  };
  if (type === "cron_job") return { ...server, schedule: "15 3 * * *" };
  const sshAddress = `${id}@ssh.${server.region ?? ""}.render.com`;
  const running = { ...server, numInstances: 1, sshAddress, ...previews, ...preview };
  if (type === "background_worker") return running;
  const openPorts = [{ port: 10_000, protocol: "TCP" as const }];
  if (type === "private_service") return { ...running, openPorts, url: `${wish.name}:10000` };
  return {
    ...running,
    openPorts: wish.plan === "free" ? null : openPorts,
    url,
    healthCheckPath: "/healthz",
    maintenanceMode: { enabled: false, uri: "" },
    cache: { profile: "no-cache" },
    ipAllowList: everybody,
  };
}

const commands: Record<string, { buildCommand: string; startCommand: string }> = {
  node: { buildCommand: "npm ci && npm run build", startCommand: "node dist/server.js" },
  python: { buildCommand: "pip install -r requirements.txt", startCommand: "gunicorn app:app" },
  go: { buildCommand: "go build -o app ./cmd/app", startCommand: "./app" },
  rust: { buildCommand: "cargo build --release", startCommand: "./target/release/app" },
  ruby: { buildCommand: "bundle install", startCommand: "bundle exec puma" },
  elixir: { buildCommand: "mix release", startCommand: "_build/prod/rel/app/bin/app start" },
};

function commandsOf(
  runtime: string,
  preDeployCommand: string | undefined,
): NonNullable<ServiceDetails["envSpecificDetails"]> {
  const preDeploy = preDeployCommand === undefined ? {} : { preDeployCommand };
  if (runtime === "image") return { dockerCommand: "", dockerContext: "", dockerfilePath: "", ...preDeploy };
  if (runtime === "docker")
    return { dockerCommand: "", dockerContext: ".", dockerfilePath: "./Dockerfile", ...preDeploy };
  return { buildCommand: "make", startCommand: "make run", ...commands[runtime], ...preDeploy };
}
