import assert from "node:assert/strict";
import { without } from "../support/without";
import { Contract, loadContract } from "./openApi";
import { knownDifferences } from "./knownDifferences";
import { ContractTour } from "./contractTour";
import { ManualClock, noLimits, optionalFields, type Quirks, startSimulator } from "./simulator";

/** Switches that change replies and stay inside what Render's document and the known differences allow. */
const variants: Record<string, Partial<Quirks>> = {
  "the defaults": {},
  "2022 and 2023": { serviceBodiesOf2023: true, autoDeployTriggerAbsent: true, finishedAtNull: true },
  "nulls everywhere": { finishedAtNull: true, nullArrays: true, commitNull: true },
  "no nulls": { commitNull: false, nullArrays: false },
  "early 2025": { autoDeployTriggerAbsent: true, networkIsolationMissing: true, finishedAtNull: true },
  "every optional field missing": { missingOptionalFields: optionalFields },
  "errors with id and code": { errorId: true, errorCode: true, retryAfterHeader: true },
  "no cursor at the end of optional cursors": { eventCursorMissing: true },
  "oldest first, created first": { listOrder: "oldestFirst", createdFirst: true, logOrder: "descending" },
  "shuffled, absent, lenient": {
    listOrder: "shuffled",
    skippedDeploys: "absent",
    acceptsShortSha: true,
    cancelQueued: "accept",
    suspendedDeploy: "accept",
    limitAbove100: "clamp",
    badCursor: "ignore",
  },
  "unknown commits and short ids refused": {
    unknownCommit: 404,
    staticSkipsUpdate: true,
    restartIsDeploy: true,
  },
  "always queued": { alwaysQueued: true, patchDeploys: true },
};

describe("simulator: Render's own OpenAPI document", function () {
  // Each test makes hundreds of calls, or compiles a large document.
  this.timeout(30_000);
  let document: Record<string, unknown>;

  before(async () => {
    document = await loadContract();
  });

  for (const [name, quirks] of Object.entries(variants)) {
    it(`allows every reply: ${name}`, async () => {
      const clock = new ManualClock();
      const simulator = await startSimulator({ clock, quirks, limits: noLimits });
      try {
        const tour = new ContractTour(simulator, clock, new Contract(document, knownDifferences, true));
        await tour.everything();
        assert.deepEqual(tour.faults, []);
        if (name === "the defaults") tour.assertComplete();
      } finally {
        await simulator.close();
      }
    });
  }

  it("allows fields that nobody knows yet, as the document does", async () => {
    const clock = new ManualClock();
    const simulator = await startSimulator({ clock, quirks: { extraFields: true } });
    try {
      const tour = new ContractTour(simulator, clock, new Contract(document, knownDifferences, false));
      await tour.reads();
      assert.deepEqual(tour.faults, []);
    } finally {
      await simulator.close();
    }
  });

  it("finds a wrong reply", () => {
    const contract = new Contract(document, knownDifferences, true);
    const of = (body: unknown): string[] =>
      contract.faultsOf("GET", "/services/{serviceId}/deploys/{deployId}", 200, body);
    assert.deepEqual(of({ id: "dep-1", status: "live" }), []);
    assert.equal(of({ id: "dep-1", status: "alive" }).length, 1);
    assert.equal(of({ status: "live" }).length, 1);
    assert.equal(of({ id: "dep-1", colour: "red" }).length, 1);
    assert.equal(of({ id: "dep-1", createdAt: "yesterday" }).length > 0, true);
    assert.equal(of(undefined).length, 1);
    const line = { id: "log-1", message: "", timestamp: "2026-06-12T08:00:05.123456789Z", labels: [] };
    assert.deepEqual(contract.faultsOf("GET", "/logs/subscribe", 101, line), []);
    assert.equal(contract.faultsOf("GET", "/logs/subscribe", 101, { ...line, labels: undefined }).length, 1);
    assert.equal(contract.faultsOf("GET", "/logs/subscribe", 101, [line]).length, 1);
    assert.equal(contract.faultsOf("GET", "/users", 418, {}).length, 1);
    assert.equal(contract.faultsOf("GET", "/harbours", 200, {}).length, 1);
  });

  for (const difference of knownDifferences) {
    it(`has a known difference that is needed: ${difference.name}`, () => {
      const others = knownDifferences.filter(other => other !== difference);
      const faults = (differences: typeof knownDifferences): string[] =>
        [true, false].flatMap(closed => {
          const contract = new Contract(document, differences, closed);
          return examples.flatMap(example => contract.faultsOf(...example));
        });
      assert.deepEqual(faults(knownDifferences), []);
      assert.notDeepEqual(faults(others), []);
    });
  }
});

const service = {
  id: "srv-1",
  name: "harbor-api",
  ownerId: "tea-1",
  type: "static_site",
  slug: "harbor-api",
  dashboardUrl: "https://dashboard.render.com/static/srv-1",
  suspended: "not_suspended",
  suspenders: [],
  autoDeploy: "yes",
  notifyOnFail: "default",
  rootDir: "",
  createdAt: "2026-06-12T08:00:00Z",
  updatedAt: "2026-06-12T08:00:00Z",
  serviceDetails: {
    buildCommand: "make",
    publishPath: "dist",
    url: "https://harbor-api.onrender.com",
    buildPlan: "starter",
  },
};
const web = {
  runtime: "image",
  env: "image",
  plan: "starter",
  region: "oregon",
  buildPlan: "starter",
  numInstances: 1,
  openPorts: [],
  url: "https://harbor-api.onrender.com",
  healthCheckPath: "",
  envSpecificDetails: { dockerCommand: "", dockerContext: "", dockerfilePath: "" },
};
const freeWeb = { ...web, plan: "free", openPorts: null };
const environment = {
  id: "evm-1",
  name: "production",
  projectId: "prj-1",
  databasesIds: [],
  redisIds: [],
  serviceIds: [],
  envGroupIds: [],
  protectedStatus: "protected",
};

/** For each known difference, a reply that only that difference allows. */
const examples: [method: string, template: string, status: number, body: unknown][] = [
  ["GET", "/services/{serviceId}", 200, { ...service, autoDeployTrigger: "commit" }],
  ["GET", "/services/{serviceId}", 200, { ...service, type: "web_service", serviceDetails: web }],
  ["GET", "/users", 429, { error: "rate limit exceeded" }],
  ["GET", "/services/{serviceId}", 200, { ...service, type: "web_service", serviceDetails: freeWeb }],
  ["GET", "/services/{serviceId}", 200, { ...without(service, "dashboardUrl"), buildFilter: null }],
  [
    "GET",
    "/services/{serviceId}",
    200,
    { ...service, type: "web_service", serviceDetails: { ...without(web, "runtime"), parentServer: null } },
  ],
  ["GET", "/users", 401, { message: "unauthorized", code: "unauthorized" }],
  ["GET", "/services/{serviceId}/deploys/{deployId}", 200, { id: "dep-1", commit: null }],
  ["GET", "/services/{serviceId}/deploys/{deployId}", 200, { id: "dep-1", finishedAt: null }],
  [
    "GET",
    "/environments/{environmentId}",
    200,
    { ...environment, networkIsolationEnabled: false, redisIds: null },
  ],
  ["GET", "/environments/{environmentId}", 200, environment],
  [
    "GET",
    "/services/{serviceId}/events",
    200,
    [
      {
        event: {
          id: "evt-d2m4r8k5j8ks72a6p3m0",
          timestamp: "2026-06-12T08:06:10.4Z",
          serviceId: "srv-1",
          type: "commit_ignored",
          details: { id: "7c1f0e9", url: "https://github.com/harbor-labs/harbor" },
        },
      },
    ],
  ],
  ["GET", "/services", 400, { message: "invalid limit" }],
];
