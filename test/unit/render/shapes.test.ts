import assert from "node:assert/strict";
import * as v from "valibot";
import {
  deploySchema,
  environmentSchema,
  ownerSchema,
  projectSchema,
  servicePage,
  serviceSchema,
  userSchema,
} from "../../../src/render/shapes.js";
import { Reply } from "../../../src/render/http/reply.js";
import { RenderError } from "../../../src/render/errors.js";
import { without } from "../../support/without.js";

const service = {
  id: "srv-1",
  name: "harbor-api",
  ownerId: "tea-1",
  type: "web_service",
  dashboardUrl: "https://dashboard.render.com/web/srv-1",
  suspended: "not_suspended",
  suspenders: [] as string[],
  autoDeploy: "yes",
  rootDir: "",
};
const bareService = {
  id: "srv-1",
  name: "harbor-api",
  ownerId: "tea-1",
  type: "web_service",
  dashboardUrl: "https://dashboard.render.com/web/srv-1",
  suspended: false,
  suspenders: [],
  autoDeploy: "commit",
  rootDir: "",
  isPreview: false,
};

describe("what is read of Render's objects", () => {
  it("a Git-backed service with everything", () => {
    const full = {
      ...service,
      slug: "harbor-api-x",
      autoDeployTrigger: "checksPass",
      repo: "https://github.com/harbor-labs/harbor",
      branch: "main",
      rootDir: "services/api",
      buildFilter: { paths: ["services/api/**"], ignoredPaths: ["**/*.md"] },
      environmentId: "evm-1",
      createdAt: "2026-03-02T09:14:05.218773Z",
      updatedAt: "2026-06-11T17:40:52Z",
      somethingNew: { deep: [1] },
      serviceDetails: {
        runtime: "node",
        env: "docker",
        plan: "starter",
        region: "frankfurt",
        url: "https://harbor-api.onrender.com",
        parentServer: { id: "srv-0", name: "harbor" },
      },
    };
    assert.deepEqual(v.parse(serviceSchema, full), {
      ...bareService,
      slug: "harbor-api-x",
      autoDeploy: "checksPass",
      repo: "https://github.com/harbor-labs/harbor",
      branch: "main",
      rootDir: "services/api",
      buildFilter: { paths: ["services/api/**"], ignoredPaths: ["**/*.md"] },
      environmentId: "evm-1",
      url: "https://harbor-api.onrender.com",
      plan: "starter",
      region: "frankfurt",
      runtime: "node",
      isPreview: true,
      createdAt: Date.UTC(2026, 2, 2, 9, 14, 5, 218),
      updatedAt: Date.UTC(2026, 5, 11, 17, 40, 52),
    });
  });

  it("a suspended image-backed service of a kind not known yet", () => {
    const odd = {
      ...service,
      type: "quantum_worker",
      suspended: "suspended",
      suspenders: ["user", "later_one"],
      imagePath: "ghcr.io/a/b:1",
    };
    assert.deepEqual(v.parse(serviceSchema, odd), {
      ...bareService,
      type: "quantum_worker",
      suspended: true,
      suspenders: ["user", "later_one"],
      imagePath: "ghcr.io/a/b:1",
    });
  });

  it("a service with null wherever a field may be missing", () => {
    const names =
      "slug autoDeployTrigger repo branch rootDir buildFilter environmentId imagePath suspenders createdAt updatedAt serviceDetails";
    const nulls = Object.fromEntries(names.split(" ").map(name => [name, null]));
    assert.deepEqual(v.parse(serviceSchema, { ...service, ...nulls }), bareService);
    const details = { url: null, plan: null, region: null, runtime: null, env: null, parentServer: null };
    assert.deepEqual(
      v.parse(serviceSchema, { ...service, serviceDetails: details, buildFilter: { paths: null } }),
      { ...bareService, buildFilter: { paths: [], ignoredPaths: [] } },
    );
  });

  it("the old name of the runtime", () => {
    assert.equal(v.parse(serviceSchema, { ...service, serviceDetails: { env: "ruby" } }).runtime, "ruby");
  });

  for (const [autoDeploy, autoDeployTrigger, expected] of [
    ["yes", undefined, "commit"],
    ["no", undefined, "off"],
    ["no", "commit", "commit"],
    ["yes", "off", "off"],
    ["yes", "checksPass", "checksPass"],
    // It is on, but when it deploys is not known.
    ["yes", "somethingNew", "unknown"],
    [null, null, "unknown"],
    ["", undefined, "unknown"],
    ["no", "somethingNew", "off"],
  ] as const)
    it(`autodeploy ${autoDeploy ?? "null"} with trigger ${autoDeployTrigger ?? "missing"} as ${expected}`, () => {
      assert.equal(
        v.parse(serviceSchema, { ...service, autoDeploy, autoDeployTrigger }).autoDeploy,
        expected,
      );
    });

  it("a deploy with everything", () => {
    const deploy = {
      id: "dep-1",
      commit: { id: "7c1f0e9", message: "Cache\n\nHalves", createdAt: "2026-06-12T08:01:17Z" },
      status: "a_later_status",
      trigger: "api",
      createdAt: "2026-06-12T08:03:44.882354123Z",
      updatedAt: "2026-06-12T08:03:45.5Z",
      startedAt: "2026-06-12T08:03:44.879695Z",
      finishedAt: "2026-06-12T08:05:00Z",
    };
    assert.deepEqual(v.parse(deploySchema, deploy), {
      id: "dep-1",
      status: "a_later_status",
      trigger: "api",
      commit: { id: "7c1f0e9", message: "Cache\n\nHalves", createdAt: Date.UTC(2026, 5, 12, 8, 1, 17) },
      createdAt: Date.UTC(2026, 5, 12, 8, 3, 44, 882),
      startedAt: Date.UTC(2026, 5, 12, 8, 3, 44, 879),
      finishedAt: Date.UTC(2026, 5, 12, 8, 5),
      updatedAt: Date.UTC(2026, 5, 12, 8, 3, 45, 500),
    });
  });

  const deploys: [string, object, object][] = [
    ["with only an id, as created", {}, { status: "created" }],
    [
      "of an image",
      {
        status: "live",
        commit: null,
        image: { ref: "a:1", sha: "sha256:5", registryCredential: "bot" },
        finishedAt: null,
      },
      { status: "live", image: { ref: "a:1", sha: "sha256:5" } },
    ],
    ["of an image of which nothing is told", { status: null, image: {} }, { status: "created", image: {} }],
    ["with a bare commit", { commit: { id: "7c1" } }, { status: "created", commit: { id: "7c1" } }],
    ["with a commit without an id", { commit: { message: "x" } }, { status: "created" }],
    ["with a commit with an empty id", { commit: { id: "" } }, { status: "created" }],
  ];
  for (const [what, given, expected] of deploys)
    it(`a deploy ${what}`, () => {
      assert.deepEqual(v.parse(deploySchema, { id: "dep-1", ...given }), { id: "dep-1", ...expected });
    });

  it("a user, a workspace, a project, an environment", () => {
    assert.deepEqual(v.parse(userSchema, { email: "a@b.test", name: "Ada", id: 1 }), {
      email: "a@b.test",
      name: "Ada",
    });
    assert.deepEqual(v.parse(ownerSchema, { id: "tea-1", name: "Harbor", email: "o@b.test", type: "team" }), {
      id: "tea-1",
      name: "Harbor",
      email: "o@b.test",
      type: "team",
    });
    assert.deepEqual(v.parse(ownerSchema, { id: "tea-1", name: "Harbor", type: "clan" }), {
      id: "tea-1",
      name: "Harbor",
      type: "clan",
    });
    const project = { id: "prj-1", name: "Harbor", owner: { id: "tea-1" }, environmentIds: ["evm-1"] };
    assert.deepEqual(v.parse(projectSchema, project), {
      id: "prj-1",
      name: "Harbor",
      ownerId: "tea-1",
      environmentIds: ["evm-1"],
    });
    assert.deepEqual(v.parse(projectSchema, { ...project, environmentIds: null }).environmentIds, []);
    const environment = { id: "evm-1", name: "production", projectId: "prj-1" };
    assert.deepEqual(
      v.parse(environmentSchema, {
        ...environment,
        protectedStatus: "protected",
        serviceIds: ["srv-1"],
        redisIds: null,
      }),
      { ...environment, isProtected: true, serviceIds: ["srv-1"] },
    );
    assert.deepEqual(v.parse(environmentSchema, { ...environment, serviceIds: null }), {
      ...environment,
      isProtected: false,
      serviceIds: [],
    });
  });

  const oddValues: unknown[] = [null, "", 5, true, [], {}, [1], { id: 1 }];
  const oddTimes: unknown[] = [...oddValues, "0001-01-01T00:00:00Z", "2026-13-01T00:00:00Z", "1 June 2026"];
  const informing: [string, v.GenericSchema<unknown, object>, object, Record<string, unknown[]>][] = [
    [
      "a service",
      serviceSchema,
      service,
      {
        slug: oddValues,
        repo: oddValues,
        branch: oddValues,
        imagePath: oddValues,
        environmentId: oddValues,
        suspenders: [null, "", 5, {}, [1]],
        serviceDetails: [null, "", 5, { url: null, parentServer: null, openPorts: null }],
        createdAt: oddTimes,
        updatedAt: oddTimes,
        suspended: oddValues,
      },
    ],
    [
      "a deploy",
      deploySchema,
      { id: "dep-1" },
      {
        status: oddValues,
        trigger: oddValues,
        commit: [null, "", 5, {}, { id: "" }, { id: 7, message: "x" }],
        image: [null, "", 5],
        createdAt: oddTimes,
        startedAt: oddTimes,
        finishedAt: oddTimes,
        updatedAt: oddTimes,
      },
    ],
    ["a workspace", ownerSchema, { id: "tea-1", name: "Harbor" }, { email: oddValues, type: oddValues }],
    [
      "a project",
      projectSchema,
      { id: "prj-1", name: "Harbor" },
      { owner: oddValues, environmentIds: [null, "", 5, {}, [1]] },
    ],
    [
      "an environment",
      environmentSchema,
      { id: "evm-1", name: "production", projectId: "prj-1" },
      { serviceIds: [null, "", 5, {}, [1]] },
    ],
  ];
  for (const [what, schema, bare, fields] of informing)
    for (const [field, values] of Object.entries(fields))
      it(`${what} whose ${field} is odd, as if it had none`, () => {
        const expected = v.parse(schema, without(bare as Record<string, unknown>, field));
        for (const value of values)
          assert.deepEqual(v.parse(schema, { ...bare, [field]: value }), expected, JSON.stringify(value));
      });

  it("a service whose build filter or root directory is odd as one of which that is not known", () => {
    const read = (change: object) => v.parse(serviceSchema, { ...service, ...change });
    const odd = ["", 5, true, [], [1], "src/**", { paths: "src/**" }, { paths: ["a", 5] }, { paths: [null] }];
    for (const buildFilter of [...odd, { ignoredPaths: {} }, { paths: ["a"], ignoredPaths: 1 }])
      assert.deepEqual(read({ buildFilter }), { ...bareService, buildFilter: "unknown" });
    for (const buildFilter of [null, undefined]) assert.deepEqual(read({ buildFilter }), bareService);
    for (const rootDir of [5, true, [], {}, ["api"]])
      assert.deepEqual(read({ rootDir }), without(bareService, "rootDir"));
    for (const rootDir of [null, undefined, ""]) assert.deepEqual(read({ rootDir }), bareService);
  });

  it("a user of whom only the email or the name can be read", () => {
    assert.deepEqual(v.parse(userSchema, { email: "ada@harbor.example", name: null }), {
      email: "ada@harbor.example",
      name: "",
    });
    assert.deepEqual(v.parse(userSchema, { name: "Ada Marsh", email: 5 }), { email: "", name: "Ada Marsh" });
  });

  it("an environment whose protection cannot be read as a protected one", () => {
    const environment = { id: "evm-1", name: "production", projectId: "prj-1" };
    const isProtected = (protectedStatus: unknown): boolean =>
      v.parse(environmentSchema, { ...environment, protectedStatus }).isProtected;
    assert.deepEqual([true, {}, 1, null, "unprotected"].map(isProtected), [true, true, true, false, false]);
  });

  // Render API: Dashboard addresses.
  for (const [type, kind] of [
    ["web_service", "web"],
    ["private_service", "pserv"],
    ["background_worker", "worker"],
    ["cron_job", "cron"],
    ["static_site", "static"],
  ] as const)
    it(`the address of a ${type} that does not tell it`, () => {
      for (const dashboardUrl of [undefined, null, "", 5])
        assert.equal(
          v.parse(serviceSchema, { ...service, type, dashboardUrl }).dashboardUrl,
          `https://dashboard.render.com/${kind}/srv-1`,
        );
    });

  it("no address of a service of a type that is not known", () => {
    assert.ok(!("dashboardUrl" in v.parse(serviceSchema, { ...service, type: "moon", dashboardUrl: null })));
  });

  it("a service as replies of 2022 had it", () => {
    const old = {
      ...without(service, "dashboardUrl"),
      buildFilter: null,
      serviceDetails: { env: "node", parentServer: null, openPorts: null },
    };
    assert.deepEqual(v.parse(serviceSchema, old), { ...bareService, runtime: "node" });
  });

  const faults: [string, string, v.GenericSchema, unknown, string][] = [
    ["a missing field", "deploy", deploySchema, {}, "deploy.id"],
    ["a needed field of another type", "deploy", deploySchema, { id: 3 }, "deploy.id"],
    ["an empty id", "deploy", deploySchema, { id: "" }, "deploy.id"],
    ["a list for an object", "deploy", deploySchema, [], "deploy.id"],
    ["a text for an object", "deploy", deploySchema, "x", "deploy"],
    ["null", "deploy", deploySchema, null, "deploy"],
    ["an object for a list", "services", servicePage, {}, "services"],
    ["nobody", "user", userSchema, { email: null, name: "" }, "user"],
  ];
  for (const [what, name, schema, body, field] of faults)
    it(`names the field when there is ${what}`, () => {
      const reply = new Reply(
        { method: "GET", path: "/x", status: 200, requestId: "r" },
        JSON.stringify(body),
      );
      assert.throws(
        () => reply.read(name, schema),
        (error: unknown) => {
          assert.ok(error instanceof RenderError);
          const { kind, status, requestId, maybeReceived } = error;
          assert.deepEqual(
            [kind, error.field, status, requestId, maybeReceived],
            ["badShape", field, 200, "r", true],
          );
          return true;
        },
      );
    });
});
