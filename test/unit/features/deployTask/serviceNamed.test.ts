import assert from "node:assert/strict";
import { isServiceId, serviceNamed } from "../../../../src/features/deployTask/serviceNamed.js";
import { aService } from "../../../support/builders.js";

describe("serviceNamed", () => {
  const api = aService();
  const worker = aService({ id: "srv-2", name: "harbor-worker" });
  const other = aService({ id: "srv-3", name: "harbor-api", ownerId: "tea-2" });

  it("finds by name and by id", () => {
    assert.deepEqual(serviceNamed("harbor-worker", [api, worker]), { kind: "one", service: worker });
    assert.deepEqual(serviceNamed("srv-1", [api, worker]), { kind: "one", service: api });
  });

  it("takes an id for what it is, even where a service has it as its name", () => {
    const odd = aService({ id: "srv-4", name: "srv-1" });
    assert.deepEqual(serviceNamed("srv-1", [odd, api]), { kind: "one", service: api });
  });

  it("chooses none of several with that name", () => {
    assert.deepEqual(serviceNamed("harbor-api", [api, worker, other]), {
      kind: "several",
      services: [api, other],
    });
  });

  it("finds none that is only like it", () => {
    for (const named of ["harbor", "Harbor-API", "harbor-api ", ""])
      assert.deepEqual(serviceNamed(named, [api, worker]), { kind: "none" });
  });
});

describe("isServiceId", () => {
  it("knows the ids of services and of cron jobs", () => {
    for (const id of ["srv-cukouhrtq21c73e9scng", "crn-d0a1b2c3d4e5f6g7h8i9"]) assert.ok(isServiceId(id), id);
    for (const name of ["harbor-api", "srv-", "srv-1/../deploys", "SRV-1", "dep-1"])
      assert.ok(!isServiceId(name), name);
  });
});
