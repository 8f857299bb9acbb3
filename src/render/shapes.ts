import * as v from "valibot";
import { informing, listOf, needed, pageOf, text, texts } from "./entries.js";

/**
 * What the extension reads of Render's objects. Dates are milliseconds since the Unix epoch. Render's enums grow, so
 * `type`, `status` and the like are open strings. An absent field and a `null` are the same: the key is left out.
 */

/** The person whom an API key belongs to. */
export interface User {
  email: string;
  name: string;
}

/** What the API calls an owner and people call a workspace. */
export interface Owner {
  id: string;
  name: string;
  email?: string;
  /** `user` or `team`. */
  type?: string;
}

export interface Project {
  id: string;
  name: string;
  ownerId?: string;
  environmentIds: string[];
}

export interface Environment {
  id: string;
  name: string;
  projectId: string;
  /** Only admins may do destructive things in a protected environment. */
  isProtected: boolean;
  serviceIds: string[];
}

export interface Service {
  id: string;
  name: string;
  ownerId: string;
  /** `web_service`, `private_service`, `background_worker`, `cron_job`, `static_site`, or one added later. */
  type: string;
  /** Absent where neither Render tells it nor the type does. */
  dashboardUrl?: string;
  slug?: string;
  suspended: boolean;
  /** Who suspended it, such as `user` or `billing`. Empty while it runs. */
  suspenders: string[];
  /** When Render deploys by itself; `unknown` where it does not say, or in a way that came later. Image-backed services claim `commit` although they never do (Render API: deploys). */
  autoDeploy: "off" | "commit" | "checksPass" | "unknown";
  /** The Git repository as it was entered, of Git-backed services. */
  repo?: string;
  branch?: string;
  /** The folder inside the repository that is built, `""` for its root. Absent where Render says it in a way that came later. */
  rootDir?: string;
  /** Globs, relative to the root of the repository, which decide what starts an autodeploy; `unknown` where they cannot be read. */
  buildFilter?: BuildFilter | "unknown";
  /** The image reference, of image-backed services. */
  imagePath?: string;
  environmentId?: string;
  /** A link for web services and static sites, but `host:port` for private services. */
  url?: string;
  plan?: string;
  region?: string;
  runtime?: string;
  /** Made by Render for a pull request: it has a parent server. */
  isPreview: boolean;
  createdAt?: number;
  updatedAt?: number;
}

/** Globs of what starts an autodeploy, and of what never does. */
export interface BuildFilter {
  paths: string[];
  ignoredPaths: string[];
}

export interface Deploy {
  id: string;
  /** One of Render's statuses or one added later. A deploy that comes without one counts as `created`. */
  status: string;
  trigger?: string;
  /** Of Git-backed services. `message` is the whole message. Left out when it comes without an id. */
  commit?: { id: string; message?: string; createdAt?: number };
  /** Of image-backed services. */
  image?: { ref?: string; sha?: string };
  createdAt?: number;
  /** May lie some milliseconds before `createdAt`. */
  startedAt?: number;
  finishedAt?: number;
  updatedAt?: number;
}

/** One of the machines that run a service. */
export interface Instance {
  id: string;
  createdAt?: number;
}

/** An ISO time as milliseconds since the epoch. One from before Render began stands for none: `0001-01-01T00:00:00Z`. */
export const time = informing(
  v.pipe(
    v.string(),
    v.isoTimestamp(),
    v.transform(value => Date.parse(value)),
    v.number(),
    v.minValue(0),
  ),
);
const times = { createdAt: time, updatedAt: time };

/** Without either there is nobody to greet, so it is no person. */
export const userSchema = v.pipe(
  v.object({ email: text, name: text }),
  v.check(({ email, name }) => (email ?? name) !== undefined),
  v.transform(({ email = "", name = "" }): User => ({ email, name })),
);

export const ownerSchema = v.pipe(
  v.object({ id: needed, name: needed, email: text, type: text }),
  v.transform((owner): Owner => present(owner)),
);

export const projectSchema = v.pipe(
  v.object({ id: needed, name: needed, owner: informing(v.object({ id: needed })), environmentIds: texts }),
  v.transform(({ id, name, owner, environmentIds }): Project => {
    return present({ id, name, ownerId: owner?.id, environmentIds });
  }),
);

export const environmentSchema = v.pipe(
  v.object({
    id: needed,
    name: needed,
    projectId: needed,
    // Not one that only informs: what cannot be read is rather protected.
    protectedStatus: v.optional(v.fallback(v.nullable(v.string()), "protected")),
    serviceIds: texts,
  }),
  v.transform(({ protectedStatus, ...environment }): Environment => {
    return { ...environment, isProtected: protectedStatus === "protected" };
  }),
);

const serviceDetails = informing(
  v.object({
    url: text,
    plan: text,
    region: text,
    runtime: text,
    env: text,
    parentServer: informing(v.object({})),
  }),
);

const globs = v.nullish(v.array(v.string()), []);

/** What decides something must not look as if there were none because it is odd. */
const buildFilter = v.fallback(
  v.pipe(
    v.unknown(),
    v.check(value => !Array.isArray(value)),
    v.nullish(v.object({ paths: globs, ignoredPaths: globs })),
    v.transform((filter): BuildFilter | "unknown" | undefined => filter ?? undefined),
  ),
  "unknown",
);

const rootDir = v.fallback(
  v.pipe(
    v.nullish(v.string(), ""),
    v.transform((folder): string | undefined => folder),
  ),
  undefined,
);

export const serviceSchema = v.pipe(
  v.object({
    id: needed,
    name: needed,
    ownerId: needed,
    type: needed,
    dashboardUrl: text,
    slug: text,
    suspended: text,
    suspenders: texts,
    autoDeploy: text,
    autoDeployTrigger: text,
    repo: text,
    branch: text,
    rootDir: v.optional(rootDir, ""),
    buildFilter: v.optional(buildFilter),
    imagePath: text,
    environmentId: text,
    serviceDetails,
    ...times,
  }),
  v.transform(({ serviceDetails: details, autoDeployTrigger, ...service }): Service => {
    return present({
      ...service,
      dashboardUrl: service.dashboardUrl ?? dashboardUrlOf(service),
      suspended: service.suspended === "suspended",
      autoDeploy: autoDeployOf(service.autoDeploy, autoDeployTrigger),
      url: details?.url,
      plan: details?.plan,
      region: details?.region,
      runtime: details?.runtime ?? details?.env,
      isPreview: details?.parentServer !== undefined,
    });
  }),
);

/** Render API: Dashboard addresses. */
const dashboardKinds = new Map([
  ["web_service", "web"],
  ["private_service", "pserv"],
  ["background_worker", "worker"],
  ["cron_job", "cron"],
  ["static_site", "static"],
]);

/** Replies of 2022 and 2023 lack the address, so it is made as Render makes it. */
function dashboardUrlOf({ type, id }: Pick<Service, "type" | "id">): string | undefined {
  const kind = dashboardKinds.get(type);
  return kind === undefined ? undefined : `https://dashboard.render.com/${kind}/${encodeURIComponent(id)}`;
}

export const deploySchema = v.pipe(
  v.object({
    id: needed,
    status: text,
    trigger: text,
    commit: informing(
      v.pipe(
        v.object({ id: needed, message: text, createdAt: time }),
        v.transform(commit => present(commit)),
      ),
    ),
    image: informing(
      v.pipe(
        v.object({ ref: text, sha: text }),
        v.transform(image => present(image)),
      ),
    ),
    startedAt: time,
    finishedAt: time,
    ...times,
  }),
  v.transform((deploy): Deploy => present({ ...deploy, status: deploy.status ?? "created" })),
);

export const instancesSchema = listOf(
  "instance",
  v.pipe(
    v.object({ id: needed, createdAt: time }),
    v.transform((instance): Instance => present(instance)),
  ),
);

export const ownerPage = pageOf("owner", ownerSchema);
export const projectPage = pageOf("project", projectSchema);
export const environmentPage = pageOf("environment", environmentSchema);
export const servicePage = pageOf("service", serviceSchema);
export const deployPage = pageOf("deploy", deploySchema);

/** `autoDeployTrigger` is the newer field and says more; replies from before 2025 have only `autoDeploy`. */
function autoDeployOf(autoDeploy: string | undefined, trigger: string | undefined): Service["autoDeploy"] {
  if (trigger === "off" || trigger === "commit" || trigger === "checksPass") return trigger;
  if (autoDeploy === "no") return "off";
  return autoDeploy === "yes" && trigger === undefined ? "commit" : "unknown";
}

type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The same object without the keys whose value is undefined. */
export function present<T extends object>(value: T): Present<T> {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as Present<T>;
}
