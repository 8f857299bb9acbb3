/**
 * The TypeScript shapes of src/render a second time, as checks of a value at run time: written by hand,
 * without the library that the decoders use, so that a mistake there cannot hide here.
 */
type Check = (value: unknown) => boolean;

const text: Check = value => typeof value === "string";
const flag: Check = value => typeof value === "boolean";
/** Milliseconds since the epoch that a `Date` can hold. */
const time: Check = value =>
  typeof value === "number" && Number.isInteger(value) && Math.abs(value) <= 8.64e15;
const oneOf =
  (...values: unknown[]): Check =>
  value =>
    values.includes(value);
const listOf =
  (item: Check): Check =>
  value =>
    Array.isArray(value) && value.every(item);
const orUndefined =
  (check: Check): Check =>
  value =>
    value === undefined || check(value);

/** A plain object with exactly these keys; an optional one is absent rather than undefined. */
function objectOf(required: Record<string, Check>, optional: Record<string, Check> = {}): Check {
  return value => {
    if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype)
      return false;
    const entries = Object.entries(value);
    const isKnown = entries.every(([key, inner]) => {
      const check = Object.hasOwn(required, key)
        ? required[key]
        : Object.hasOwn(optional, key)
          ? optional[key]
          : undefined;
      return check?.(inner) === true;
    });
    return isKnown && Object.keys(required).every(key => Object.hasOwn(value, key));
  };
}

/** An odd entry has no item, and says what is odd. */
const odd = objectOf({ field: text }, { id: text });
const pageOf = (item: Check): Check => {
  const optional = { isCursorOdd: oneOf(true) };
  const good = objectOf({ cursor: orUndefined(text), item: orUndefined(item) }, optional);
  const left = objectOf({ cursor: orUndefined(text), item: oneOf(undefined), odd }, optional);
  return listOf(value => good(value) || left(value));
};

const user = objectOf({ email: text, name: text });
const owner = objectOf({ id: text, name: text }, { email: text, type: text });
const project = objectOf({ id: text, name: text, environmentIds: listOf(text) }, { ownerId: text });
const environment = objectOf({
  id: text,
  name: text,
  projectId: text,
  isProtected: flag,
  serviceIds: listOf(text),
});
const filter = objectOf({ paths: listOf(text), ignoredPaths: listOf(text) });
const service = objectOf(
  {
    id: text,
    name: text,
    ownerId: text,
    type: text,
    suspended: flag,
    suspenders: listOf(text),
    autoDeploy: oneOf("off", "commit", "checksPass", "unknown"),
    isPreview: flag,
  },
  {
    dashboardUrl: text,
    slug: text,
    repo: text,
    branch: text,
    rootDir: text,
    buildFilter: value => value === "unknown" || filter(value),
    imagePath: text,
    environmentId: text,
    url: text,
    plan: text,
    region: text,
    runtime: text,
    createdAt: time,
    updatedAt: time,
  },
);
const deploy = objectOf(
  { id: text, status: text },
  {
    trigger: text,
    commit: objectOf({ id: text }, { message: text, createdAt: time }),
    image: objectOf({}, { ref: text, sha: text }),
    createdAt: time,
    startedAt: time,
    finishedAt: time,
    updatedAt: time,
  },
);

const whole: Check = value => Number.isInteger(value);
const failure = objectOf(
  {},
  {
    nonZeroExit: whole,
    earlyExit: flag,
    memoryLimit: text,
    timedOutSeconds: whole,
    timedOutReason: text,
    unhealthy: text,
    evicted: flag,
  },
);
const event = objectOf(
  { id: text, type: text },
  {
    at: time,
    ignoredCommit: text,
    deployId: text,
    buildId: text,
    failure,
    newDeployId: text,
    newBuildId: text,
    startedBy: text,
    imageUrl: text,
    deletedBranch: text,
  },
);
const logLine = objectOf({ id: text, message: text, timestamp: text }, { instance: text });
const logs = objectOf(
  { hasMore: flag, logs: pageOf(logLine) },
  { nextStartTime: orUndefined(text), nextEndTime: orUndefined(text) },
);

/** Is this what the decoder of that name may give? */
export const shapeChecks = {
  user,
  owners: pageOf(owner),
  projects: pageOf(project),
  environments: pageOf(environment),
  environment,
  services: pageOf(service),
  service,
  deploys: pageOf(deploy),
  deploy,
  events: pageOf(event),
  logs,
} satisfies Record<string, Check>;
