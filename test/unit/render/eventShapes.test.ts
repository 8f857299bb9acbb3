import assert from "node:assert/strict";
import { RenderClient } from "../../../src/render/client.js";
import type { ServiceEvent } from "../../../src/render/eventShapes.js";
import { json, never, setUp, tearDown } from "./http/localRender.js";

const at = Date.parse("2026-06-12T08:06:10.400Z");
const range = { types: ["commit_ignored"], from: at - 60_000, until: at };

describe("the events of a service", () => {
  afterEach(tearDown);

  async function read(events: readonly unknown[]): Promise<{ found: ServiceEvent[]; asked: string[] }> {
    const { http, server } = await setUp(r => {
      json(
        r,
        200,
        events.map(event => ({ event, cursor: "c" })),
      );
    });
    const found: ServiceEvent[] = [];
    for await (const page of new RenderClient(http).events("srv/1", range, never())) found.push(...page);
    return { found, asked: server.seen.map(({ url }) => url.replace("/v1", "")) };
  }

  it("are asked for by type and by times that are written out", async () => {
    const { asked } = await read([]);
    assert.deepEqual(asked, [
      "/services/srv%2F1/events?type=commit_ignored&startTime=2026-06-12T08%3A05%3A10.400Z&endTime=2026-06-12T08%3A06%3A10.400Z&limit=100",
    ]);
  });

  const event = { id: "evt-1", timestamp: "2026-06-12T08:06:10.4Z", serviceId: "srv-1" };
  const rows: readonly [name: string, type: string, details: unknown, ignoredCommit: string | undefined][] = [
    ["an ignored commit", "commit_ignored", { id: "a1b2c3d", url: "https://git.example/a1b2c3d" }, "a1b2c3d"],
    ["an ignored commit without its id", "commit_ignored", {}, undefined],
    ["an ignored commit whose id is no text", "commit_ignored", { id: 7 }, undefined],
    ["an ignored commit without details", "commit_ignored", null, undefined],
    ["another event with an id", "deploy_started", { id: "dep-1" }, undefined],
    ["a type added later", "harbor_opened", { harbor: true }, undefined],
  ];
  for (const [name, type, details, ignoredCommit] of rows)
    it(`are read: ${name}`, async () => {
      const { found } = await read([{ ...event, type, details }]);
      assert.deepEqual(found, [
        { id: "evt-1", type, at, ...(ignoredCommit !== undefined && { ignoredCommit }) },
      ]);
    });

  for (const [name, reason, named] of [
    ["by a deploy", { newDeploy: { id: "dep-2" } }, { newDeployId: "dep-2" }],
    ["by a build", { newBuild: { id: "bld-2" } }, { newBuildId: "bld-2" }],
    ["by what is not named", { newDeploy: {} }, {}],
    ["by nothing that can be read", { newDeploy: "dep-2", newBuild: null }, {}],
  ] as const)
    it(`say what a deploy was replaced by: ${name}`, async () => {
      const details = { deployId: "dep-1", deployStatus: "canceled", status: 4, reason };
      const { found } = await read([{ ...event, type: "deploy_ended", details }]);
      assert.deepEqual(found, [{ id: "evt-1", type: "deploy_ended", at, deployId: "dep-1", ...named }]);
    });

  for (const [name, trigger, startedBy] of [
    ["a person", { manual: true, user: { id: "usr-1", email: "ada@harbor.example" } }, "ada@harbor.example"],
    ["nobody", { manual: false, firstBuild: true }, undefined],
    ["somebody without an address", { user: { id: "usr-1" } }, undefined],
    ["what cannot be read", { user: "ada" }, undefined],
  ] as const)
    it(`say who asked for a deploy: ${name}`, async () => {
      const { found } = await read([
        { ...event, type: "deploy_started", details: { deployId: "dep-2", trigger } },
      ]);
      const known = { id: "evt-1", type: "deploy_started", at, deployId: "dep-2" };
      assert.deepEqual(found, [{ ...known, ...(startedBy !== undefined && { startedBy }) }]);
    });
});
