import assert from "node:assert/strict";
import { sampleData, sampleRepository } from "./simulator";
import { withSimulator, type Bench } from "./withSimulator";

interface Shown {
  id: string;
  createdAt: string;
}

const minute = 60_000;

async function instances({ call }: Bench, id: string): Promise<Shown[]> {
  const { status, json } = await call("GET", `/services/${id}/instances`);
  assert.equal(status, 200);
  return json as Shown[];
}

/** Does it, and says whether all instances are others than before. */
async function replaces(bench: Bench, id: string, act: () => Promise<unknown>): Promise<boolean> {
  const before = (await instances(bench, id)).map(instance => instance.id);
  await act();
  bench.clock.advance(2 * minute);
  const after = (await instances(bench, id)).map(instance => instance.id);
  assert.ok(before.length > 0 && after.length === before.length);
  return after.every(each => !before.includes(each));
}

describe("simulator: instances", () => {
  it("come with the first live deploy, as many as the service has", async () => {
    await withSimulator({}, async bench => {
      const { id } = bench.add({ details: { numInstances: 3 } }).service;
      assert.deepEqual(await instances(bench, id), []);
      await bench.call("POST", `/services/${id}/deploys`, {});
      bench.clock.advance(minute / 2);
      assert.deepEqual(await instances(bench, id), []);
      bench.clock.advance(minute);
      const now = await instances(bench, id);
      assert.equal(new Set(now.map(instance => instance.id)).size, 3);
      for (const instance of now) {
        assert.match(instance.id, new RegExp(`^${id}-[0-9a-v]{5}$`));
        assert.ok(Date.parse(instance.createdAt) <= bench.clock.now());
      }
      assert.deepEqual(await instances(bench, id), now);
    });
  });

  it("are replaced by a new live deploy and by a restart, but not by a deploy that fails", async () => {
    await withSimulator({}, async bench => {
      const { id } = bench.add().service;
      const post = (action: string) => () => bench.call("POST", `/services/${id}/${action}`, {});
      await post("deploys")();
      bench.clock.advance(2 * minute);
      assert.equal(await replaces(bench, id, post("deploys")), true);
      assert.equal(await replaces(bench, id, post("restart")), true);
      assert.equal(await replaces(bench, id, post("restart")), true);
      bench.simulator.nextDeploy(id, { fails: "update" });
      assert.equal(await replaces(bench, id, post("deploys")), false);
    });
  });

  for (const resumeDeploys of [true, false])
    it(`go with a suspension and come anew with resuming (resumeDeploys: ${resumeDeploys})`, async () => {
      await withSimulator({ quirks: { resumeDeploys } }, async bench => {
        const { id } = bench.add().service;
        await bench.call("POST", `/services/${id}/deploys`, {});
        bench.clock.advance(2 * minute);
        const again = await replaces(bench, id, async () => {
          await bench.call("POST", `/services/${id}/suspend`);
          assert.deepEqual(await instances(bench, id), []);
          await bench.call("POST", `/services/${id}/resume`);
        });
        assert.equal(again, true);
      });
    });

  for (const type of ["cron_job", "static_site"])
    it(`are none of a ${type}`, async () => {
      await withSimulator({}, async bench => {
        const { id } = bench.add({ type }).service;
        await bench.call("POST", `/services/${id}/deploys`, {});
        bench.clock.advance(2 * minute);
        assert.deepEqual(await bench.statuses(id), ["live"]);
        assert.deepEqual(await instances(bench, id), []);
      });
    });

  it("exist in the sample data, and not of a service that nobody has", async () => {
    await withSimulator({}, async bench => {
      assert.equal((await bench.call("GET", "/services/srv-unknown/instances")).status, 404);
    });
    await withSimulator({ data: sampleData(Date.UTC(2026, 5, 12)) }, async bench => {
      assert.equal((await instances(bench, sampleRepository.lighthouse.serviceId)).length, 1);
    });
  });
});
