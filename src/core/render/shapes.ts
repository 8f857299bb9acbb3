import * as v from "valibot";

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
  type: string;
}

export interface Project {
  id: string;
  name: string;
  ownerId: string;
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
  dashboardUrl: string;
  slug?: string;
  suspended: boolean;
  /** Who suspended it, such as `user` or `billing`. Empty while it runs. */
  suspenders: string[];
  /** When Render deploys by itself. Image-backed services claim `commit` although they never do (Render API: deploys). */
  autoDeploy: "off" | "commit" | "checksPass";
  /** The Git repository as it was entered, of Git-backed services. */
  repo?: string;
  branch?: string;
  /** The folder inside the repository that is built, `""` for its root. */
  rootDir: string;
  /** Globs, relative to the root of the repository, which decide what starts an autodeploy. */
  buildFilter?: { paths: string[]; ignoredPaths: string[] };
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
  createdAt: number;
}

/** One place of a list page. Without an `item` where the reply's wrapper held none. */
export interface PageEntry<T> {
  cursor: string | undefined;
  item: T | undefined;
}

const text = v.nullish(v.string());
const texts = v.nullish(v.array(v.string()));
/** An ISO time as milliseconds since the epoch. */
export const time = v.pipe(
  v.string(),
  v.isoTimestamp(),
  v.transform(value => Date.parse(value)),
  v.number(),
);
const times = { createdAt: v.nullish(time), updatedAt: v.nullish(time) };

export const userSchema = v.object({ email: v.string(), name: v.string() });

export const ownerSchema = v.pipe(
  v.object({ id: v.string(), name: v.string(), email: text, type: v.string() }),
  v.transform((owner): Owner => present({ ...owner, email: owner.email ?? undefined })),
);

export const projectSchema = v.pipe(
  v.object({ id: v.string(), name: v.string(), owner: v.object({ id: v.string() }), environmentIds: texts }),
  v.transform(({ id, name, owner, environmentIds }): Project => {
    return { id, name, ownerId: owner.id, environmentIds: environmentIds ?? [] };
  }),
);

export const environmentSchema = v.pipe(
  v.object({
    id: v.string(),
    name: v.string(),
    projectId: v.string(),
    protectedStatus: text,
    serviceIds: texts,
  }),
  v.transform(({ id, name, projectId, protectedStatus, serviceIds }): Environment => {
    return {
      id,
      name,
      projectId,
      isProtected: protectedStatus === "protected",
      serviceIds: serviceIds ?? [],
    };
  }),
);

const serviceDetails = v.object({
  url: text,
  plan: text,
  region: text,
  runtime: text,
  env: text,
  parentServer: v.nullish(v.object({})),
});

export const serviceSchema = v.pipe(
  v.object({
    id: v.string(),
    name: v.string(),
    ownerId: v.string(),
    type: v.string(),
    dashboardUrl: v.string(),
    slug: text,
    suspended: v.string(),
    suspenders: texts,
    autoDeploy: v.string(),
    autoDeployTrigger: text,
    repo: text,
    branch: text,
    rootDir: text,
    buildFilter: v.nullish(v.object({ paths: texts, ignoredPaths: texts })),
    imagePath: text,
    environmentId: text,
    serviceDetails: v.nullish(serviceDetails),
    ...times,
  }),
  v.transform((service): Service => {
    const { buildFilter, serviceDetails: details } = service;
    return present({
      id: service.id,
      name: service.name,
      ownerId: service.ownerId,
      type: service.type,
      dashboardUrl: service.dashboardUrl,
      slug: service.slug ?? undefined,
      suspended: service.suspended === "suspended",
      suspenders: service.suspenders ?? [],
      autoDeploy: autoDeployOf(service.autoDeploy, service.autoDeployTrigger),
      repo: service.repo ?? undefined,
      branch: service.branch ?? undefined,
      rootDir: service.rootDir ?? "",
      buildFilter: buildFilter
        ? { paths: buildFilter.paths ?? [], ignoredPaths: buildFilter.ignoredPaths ?? [] }
        : undefined,
      imagePath: service.imagePath ?? undefined,
      environmentId: service.environmentId ?? undefined,
      url: details?.url ?? undefined,
      plan: details?.plan ?? undefined,
      region: details?.region ?? undefined,
      runtime: details?.runtime ?? details?.env ?? undefined,
      isPreview: details?.parentServer != null,
      createdAt: service.createdAt ?? undefined,
      updatedAt: service.updatedAt ?? undefined,
    });
  }),
);

export const deploySchema = v.pipe(
  v.object({
    id: v.string(),
    status: text,
    trigger: text,
    commit: v.nullish(v.object({ id: text, message: text, createdAt: v.nullish(time) })),
    image: v.nullish(v.object({ ref: text, sha: text })),
    startedAt: v.nullish(time),
    finishedAt: v.nullish(time),
    ...times,
  }),
  v.transform((deploy): Deploy => {
    const { commit, image } = deploy;
    return present({
      id: deploy.id,
      status: deploy.status ?? "created",
      trigger: deploy.trigger ?? undefined,
      commit: commit?.id
        ? present({
            id: commit.id,
            message: commit.message ?? undefined,
            createdAt: commit.createdAt ?? undefined,
          })
        : undefined,
      image: image ? present({ ref: image.ref ?? undefined, sha: image.sha ?? undefined }) : undefined,
      createdAt: deploy.createdAt ?? undefined,
      startedAt: deploy.startedAt ?? undefined,
      finishedAt: deploy.finishedAt ?? undefined,
      updatedAt: deploy.updatedAt ?? undefined,
    });
  }),
);

export const instancesSchema = v.array(v.object({ id: v.string(), createdAt: time }));

const cursor = text;
export const ownerPage = v.array(
  v.pipe(
    v.object({ cursor, owner: v.nullish(ownerSchema) }),
    v.transform(w => entry(w.cursor, w.owner)),
  ),
);
export const projectPage = v.array(
  v.pipe(
    v.object({ cursor, project: v.nullish(projectSchema) }),
    v.transform(w => entry(w.cursor, w.project)),
  ),
);
export const environmentPage = v.array(
  v.pipe(
    v.object({ cursor, environment: v.nullish(environmentSchema) }),
    v.transform(w => entry(w.cursor, w.environment)),
  ),
);
export const servicePage = v.array(
  v.pipe(
    v.object({ cursor, service: v.nullish(serviceSchema) }),
    v.transform(w => entry(w.cursor, w.service)),
  ),
);
export const deployPage = v.array(
  v.pipe(
    v.object({ cursor, deploy: v.nullish(deploySchema) }),
    v.transform(w => entry(w.cursor, w.deploy)),
  ),
);

/** One place of a page, with null and undefined made the same. */
export function entry<T>(next: string | null | undefined, item: T | null | undefined): PageEntry<T> {
  return { cursor: next ?? undefined, item: item ?? undefined };
}

/** `autoDeployTrigger` is the newer field and says more; replies from before 2025 have only `autoDeploy`. */
function autoDeployOf(autoDeploy: string, trigger: string | null | undefined): Service["autoDeploy"] {
  if (trigger === "off" || trigger === "commit" || trigger === "checksPass") return trigger;
  return autoDeploy === "yes" ? "commit" : "off";
}

type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The same object without the keys whose value is undefined. */
export function present<T extends object>(value: T): Present<T> {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as Present<T>;
}
