import assert from "node:assert/strict";
import { rawCall } from "./rawCall";
import { sampleData, sampleRepository } from "./simulator";
import { type Bench, withSimulator } from "./withSimulator";

/** A span in milliseconds that was recorded between two moments of real replies. */
function assertBetween(least: number, most: number, ...[from, to]: readonly [unknown, unknown]): void {
  const ms = microsOf(to) - microsOf(from);
  assert.ok(ms >= least && ms <= most, `${String(from)} to ${String(to)}: ${ms} ms`);
}

/** Milliseconds with a fraction, as `Date` cuts off what follows them. */
function microsOf(time: unknown): number {
  const [, micros = ""] = /\.\d{3}(\d+)Z$/.exec(String(time)) ?? [];
  return Date.parse(String(time)) + Number(`0.${micros}`);
}

type Fields = Record<string, unknown>;

const read = async ({ call }: Bench, path: string): Promise<Fields> =>
  (await call("GET", path)).json as Fields;
const deploysOf = async ({ call }: Bench, id: string): Promise<Fields[]> => {
  const { json } = await call("GET", `/services/${id}/deploys?limit=100`);
  return (json as { deploy: Fields }[]).map(({ deploy }) => deploy);
};

// The expected values are those of "What real replies look like" in the description of Render's API.
describe("simulator: a reply is as recorded from Render", () => {
  it("in what surrounds it: newline, length, request id", async () => {
    await withSimulator({}, async ({ simulator, add }) => {
      const { id } = add().service;
      const { url, key } = simulator;
      const ids: unknown[] = [];
      for (const [method, path, status, length] of [
        ["GET", "/users", 200, false],
        ["GET", "/services", 200, false],
        ["POST", `/services/${id}/deploys`, 201, false],
        ["GET", "/services/none", 404, true],
      ] as const) {
        const body = method === "POST" ? {} : undefined;
        const answer = await rawCall({ url: url + path, key, method, body });
        assert.equal(answer.status, status);
        assert.match(answer.body, /[^\n]\n$/u);
        assert.equal("content-length" in answer.headers, length, path);
        assert.equal(answer.headers["content-type"], "application/json; charset=utf-8");
        ids.push(answer.headers["render-request-id"]);
      }
      for (const each of ids) assert.match(String(each), /^api-[0-9a-z]+-[0-9a-z]+\/\w{10}-\d{6}$/u);
      assert.equal(new Set(ids).size, 4);
      const waiting = await rawCall({ url: `${url}/services/${id}/deploys`, key, method: "POST", body: {} });
      assert.deepEqual([waiting.status, waiting.body], [202, ""]);
      assert.equal(waiting.headers["content-length"], "0");
      assert.equal(waiting.headers["content-type"], undefined);
    });
  });

  it("when it is 429", async () => {
    await withSimulator({ limits: { reads: 0 } }, async ({ simulator: { url, key } }) => {
      const { status, body } = await rawCall({ url: `${url}/users`, key });
      assert.deepEqual([status, body], [429, '{"error":"rate limit exceeded"}\n']);
    });
  });

  it("in its cursors: eight bytes and the end of the id", async () => {
    await withSimulator({}, async bench => {
      const ids = ["lighthouse", "harbor", "buoy"].map(name => bench.add({ name }).service.id);
      const items = (await bench.call("GET", "/services")).json as { cursor: string }[];
      for (const { cursor } of items) assert.match(cursor, /^[\w-]{32}$/u);
      const ends = items.map(({ cursor }) => Buffer.from(cursor, "base64url").subarray(8).toString());
      assert.deepEqual(ends.sort(), ids.map(id => id.slice(-16)).sort());
    });
  });

  it("in the times of a deploy and of its service", async () => {
    for (const wish of [{}, { image: "nginx" }, { type: "static_site" }])
      await withSimulator({}, async bench => {
        const { id } = bench.add(wish).service;
        const { json } = await bench.call("POST", `/services/${id}/deploys`, {});
        const begun = json as Fields;
        assertBetween(-400, 46_600, begun["createdAt"], begun["startedAt"]);
        assert.equal("finishedAt" in begun, false);
        bench.clock.advance(60_000);
        const [live = {}] = await deploysOf(bench, id);
        assert.equal(live["status"], "live");
        assertBetween(0.1, 2.3, live["finishedAt"], live["updatedAt"]);
        const { updatedAt } = await read(bench, `/services/${id}`);
        assertBetween(0, 10, live["finishedAt"], updatedAt);
      });
  });

  it("in the times of a deploy that waited", async () => {
    for (const name of ["lighthouse", "harbor", "buoy"])
      await withSimulator({}, async bench => {
        const { id } = bench.add({ name, autoDeploy: "off" }).service;
        bench.simulator.push(id, { id: "a".repeat(40), message: "First light" });
        await bench.call("POST", `/services/${id}/deploys`, {});
        bench.clock.advance(7_000);
        await bench.call("POST", `/services/${id}/deploys`, {});
        const [queued = {}] = await deploysOf(bench, id);
        assert.equal(queued["status"], "queued");
        assert.equal((queued["commit"] as Fields)["id"], "a".repeat(40));
        assert.equal(queued["createdAt"], queued["updatedAt"]);
        assert.equal("startedAt" in queued, false);
        bench.clock.advance(60_000);
        const [second = {}, first = {}] = await deploysOf(bench, id);
        assertBetween(200, 401, first["finishedAt"], second["startedAt"]);
      });
  });

  it("when another deploy is asked for between the end of one and the start of the next", async () => {
    await withSimulator({}, async bench => {
      const { id } = bench.add().service;
      for (let count = 0; count < 2; count++) await bench.call("POST", `/services/${id}/deploys`, {});
      bench.clock.advance(50_000);
      assert.deepEqual(await bench.statuses(id), ["queued", "live"]);
      assert.equal((await bench.call("POST", `/services/${id}/deploys`, {})).status, 202);
      bench.clock.advance(60_000);
      assert.deepEqual(await bench.statuses(id), ["live", "canceled", "deactivated"]);
      assert.equal(bench.clock.pending, 0);
    });
  });

  it("in what a service says of its image, ports, addresses and cache", async () => {
    await withSimulator({}, async bench => {
      const serviceOf = async (wish: Parameters<Bench["add"]>[0]): Promise<Fields> =>
        read(bench, `/services/${bench.add(wish).service.id}`);
      const image = await serviceOf({ name: "image", image: "nginx" });
      assert.equal(image["imagePath"], "docker.io/library/nginx:latest");
      const { json } = await bench.call("POST", `/services/${String(image["id"])}/deploys`, {
        imageUrl: "nginx:1.27",
      });
      assert.equal(((json as Fields)["image"] as Fields)["ref"], "docker.io/library/nginx:1.27");
      const details = async (wish: Parameters<Bench["add"]>[0]): Promise<Fields> =>
        (await serviceOf(wish))["serviceDetails"] as Fields;
      assert.equal((await details({ name: "free", plan: "free" }))["openPorts"], null);
      const web = await details({ name: "web" });
      assert.notEqual(web["openPorts"], null);
      for (const field of ["cache", "ipAllowList"]) assert.ok(field in web, field);
      for (const [type, isServer] of [
        ["web_service", true],
        ["private_service", true],
        ["background_worker", true],
        ["cron_job", false],
        ["static_site", false],
      ] as const)
        assert.equal("sshAddress" in (await details({ name: type, type })), isServer, type);
    });
  });

  it("when its body is of 2022 or 2023", async () => {
    await withSimulator({ quirks: { serviceBodiesOf2023: true } }, async bench => {
      const service = await read(bench, `/services/${bench.add().service.id}`);
      assert.equal("dashboardUrl" in service, false);
      assert.equal(service["buildFilter"], null);
      const details = service["serviceDetails"] as Fields;
      assert.deepEqual([details["env"], details["parentServer"]], ["node", null]);
      assert.equal("runtime" in details, false);
    });
  });
});

describe("simulator: events are as recorded from Render", () => {
  interface Item {
    cursor: string;
    event: { type: string; timestamp: string; details: { trigger?: Fields } };
  }
  const events = async ({ call }: Bench, id: string, query: string): Promise<Item[]> => {
    const { status, json } = await call("GET", `/services/${id}/events?${query}`);
    assert.equal(status, 200, query);
    return json as Item[];
  };
  const typesOf = (items: readonly Item[]): string[] => items.map(({ event }) => event.type);

  it("name nobody for a service's first deploy", async () => {
    await withSimulator({}, async bench => {
      const { id } = bench.add().service;
      for (let count = 0; count < 2; count++) {
        await bench.call("POST", `/services/${id}/deploys`, {});
        bench.clock.advance(60_000);
      }
      const started = await events(bench, id, "type=deploy_started");
      const triggers = started.map(({ event }) => event.details.trigger ?? {});
      assert.deepEqual(
        triggers.map(trigger => [trigger["manual"], trigger["firstBuild"], "user" in trigger]),
        [
          [true, false, true],
          [false, true, false],
        ],
      );
    });
  });

  it("are asked for by several types in one key, and come newest first", async () => {
    await withSimulator({}, async bench => {
      const { id } = bench.add().service;
      await bench.call("POST", `/services/${id}/deploys`, {});
      bench.clock.advance(60_000);
      const found = await events(bench, id, "type=deploy_ended,server_failed,build_ended");
      assert.deepEqual(typesOf(found), ["deploy_ended", "build_ended"]);
      const all = await events(bench, id, "");
      assert.deepEqual(typesOf(all), ["deploy_ended", "build_ended", "build_started", "deploy_started"]);
      // It occurs, but a list cannot be asked for it.
      assert.equal((await bench.call("GET", `/services/${id}/events?type=edge_cache_purged`)).status, 400);
    });
  });

  it("go on from a cursor alone beyond the last hour, and with a start no further than that", async () => {
    await withSimulator({}, async bench => {
      const { id } = bench.add().service;
      await bench.call("POST", `/services/${id}/deploys`, {});
      bench.clock.advance(2 * 3_600_000);
      assert.deepEqual(await events(bench, id, ""), []);
      await bench.call("POST", `/services/${id}/restart`);
      const [item] = await events(bench, id, "limit=1");
      assert.equal(item?.event.type, "server_restarted");
      const start = new Date(bench.clock.now() - 3_600_000).toISOString();
      assert.equal((await events(bench, id, `cursor=${item.cursor}`)).length, 4);
      assert.equal((await events(bench, id, `cursor=${item.cursor}&startTime=${start}`)).length, 0);
    });
  });

  it("tell of an instance that failed and of the one that took its place", async () => {
    await withSimulator({ data: sampleData(Date.UTC(2026, 5, 12, 8)) }, async bench => {
      const happened = await Promise.all(
        bench.simulator.services.map(async ({ service }) =>
          typesOf(await events(bench, service.id, "type=server_failed,server_available")),
        ),
      );
      assert.deepEqual(
        happened.filter(types => types.length > 0),
        [["server_available", "server_failed"]],
      );
      assert.deepEqual(await events(bench, sampleRepository.lighthouse.serviceId, "type=server_failed"), []);
    });
  });
});

describe("simulator: the past of the sample data is as recorded from Render", () => {
  const data = sampleData(Date.UTC(2026, 5, 12, 8));
  const deploys = data.services.flatMap(record => record.deploys);

  it("in the times of its deploys", () => {
    const waits = deploys.map(({ createdAt, startedAt = 0 }) => startedAt - createdAt);
    assert.ok(Math.min(...waits) >= -400 && Math.max(...waits) <= 46_600);
    assert.ok(Math.min(...waits) < 0 && Math.max(...waits) > 1_000);
  });

  it("in when a service changed last: at the end of its live deploy", () => {
    for (const { service, deploys: own } of data.services) {
      const live = own.find(({ status }) => status === "live");
      if (live !== undefined)
        assertBetween(0, 10, new Date(live.finishedAt ?? 0).toISOString(), service.updatedAt);
    }
  });
});
