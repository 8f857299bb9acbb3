import assert from "node:assert/strict";
import { defaultQuirks, emptyData, type Quirks, type SimulatorOptions } from "./simulator";
import { type Bench, withSimulator } from "./withSimulator";

type Try = (bench: Bench, id: string) => Promise<unknown>;

const status =
  (method: string, path: string, body?: unknown): Try =>
  async ({ call }, id) =>
    (await call(method, path.replace("ID", id), body)).status;
const deploy = status("POST", "/services/ID/deploys", {});
const service: Try = async ({ call }, id) => (await call("GET", `/services/${id}`)).json;
const newest: Try = async ({ call }, id) => {
  const { json } = await call("GET", `/services/${id}/deploys?limit=1`);
  return (json as { deploy: Record<string, unknown> }[])[0]?.deploy;
};
const has =
  (read: Try, field: string): Try =>
  async (bench, id) =>
    field in ((await read(bench, id)) as object);
const then =
  (...steps: Try[]): Try =>
  async (bench, id) => {
    let last: unknown;
    for (const step of steps) last = await step(bench, id);
    return last;
  };
const wait =
  (ms: number): Try =>
  async ({ clock }) => {
    clock.advance(ms);
  };
const count: Try = async ({ simulator }, id) => simulator.deploysOf(id).length;
const cancel: Try = async (bench, id) =>
  status("POST", `/services/ID/deploys/${bench.simulator.deploysOf(id)[0]?.id ?? ""}/cancel`)(bench, id);
const rollBack: Try = async ({ call, simulator }, id) =>
  (await call("POST", `/services/${id}/rollback`, { deployId: simulator.deploysOf(id).at(-1)?.id })).status;
const readNewest: Try = async (bench, id) =>
  status("GET", `/services/ID/deploys/${bench.simulator.deploysOf(id)[0]?.id ?? ""}`)(bench, id);
const suspend = status("POST", "/services/ID/suspend");
const live = then(deploy, wait(60_000));

/** One row for a switch: what is done, and what comes of it at the default and at another setting. */
interface Row {
  quirk: keyof Quirks;
  value: Partial<Quirks>;
  wish?: Parameters<Bench["add"]>[0];
  act: Try;
  usual: unknown;
  other: unknown;
}

const row = (
  value: Partial<Quirks>,
  act: Try,
  usual: unknown,
  other: unknown,
  wish?: Parameters<Bench["add"]>[0],
): Row => {
  const [quirk] = Object.keys(value) as (keyof Quirks)[];
  assert.ok(quirk !== undefined);
  return { quirk, value, act, usual, other, ...(wish !== undefined && { wish }) };
};

const image = { image: "nginx" };
const cron: Row["wish"] = { type: "cron_job" };

/** A push of these files, and how many deploys it causes. */
const push =
  (files: readonly string[], message = "Paint"): Try =>
  async ({ simulator }, id) => {
    const before = simulator.deploysOf(id).length;
    simulator.push(id, { id: "d".repeat(40), message, files });
    return simulator.deploysOf(id).length - before;
  };
const eventCount: Try = async ({ call }, id) =>
  ((await call("GET", `/services/${id}/events`)).json as unknown[]).length;
const ignoresText = { rootDir: "api", buildFilter: { paths: [], ignoredPaths: ["*.md"] } };

const rows: Row[] = [
  row({ suspendedAutoDeploys: true }, push(["a.ts"]), 0, 1, { suspenders: ["user"] }),
  row({ skipPhraseInAnyCase: true }, push(["a.ts"], "Paint [SKIP CD]"), 1, 0),
  row({ ignoredPathsAlone: "wholeRepository" }, push(["web/a.ts"]), 0, 1, ignoresText),
  row({ emptyPushDeploys: true }, push([]), 0, 1, { rootDir: "api" }),
  row({ widerGlobs: true }, push(["docs/a.md"]), 0, 1, {
    buildFilter: { paths: ["docs"], ignoredPaths: [] },
  }),
  row({ filteredPushIsEvent: true }, then(push(["web/a.ts"]), eventCount), 0, 1, { rootDir: "api" }),
  row({ commitNull: false }, then(deploy, has(newest, "commit")), true, false, image),
  row({ finishedAtNull: true }, then(deploy, has(newest, "finishedAt")), false, true),
  row({ autoDeployTriggerAbsent: true }, has(service, "autoDeployTrigger"), true, false),
  row({ serviceBodiesOf2023: true }, has(service, "dashboardUrl"), true, false),
  row({ extraFields: true }, has(service, "futureField"), false, true),
  row({ missingOptionalFields: ["service.repo"] }, has(service, "repo"), true, false),
  row({ missingOptionalFields: ["deploy.trigger"] }, then(deploy, has(newest, "trigger")), true, false),
  row(
    { errorId: true },
    has(async ({ call }) => (await call("GET", "/services/none")).json, "id"),
    false,
    true,
  ),
  row({ newDeployHiddenMs: 5_000 }, then(deploy, readNewest), 200, 404),
  row({ newDeployHiddenMs: 5_000 }, then(deploy, wait(5_000), readNewest), 200, 200),
  row(
    { sha256Commit: "accept" },
    status("POST", "/services/ID/deploys", { commitId: "5".repeat(64) }),
    400,
    201,
  ),
  row({ suspendedDeploy: "accept" }, then(suspend, deploy), 409, 201),
  row({ suspendCancelsDeploy: true }, then(deploy, suspend, count, cancel), 200, 400),
  row({ resumeDeploys: false }, then(suspend, status("POST", "/services/ID/resume"), count), 1, 0),
  row({ resumeForeignSuspender: "accept" }, status("POST", "/services/ID/resume"), 400, 202, {
    suspenders: ["billing"],
  }),
  row({ cancelEnded: 404 }, then(live, cancel), 400, 404),
  row({ cancelCron: 404 }, then(deploy, cancel), 400, 404, cron),
  row({ rollbackToLive: 400 }, then(live, rollBack), 201, 400),
  row({ rollbackCron: "accept" }, then(live, rollBack), 400, 201, cron),
  row({ rollbackRefused: 404 }, then(deploy, rollBack), 400, 404),
  row({ retainedBuilds: 1 }, then(live, live, rollBack), 201, 400),
  row({ restartIsDeploy: true }, then(status("POST", "/services/ID/restart"), count), 0, 1),
  row({ patchDeploys: true }, then(status("PATCH", "/services/ID", { branch: "next" }), count), 0, 1),
  row(
    { autoDeployWinner: "autoDeploy" },
    async ({ call }, id) => {
      const { json } = await call("PATCH", `/services/${id}`, {
        autoDeploy: "yes",
        autoDeployTrigger: "off",
      });
      return (json as { autoDeploy: string }).autoDeploy;
    },
    "no",
    "yes",
  ),
  row(
    { staticSkipsUpdate: true },
    then(deploy, wait(40_000), async (bench, id) => (await bench.statuses(id))[0]),
    "update_in_progress",
    "live",
    { type: "static_site" },
  ),
  row(
    { unknownStatus: "warming_up" },
    then(deploy, async (bench, id) => (await bench.statuses(id))[0]),
    "build_in_progress",
    "warming_up",
  ),
  row(
    { unknownTrigger: "tide" },
    then(deploy, async (bench, id) => ((await newest(bench, id)) as { trigger: string }).trigger),
    "api",
    "tide",
  ),
  row(
    { eventCursorMissing: true },
    then(
      deploy,
      has(
        async ({ call }, id) => ((await call("GET", `/services/${id}/events`)).json as object[])[0] ?? {},
        "cursor",
      ),
    ),
    true,
    false,
  ),
  row(
    { eventsOfLastHour: false },
    then(
      deploy,
      wait(3 * 3_600_000),
      async ({ call }, id) => ((await call("GET", `/services/${id}/events`)).json as unknown[]).length > 0,
    ),
    false,
    true,
  ),
  row(
    { inclusiveDates: true },
    async ({ call }, id) => {
      const { createdAt } = (await call("GET", `/services/${id}`)).json as { createdAt: string };
      const { json } = await call("GET", `/services?createdAfter=${createdAt}`);
      return (json as unknown[]).length;
    },
    0,
    1,
  ),
  row(
    { logLimitAbove100: "400" },
    async ({ call }, id) =>
      (await call("GET", `/logs?ownerId=tea-d0000000000000000001&resource=${id}&limit=1000`)).status,
    200,
    400,
  ),
  row(
    { logOrder: "descending" },
    then(deploy, wait(60_000), async ({ call }, id) => {
      const { json } = await call("GET", `/logs?ownerId=tea-d0000000000000000001&resource=${id}&limit=50`);
      const { logs } = json as { logs: { timestamp: string }[] };
      return Date.parse(logs[0]?.timestamp ?? "") < Date.parse(logs.at(-1)?.timestamp ?? "");
    }),
    true,
    false,
  ),
  row(
    { logRetentionDays: 1 },
    then(deploy, wait(2 * 86_400_000), async ({ call, clock }, id) => {
      const startTime = new Date(clock.now() - 3 * 86_400_000).toISOString();
      const query = `ownerId=tea-d0000000000000000001&resource=${id}&type=build&startTime=${startTime}`;
      return ((await call("GET", `/logs?${query}`)) as { json: { logs: unknown[] } }).json.logs.length > 0;
    }),
    true,
    false,
  ),
];

/** Switches that other tests of the simulator turn. */
const elsewhere: (keyof Quirks)[] = [
  "nullArrays",
  "emptyErrorBody",
  "nonJsonErrorBody",
  "errorCode",
  "fullLastPage",
  "listOrder",
  "limitAbove100",
  "badCursor",
  "otherArrayEncoding",
  "nameFilter",
  "acceptsShortSha",
  "unknownCommit",
  "protectedDeploy",
  "cancelQueued",
  "skippedDeploys",
  "pinnedCommitOnImage",
  "imageUrlOnGit",
  "deployModeExclusive",
  "deployOnlyWithoutBuild",
  "missingBody",
  "networkIsolationMissing",
  "createdFirst",
  "queuedAfterMs",
  "alwaysQueued",
  "rateLimitResetAs",
  "retryAfterHeader",
  "refusedCallsCount",
  "foreignService",
  "removedService",
  "logsNull",
  "logSocketBacklog",
];

/** A workspace with a protected environment. */
function withEnvironment(): NonNullable<SimulatorOptions["data"]> {
  const data = emptyData();
  data.environments.push({
    id: "evm-1",
    name: "production",
    projectId: "prj-1",
    databasesIds: [],
    redisIds: [],
    envGroupIds: [],
    protectedStatus: "protected",
    networkIsolationEnabled: false,
  });
  return data;
}

describe("simulator: quirks", () => {
  for (const { quirk, value, wish, act, usual, other } of rows) {
    it(`${JSON.stringify(value)} makes a difference`, async () => {
      for (const [quirks, expected] of [
        [{}, usual],
        [value, other],
      ] as const) {
        await withSimulator({ quirks }, async bench => {
          const { id } = bench.add(wish).service;
          assert.deepEqual(await act(bench, id), expected, `${quirk}: ${JSON.stringify(quirks)}`);
        });
      }
    });
  }

  for (const [quirks, expected] of [
    [{}, [null, true, 201]],
    [{ nullArrays: false, networkIsolationMissing: true, protectedDeploy: 403 }, [[], false, 403]],
  ] as const) {
    it(`shape environments: ${JSON.stringify(quirks)}`, async () => {
      await withSimulator({ quirks, data: withEnvironment() }, async ({ add, call }) => {
        const { id } = add({ environmentId: "evm-1" }).service;
        const environment = (await call("GET", "/environments/evm-1")).json as Record<string, unknown>;
        assert.deepEqual(environment["serviceIds"], [id]);
        const { status: answer } = await call("POST", `/services/${id}/deploys`, {});
        assert.deepEqual(
          [environment["redisIds"], "networkIsolationEnabled" in environment, answer],
          expected,
        );
      });
    });
  }

  it("are all tested", () => {
    const tested = new Set([...rows.map(({ quirk }) => quirk), ...elsewhere]);
    assert.deepEqual([...tested].sort(), Object.keys(defaultQuirks).sort());
  });
});
