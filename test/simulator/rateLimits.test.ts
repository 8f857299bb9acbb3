import assert from "node:assert/strict";
import type { Reply } from "./withSimulator";
import { withSimulator } from "./withSimulator";

const limits = ({ headers }: Reply): (number | undefined)[] =>
  ["ratelimit-limit", "ratelimit-remaining", "ratelimit-reset"].map(name => Number(headers[name]));

describe("simulator: rate limits", () => {
  it("counts reads, log reads, writes and each service's deploys apart", async () => {
    await withSimulator({}, async ({ add, call }) => {
      const { id } = add().service;
      const other = add({ name: "other" }).service.id;
      assert.deepEqual(limits(await call("GET", "/users")), [400, 399, 54]);
      assert.deepEqual(limits(await call("GET", `/services/${id}`)), [400, 398, 54]);
      assert.deepEqual(limits(await call("GET", "/logs")), [30, 29, 54]);
      assert.deepEqual(limits(await call("PATCH", `/services/${id}`, {})), [10, 9, 54]);
      assert.deepEqual(limits(await call("POST", `/services/${id}/deploys`, {})), [10, 8, 54]);
      assert.deepEqual(limits(await call("POST", `/services/${id}/suspend`)), [10, 7, 54]);
      assert.deepEqual(limits(await call("POST", `/services/${other}/deploys`, {})), [10, 9, 54]);
      assert.deepEqual(limits(await call("POST", `/services/${id}/restart`)), [30, 29, 54]);
      assert.deepEqual(limits(await call("POST", `/services/${id}/deploys/dep-1/cancel`)), [30, 28, 54]);
    });
  });

  it("refuses what is above the limit until the clock's next minute, and does nothing then", async () => {
    await withSimulator({ overlap: "override" }, async ({ add, call, clock, simulator }) => {
      const { id } = add().service;
      const deploy = (): Promise<Reply> => call("POST", `/services/${id}/deploys`, {});
      for (let index = 0; index < 10; index++) assert.equal((await deploy()).status, 201);
      const refused = await deploy();
      assert.equal(refused.status, 429);
      assert.deepEqual(limits(refused), [10, 0, 54]);
      assert.equal(refused.headers["retry-after"], undefined);
      assert.equal(simulator.deploysOf(id).length, 10);
      simulator.setQuirks({ retryAfterHeader: true, rateLimitResetAs: "epoch" });
      const later = await deploy();
      assert.equal(later.headers["retry-after"], "54");
      assert.equal(later.headers["ratelimit-reset"], String(Date.UTC(2026, 5, 12, 8, 1) / 1000));
      clock.advance(55_000);
      assert.equal((await deploy()).status, 201);
    });
  });

  it("charges refused calls to the next minute when asked to", async () => {
    await withSimulator(
      { limits: { reads: 2 }, quirks: { refusedCallsCount: true } },
      async ({ call, clock }) => {
        const statuses = async (count: number): Promise<number[]> => {
          const seen: number[] = [];
          for (let index = 0; index < count; index++) seen.push((await call("GET", "/users")).status);
          return seen;
        };
        assert.deepEqual(await statuses(3), [200, 200, 429]);
        clock.advance(60_000);
        assert.deepEqual(await statuses(2), [200, 429]);
      },
    );
  });

  it("takes other sizes, and does not count calls without the right key", async () => {
    await withSimulator({ limits: { reads: 1 } }, async ({ call, simulator }) => {
      const anonymous = await fetch(`${simulator.url}/users`);
      assert.equal(anonymous.status, 401);
      assert.equal(anonymous.headers.get("ratelimit-remaining"), "1");
      assert.equal((await call("GET", "/users")).status, 200);
      assert.equal((await call("GET", "/users")).status, 429);
      simulator.setLimits({ reads: 3 });
      assert.equal((await call("GET", "/users")).status, 200);
    });
  });
});
