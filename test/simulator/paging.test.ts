import assert from "node:assert/strict";
import type { Quirks } from "./simulator";
import { type Bench, withSimulator } from "./withSimulator";

type Items = { cursor?: string; service: { id: string; name: string } }[];

function fill({ add }: Bench, count: number): void {
  for (let index = 0; index < count; index++) add({ name: `boat-${index}`, createdAt: 1_000_000 * index });
}

/** The sizes of the pages a caller meets that stops at an empty page, or at an item without a cursor. */
async function pages({ call }: Bench, limit: number): Promise<{ sizes: number[]; ids: Set<string> }> {
  const sizes: number[] = [];
  const ids = new Set<string>();
  let cursor: string | undefined = "";
  while (cursor !== undefined && sizes.length < 20) {
    const items = (await call("GET", `/services?limit=${limit}&cursor=${encodeURIComponent(cursor)}`))
      .json as Items;
    sizes.push(items.length);
    for (const { service } of items) ids.add(service.id);
    cursor = items.at(-1)?.cursor;
  }
  return { sizes, ids };
}

describe("simulator: lists", () => {
  it("has pages of 20, and a last page that may be empty", async () => {
    await withSimulator({}, async bench => {
      fill(bench, 40);
      const first = (await bench.call("GET", "/services")).json as Items;
      assert.equal(first.length, 20);
      assert.equal(first[0]?.service.name, "boat-39");
      const { sizes, ids } = await pages(bench, 20);
      assert.deepEqual(sizes, [20, 20, 0]);
      assert.equal(ids.size, 40);
      assert.deepEqual((await pages(bench, 30)).sizes, [30, 10, 0]);
      bench.simulator.setQuirks({ fullLastPage: false });
      assert.deepEqual((await pages(bench, 20)).sizes, [20, 20]);
    });
  });

  for (const listOrder of ["newestFirst", "oldestFirst", "shuffled"] as const) {
    it(`misses nothing: ${listOrder}`, async () => {
      await withSimulator({ quirks: { listOrder } }, async bench => {
        fill(bench, 13);
        assert.equal((await pages(bench, 5)).ids.size, 13);
      });
    });
  }

  it("goes on where it was although something new came first", async () => {
    await withSimulator({}, async bench => {
      fill(bench, 6);
      const first = (await bench.call("GET", "/services?limit=3")).json as Items;
      bench.add({ name: "newest", createdAt: Date.UTC(2030, 0) });
      const next = await bench.call(
        "GET",
        `/services?limit=3&cursor=${encodeURIComponent(first.at(-1)?.cursor ?? "")}`,
      );
      assert.deepEqual(
        (next.json as Items).map(({ service }) => service.name),
        ["boat-2", "boat-1", "boat-0"],
      );
    });
  });

  const answers: [query: string, status: number, quirks?: Partial<Quirks>][] = [
    ["limit=100", 200],
    ["limit=101", 400],
    ["limit=101", 200, { limitAbove100: "clamp" }],
    ["limit=0", 400],
    ["limit=many", 400],
    ["cursor=nothing", 400],
    ["cursor=nothing", 200, { badCursor: "ignore" }],
    ["cursor=nothing", 404, { badCursor: 404 }],
    ["type=web_service,cron_job", 200],
    ["type=web_service&type=cron_job", 400],
    ["type=web_service&type=cron_job", 200, { otherArrayEncoding: "accept" }],
    ["type=submarine", 400],
    ["createdAfter=yesterday", 400],
    ["includePreviews=perhaps", 400],
  ];
  for (const [query, status, quirks] of answers) {
    it(`answers ${query} with ${status} ${JSON.stringify(quirks ?? {})}`, async () => {
      await withSimulator({ quirks: quirks ?? {} }, async ({ call }) => {
        assert.equal((await call("GET", `/services?${query}`)).status, status);
      });
    });
  }

  it("filters services", async () => {
    await withSimulator({}, async ({ add, call, simulator }) => {
      const base = add({ name: "base", type: "web_service", region: "oregon", createdAt: 1_000 });
      add({ name: "base PR #1", parentServer: { id: base.service.id, name: "base" } });
      add({ name: "night", type: "cron_job" });
      add({ name: "image", image: "nginx", suspenders: ["billing"], environmentId: "evm-1" });
      add({ name: "foreign", ownerId: "tea-other" });
      const names = async (query: string): Promise<string[]> =>
        ((await call("GET", `/services?${query}`)).json as Items).map(({ service }) => service.name).sort();
      assert.deepEqual(await names(""), ["base", "base PR #1", "image", "night"]);
      assert.deepEqual(await names("includePreviews=false"), ["base", "image", "night"]);
      assert.deepEqual(await names("type=cron_job,static_site"), ["night"]);
      assert.deepEqual(await names("env=image"), ["image"]);
      assert.deepEqual(await names("region=oregon"), ["base"]);
      assert.deepEqual(await names("suspended=suspended"), ["image"]);
      assert.deepEqual(await names("environmentId=evm-1"), ["image"]);
      assert.deepEqual(await names("ownerId=tea-other"), []);
      assert.deepEqual(await names("createdBefore=1970-01-01T00:00:02Z"), ["base"]);
      assert.deepEqual(await names("name=base"), ["base"]);
      simulator.setQuirks({ nameFilter: "contains" });
      assert.deepEqual(await names("name=base"), ["base", "base PR #1"]);
    });
  });

  it("filters deploys by status with one key for each, and by date", async () => {
    await withSimulator({}, async ({ add, call, clock, simulator }) => {
      const { id } = add().service;
      simulator.nextDeploy(id, { fails: "build" });
      for (let index = 0; index < 3; index++) {
        await call("POST", `/services/${id}/deploys`, {});
        clock.advance(60_000);
      }
      const count = async (query: string): Promise<number> =>
        ((await call("GET", `/services/${id}/deploys?${query}`)).json as unknown[]).length;
      assert.equal(await count("status=build_failed"), 1);
      assert.equal(await count("status=build_failed&status=live"), 2);
      assert.equal(await count(`createdAfter=${new Date(clock.now() - 130_000).toISOString()}`), 2);
      assert.equal(await count(`finishedBefore=${new Date(clock.now() - 130_000).toISOString()}`), 1);
      assert.equal((await call("GET", `/services/${id}/deploys?status=live,canceled`)).status, 400);
    });
  });
});
