import assert from "node:assert/strict";
import { withSimulator } from "./withSimulator";

const commit = { id: "a".repeat(40), message: "First light" };

describe("simulator: a Git push", () => {
  it("deploys a service that deploys automatically, unless the message says not to", async () => {
    await withSimulator({}, async bench => {
      const id = bench.add().service.id;
      assert.equal(
        bench.simulator.push(id, { id: "d".repeat(40), message: "Paint [skip deploy]" }),
        undefined,
      );
      assert.deepEqual(await bench.statuses(id), []);
      const events = (await bench.call("GET", `/services/${id}/events`)).json as {
        event: { type: string };
      }[];
      assert.deepEqual(
        events.map(({ event }) => event.type),
        ["commit_ignored"],
      );
      const deploy = bench.simulator.push(id, { id: "e".repeat(40), message: "Paint" });
      assert.deepEqual([deploy?.trigger, deploy?.commit?.id], ["new_commit", "e".repeat(40)]);
    });
  });

  it("only moves the branch of a service that does not", async () => {
    await withSimulator({}, async bench => {
      const id = bench.add({ autoDeploy: "off" }).service.id;
      assert.equal(bench.simulator.push(id, commit), undefined);
      const { json } = await bench.call("POST", `/services/${id}/deploys`, {});
      assert.equal((json as { commit: { id: string } }).commit.id, commit.id);
    });
  });

  const services = {
    // Render docs, "Monorepo support".
    api: { rootDir: "services/api" },
    web: { rootDir: "services/web", buildFilter: { paths: ["packages/ui/**"], ignoredPaths: ["**/*.md"] } },
    all: {},
  };
  for (const [files, deployed] of [
    [["services/api/app.js"], ["all", "api"]],
    [["services/web/app.js"], ["all"]],
    [["packages/ui/button.ts"], ["all", "web"]],
    [["packages/ui/README.md"], ["all"]],
    [
      ["services/api/app.js", "packages/ui/button.ts"],
      ["all", "api", "web"],
    ],
  ])
    it(`of ${String(files)} deploys of a monorepo ${String(deployed)}`, async () => {
      await withSimulator({}, async ({ add, simulator }) => {
        const ids = Object.entries(services).map(([name, wish]) => ({
          name,
          id: add({ name, ...wish }).service.id,
        }));
        add({ name: "elsewhere", repo: "https://github.com/harbor-labs/other" });
        simulator.push(ids[0]?.id ?? "", { ...commit, files: files ?? [] });
        const began = ids.filter(({ id }) => simulator.deploysOf(id).length > 0).map(({ name }) => name);
        assert.deepEqual(began.sort(), deployed);
      });
    });

  it("waits for checks where the service does", async () => {
    await withSimulator({}, async ({ add, simulator }) => {
      const { id } = add({ autoDeploy: "checksPass" }).service;
      assert.equal(simulator.push(id, commit), undefined);
      simulator.passChecks("f".repeat(40));
      assert.equal(simulator.deploysOf(id).length, 0);
      simulator.passChecks(commit.id);
      simulator.passChecks(commit.id);
      assert.deepEqual(
        simulator.deploysOf(id).map(({ trigger }) => trigger),
        ["new_commit"],
      );
    });
  });
});
