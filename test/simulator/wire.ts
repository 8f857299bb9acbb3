/** The objects of Render's API, with the fields the simulator fills. */

export interface Owner {
  id: string;
  name: string;
  email: string;
  type: "user" | "team";
  twoFactorAuthEnabled?: boolean;
}

export interface Project {
  id: string;
  name: string;
  owner: Owner;
  environmentIds: string[];
  createdAt: string;
  updatedAt: string;
}

export interface Environment {
  id: string;
  name: string;
  projectId: string;
  databasesIds: string[];
  redisIds: string[];
  envGroupIds: string[];
  protectedStatus: "protected" | "unprotected";
  networkIsolationEnabled: boolean;
  ipAllowList?: AllowedAddresses[];
}

interface AllowedAddresses {
  cidrBlock: string;
  description: string;
}

interface EnvSpecificDetails {
  buildCommand?: string;
  startCommand?: string;
  preDeployCommand?: string;
  dockerCommand?: string;
  dockerContext?: string;
  dockerfilePath?: string;
}

export interface ServiceDetails {
  runtime?: string;
  env?: string;
  envSpecificDetails?: EnvSpecificDetails;
  plan?: string;
  region?: string;
  buildPlan: string;
  numInstances?: number;
  url?: string;
  /** A free web service has `null`, as recorded. */
  openPorts?: { port: number; protocol: "TCP" | "UDP" }[] | null;
  healthCheckPath?: string;
  schedule?: string;
  lastSuccessfulRunAt?: string;
  buildCommand?: string;
  publishPath?: string;
  parentServer?: { id: string; name: string };
  previews?: { generation: "off" | "manual" | "automatic" };
  pullRequestPreviewsEnabled?: "yes" | "no";
  maintenanceMode?: { enabled: boolean; uri: string };
  disk?: { id: string; name: string; sizeGB: number; mountPath: string };
  maxShutdownDelaySeconds?: number;
  sshAddress?: string;
  cache?: { profile: "no-cache" | "origin-controlled" | "origin-controlled-all" };
  ipAllowList?: AllowedAddresses[];
}

export interface Service {
  id: string;
  name: string;
  ownerId: string;
  /** One of the five documented types; open, because Render's lists of values grow. */
  type: string;
  slug: string;
  dashboardUrl: string;
  suspended: "suspended" | "not_suspended";
  suspenders: string[];
  autoDeploy: "yes" | "no";
  autoDeployTrigger?: string;
  notifyOnFail: "default" | "notify" | "ignore";
  rootDir: string;
  repo?: string;
  branch?: string;
  imagePath?: string;
  registryCredential?: { id: string; name: string };
  buildFilter?: { paths: string[]; ignoredPaths: string[] };
  environmentId?: string;
  createdAt: string;
  updatedAt: string;
  serviceDetails: ServiceDetails;
}

/** One of the machines that run a service. */
export interface Instance {
  /** The service's id and five more characters. */
  id: string;
  createdAt: string;
}

export interface Commit {
  /** 40 hexadecimal digits. */
  id: string;
  /** The whole message, later lines included. */
  message: string;
  createdAt: string;
}

export interface DeployImage {
  ref: string;
  sha: string;
  /** A credential's name; on a service the same field is an object. */
  registryCredential?: string;
}

/** Why something ended badly (Render API: events). */
export interface Failure {
  evicted: boolean;
  nonZeroExit?: number;
  earlyExit?: boolean;
  oomKilled?: { memoryLimit: string };
  timedOutSeconds?: number;
  timedOutReason?: string;
  unhealthy?: string;
}

export interface ServiceEvent {
  id: string;
  timestamp: string;
  serviceId: string;
  type: string;
  details: Record<string, unknown>;
}

export interface Blueprint {
  id: string;
  name: string;
  status: "created" | "paused" | "in_sync" | "syncing" | "error";
  autoSync: boolean;
  repo: string;
  branch: string;
  path: string;
  lastSync?: string;
  resources: { id: string; name: string; type: string }[];
}

export interface LogLine {
  id: string;
  message: string;
  timestamp: string;
  labels: { name: string; value: string }[];
}
