import assert from "node:assert/strict";
import { type Bench, withSimulator } from "./withSimulator";

/** Within which a waiting deploy begins after the end of the one before (Render API: what real replies look like). */
const handover = 400;
const commit = { id: "a".repeat(40), message: "First light" };

/** Adds a service whose branch has a commit, and returns its id. */
function service({ simulator, add }: Bench, wish: Parameters<Bench["add"]>[0] = {}): string {
  const record = add({ autoDeploy: "off", ...wish });
  if (record.service.repo !== undefined) simulator.push(record.service.id, commit);
  return record.service.id;
}

describe("simulator: the walk of a deploy", () => {
  it("builds, updates and goes live in believable time, and deactivates the one before", async () => {
    await withSimulator({}, async bench => {
      const { call, clock, statuses } = bench;
      const id = service(bench);
      const { status, json } = await call("POST", `/services/${id}/deploys`, {});
      assert.equal(status, 201);
      const deploy = json as Record<string, unknown>;
      assert.deepEqual(deploy["commit"], { ...commit, createdAt: "2026-06-12T08:00:05Z" });
      assert.equal(deploy["status"], "build_in_progress");
      assert.equal("finishedAt" in deploy, false);
      assert.ok(Date.parse(String(deploy["startedAt"])) <= Date.parse(String(deploy["createdAt"])));
      clock.advance(39_999);
      assert.deepEqual(await statuses(id), ["build_in_progress"]);
      clock.advance(1);
      assert.deepEqual(await statuses(id), ["update_in_progress"]);
      clock.advance(10_000);
      assert.deepEqual(await statuses(id), ["live"]);
      await call("POST", `/services/${id}/deploys`, {});
      clock.advance(49_999);
      assert.deepEqual(await statuses(id), ["update_in_progress", "live"]);
      clock.advance(1);
      assert.deepEqual(await statuses(id), ["live", "deactivated"]);
    });
  });

  it("runs the pre-deploy command between build and update, and is faster at a higher speed", async () => {
    await withSimulator({ speed: 20 }, async bench => {
      const { call, clock, statuses } = bench;
      const id = service(bench, { preDeployCommand: "npm run migrate" });
      await call("POST", `/services/${id}/deploys`, {});
      clock.advance(2_000);
      assert.deepEqual(await statuses(id), ["pre_deploy_in_progress"]);
      clock.advance(250);
      assert.deepEqual(await statuses(id), ["update_in_progress"]);
      clock.advance(500);
      assert.deepEqual(await statuses(id), ["live"]);
    });
  });

  it("does not build images, and a cron job's image is live in the first answer", async () => {
    await withSimulator({}, async bench => {
      const worker = service(bench, { image: "nginx", type: "background_worker", name: "worker" });
      const cron = service(bench, {
        image: "ghcr.io/harbor-labs/census:1.2",
        type: "cron_job",
        name: "census",
      });
      const first = await bench.call("POST", `/services/${worker}/deploys`, {});
      assert.equal((first.json as { status: string }).status, "update_in_progress");
      assert.equal((first.json as { commit: unknown }).commit, null);
      assert.equal((first.json as { image: { ref: string } }).image.ref, "docker.io/library/nginx:latest");
      const second = await bench.call("POST", `/services/${cron}/deploys`, {});
      assert.equal(second.status, 201);
      assert.equal((second.json as { status: string }).status, "live");
      assert.ok("finishedAt" in (second.json as object));
    });
  });

  for (const fails of ["build", "pre_deploy", "update"] as const) {
    it(`ends a deploy whose ${fails} fails, and the live one goes on serving`, async () => {
      await withSimulator({}, async bench => {
        const { simulator, call, clock, statuses } = bench;
        const id = service(bench, { preDeployCommand: "npm run migrate" });
        await call("POST", `/services/${id}/deploys`, {});
        clock.advance(60_000);
        simulator.nextDeploy(id, { fails, phases: { build: 1_000, pre_deploy: 1_000, update: 1_000 } });
        await call("POST", `/services/${id}/deploys`, {});
        clock.advance(3_000);
        assert.deepEqual(await statuses(id), [`${fails}_failed`, "live"]);
        const { json } = await call("GET", `/services/${id}/events?type=deploy_ended`);
        const [newest] = json as { event: { details: { deployStatus: string; reason: object } } }[];
        assert.equal(newest?.event.details.deployStatus, "failed");
        assert.deepEqual(
          Object.keys(newest.event.details.reason),
          fails === "build" ? ["buildFailed"] : ["failure"],
        );
        await call("POST", `/services/${id}/deploys`, {});
        clock.advance(60_000);
        assert.deepEqual(await statuses(id), ["live", `${fails}_failed`, "deactivated"]);
      });
    });
  }

  it("shows an unknown status until the deploy ends", async () => {
    await withSimulator({}, async bench => {
      const id = service(bench);
      bench.simulator.nextDeploy(id, { unknownStatus: "warming_up" });
      await bench.call("POST", `/services/${id}/deploys`, {});
      assert.deepEqual(await bench.statuses(id), ["warming_up"]);
      bench.clock.advance(50_000);
      assert.deepEqual(await bench.statuses(id), ["live"]);
    });
  });

  it("begins as created when asked to", async () => {
    await withSimulator({ quirks: { createdFirst: true } }, async bench => {
      const id = service(bench);
      await bench.call("POST", `/services/${id}/deploys`, {});
      assert.deepEqual(await bench.statuses(id), ["created"]);
      bench.clock.advance(1_000);
      assert.deepEqual(await bench.statuses(id), ["build_in_progress"]);
    });
  });

  it("cancels what runs, and nothing else", async () => {
    await withSimulator({}, async bench => {
      const id = service(bench);
      const { json } = await bench.call("POST", `/services/${id}/deploys`, {});
      const path = `/services/${id}/deploys/${(json as { id: string }).id}`;
      const canceled = await bench.call("POST", `${path}/cancel`);
      assert.equal(canceled.status, 200);
      assert.equal((canceled.json as { status: string }).status, "canceled");
      assert.equal((await bench.call("POST", `${path}/cancel`)).status, 400);
      bench.clock.advance(100_000);
      assert.equal(((await bench.call("GET", path)).json as { status: string }).status, "canceled");
      assert.equal(bench.clock.pending, 0);
    });
  });

  it("rolls back without a build, as a new deploy of the old commit", async () => {
    await withSimulator({}, async bench => {
      const id = service(bench);
      const first = (await bench.call("POST", `/services/${id}/deploys`, {})).json as { id: string };
      bench.clock.advance(60_000);
      bench.simulator.push(id, { id: "b".repeat(40), message: "Second light" });
      await bench.call("POST", `/services/${id}/deploys`, {});
      bench.clock.advance(60_000);
      const { status, json } = await bench.call("POST", `/services/${id}/rollback`, { deployId: first.id });
      const back = json as { id: string; status: string; trigger: string; commit: { id: string } };
      assert.equal(status, 201);
      assert.notEqual(back.id, first.id);
      assert.deepEqual(
        [back.status, back.trigger, back.commit.id],
        ["update_in_progress", "rollback", commit.id],
      );
      bench.clock.advance(10_000);
      assert.deepEqual(await bench.statuses(id), ["live", "deactivated", "deactivated"]);
    });
  });
});

describe("simulator: one deploy at a time", () => {
  it("waits: 202 without a body, a queued deploy in the list, and only the last one runs", async () => {
    await withSimulator({ overlap: "wait" }, async bench => {
      const { call, clock, statuses } = bench;
      const id = service(bench);
      await call("POST", `/services/${id}/deploys`, {});
      const second = await call("POST", `/services/${id}/deploys`, {});
      assert.equal(second.status, 202);
      assert.equal(second.json, undefined);
      assert.equal(second.headers["content-length"], "0");
      assert.equal(second.headers["content-type"], undefined);
      assert.deepEqual(await statuses(id), ["queued", "build_in_progress"]);
      assert.equal((await call("POST", `/services/${id}/deploys`, {})).status, 202);
      assert.deepEqual(await statuses(id), ["queued", "canceled", "build_in_progress"]);
      clock.advance(50_000);
      assert.deepEqual(await statuses(id), ["queued", "canceled", "live"]);
      clock.advance(handover);
      assert.deepEqual(await statuses(id), ["build_in_progress", "canceled", "live"]);
      clock.advance(50_000);
      assert.deepEqual(await statuses(id), ["live", "canceled", "deactivated"]);
      assert.equal(clock.pending, 0);
    });
  });

  it("starts the waiting deploy when the running one is canceled or fails", async () => {
    await withSimulator({ overlap: "wait", quirks: { skippedDeploys: "absent" } }, async bench => {
      const { simulator, call, clock, statuses } = bench;
      const id = service(bench);
      simulator.nextDeploy(id, {});
      simulator.nextDeploy(id, {});
      simulator.nextDeploy(id, { fails: "build" });
      const { json } = await call("POST", `/services/${id}/deploys`, {});
      await call("POST", `/services/${id}/deploys`, {});
      await call("POST", `/services/${id}/deploys`, {});
      assert.deepEqual(await statuses(id), ["queued", "build_in_progress"]);
      await call("POST", `/services/${id}/deploys/${(json as { id: string }).id}/cancel`);
      clock.advance(handover);
      assert.deepEqual(await statuses(id), ["build_in_progress", "canceled"]);
      await call("POST", `/services/${id}/deploys`, {});
      clock.advance(40_000 + handover);
      assert.deepEqual(await statuses(id), ["build_in_progress", "build_failed", "canceled"]);
    });
  });

  it("lets the queued deploy appear late when asked to", async () => {
    await withSimulator({ overlap: "wait", quirks: { queuedAfterMs: 3_000 } }, async bench => {
      const id = service(bench);
      await bench.call("POST", `/services/${id}/deploys`, {});
      await bench.call("POST", `/services/${id}/deploys`, {});
      assert.deepEqual(await bench.statuses(id), ["build_in_progress"]);
      bench.clock.advance(3_000);
      assert.deepEqual(await bench.statuses(id), ["queued", "build_in_progress"]);
      await bench.call("POST", `/services/${id}/deploys`, {});
      bench.clock.advance(47_000 + handover);
      assert.deepEqual(await bench.statuses(id), ["build_in_progress", "canceled", "live"]);
    });
  });

  it("queues even with nothing under way when asked to", async () => {
    await withSimulator({ quirks: { alwaysQueued: true } }, async bench => {
      const id = service(bench);
      assert.equal((await bench.call("POST", `/services/${id}/deploys`, {})).status, 202);
      assert.deepEqual(await bench.statuses(id), ["queued"]);
      bench.clock.advance(1_000);
      assert.deepEqual(await bench.statuses(id), ["build_in_progress"]);
    });
  });

  it("cancels a queued deploy when that is allowed", async () => {
    for (const cancelQueued of ["accept", 404] as const) {
      await withSimulator({ overlap: "wait", quirks: { cancelQueued } }, async bench => {
        const id = service(bench);
        await bench.call("POST", `/services/${id}/deploys`, {});
        await bench.call("POST", `/services/${id}/deploys`, {});
        const queued = bench.simulator.deploysOf(id)[0]?.id ?? "";
        const { status } = await bench.call("POST", `/services/${id}/deploys/${queued}/cancel`);
        assert.equal(status, cancelQueued === "accept" ? 200 : 404);
        bench.clock.advance(50_000 + handover);
        const second = cancelQueued === "accept" ? "canceled" : "build_in_progress";
        assert.deepEqual(await bench.statuses(id), [second, "live"]);
      });
    }
  });

  it("overrides: the running deploy is canceled and names its successor", async () => {
    await withSimulator({ overlap: "override" }, async bench => {
      const id = service(bench);
      await bench.call("POST", `/services/${id}/deploys`, {});
      bench.clock.advance(45_000);
      const { status, json } = await bench.call("POST", `/services/${id}/deploys`, {});
      assert.equal(status, 201);
      assert.deepEqual(await bench.statuses(id), ["build_in_progress", "canceled"]);
      const ended = (await bench.call("GET", `/services/${id}/events?type=deploy_ended`)).json;
      const [{ event } = { event: { details: {} } }] = ended as { event: { details: object } }[];
      assert.deepEqual((event.details as { reason: unknown }).reason, {
        newDeploy: { id: (json as { id: string }).id },
      });
      bench.clock.advance(50_000);
      assert.deepEqual(await bench.statuses(id), ["live", "canceled"]);
      assert.equal(bench.clock.pending, 0);
    });
  });

  it("has one workspace wait and another override", async () => {
    await withSimulator({}, async bench => {
      const id = service(bench);
      bench.simulator.setOverlap("override", bench.simulator.service(id).service.ownerId);
      await bench.call("POST", `/services/${id}/deploys`, {});
      assert.equal((await bench.call("POST", `/services/${id}/deploys`, {})).status, 201);
      bench.simulator.setOverlap("wait");
      assert.equal((await bench.call("POST", `/services/${id}/deploys`, {})).status, 202);
    });
  });
});
