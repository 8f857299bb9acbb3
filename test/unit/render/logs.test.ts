import assert from "node:assert/strict";
import { RenderClient } from "../../../src/render/client.js";
import type { LogEntry } from "../../../src/render/logShapes.js";
import { json, never, setUp, tearDown } from "./http/localRender.js";

describe("the log of a service", () => {
  afterEach(tearDown);

  const from = Date.parse("2026-06-12T07:00:00Z");
  const asked = { ownerId: "tea-1", serviceId: "srv-1", from, until: from + 60_000 };
  const line = (id: string) => ({
    id,
    message: `line ${id}`,
    timestamp: "2026-06-12T07:00:01.5Z",
    labels: [],
  });

  async function read(replies: readonly unknown[]): Promise<{ pages: LogEntry[][]; urls: string[] }> {
    const waiting = [...replies];
    const { http, server } = await setUp(r => {
      json(r, 200, waiting.shift());
    });
    const pages: LogEntry[][] = [];
    for await (const page of new RenderClient(http).logs(asked, never())) pages.push(page);
    return { pages, urls: server.seen.map(({ url }) => decodeURIComponent(url.replace("/v1", ""))) };
  }

  it("is read from its end, each next page with both times that the last one named", async () => {
    const next = { nextStartTime: "2026-06-12T07:00:00Z", nextEndTime: "2026-06-12T07:00:01.117554310Z" };
    const { pages, urls } = await read([
      { hasMore: true, ...next, logs: [line("b")] },
      { hasMore: false, ...next, logs: [line("a")] },
    ]);
    assert.deepEqual(
      pages.flat().map(({ id }) => id),
      ["b", "a"],
    );
    const query = "ownerId=tea-1&resource=srv-1";
    assert.deepEqual(urls, [
      `/logs?${query}&startTime=2026-06-12T07:00:00.000Z&endTime=2026-06-12T07:01:00.000Z&direction=backward&limit=100`,
      `/logs?${query}&startTime=2026-06-12T07:00:00Z&endTime=2026-06-12T07:00:01.117554310Z&direction=backward&limit=100`,
    ]);
  });

  for (const [name, reply] of [
    ["no list", { hasMore: false, logs: null }],
    ["more, but not where", { hasMore: true, logs: [] }],
  ] as const)
    it(`ends where Render answers ${name}`, async () => {
      const { pages, urls } = await read([reply]);
      assert.deepEqual(pages.flat(), []);
      assert.equal(urls.length, 1);
    });

  it("ends where Render names the same page again and again", async () => {
    const next = { nextStartTime: "2026-06-12T07:00:00Z", nextEndTime: "2026-06-12T07:00:01Z" };
    const { urls } = await read(
      Array.from({ length: 9 }, () => ({ hasMore: true, ...next, logs: [line("a")] })),
    );
    assert.equal(urls.length, 2);
  });

  it("tells the instance that wrote a line, where it names one", async () => {
    const named = (labels: unknown) => ({ ...line("a"), labels });
    const { pages } = await read([
      {
        hasMore: false,
        logs: [
          named([
            { name: "type", value: "app" },
            { name: "instance", value: "srv-1-7qk2c" },
          ]),
          named([{ name: "type", value: "app" }]),
          named([null, 7, { name: "instance" }]),
          named(null),
          { id: "a", message: "", timestamp: "2026-06-12T07:00:01Z" },
        ],
      },
    ]);
    assert.deepEqual(
      pages.flat().map(({ instance }) => instance),
      ["srv-1-7qk2c", undefined, undefined, undefined, undefined],
    );
  });

  it("rejects a reply that is no log", async () => {
    await assert.rejects(read([{ lines: 3 }]), { kind: "badShape" });
  });

  it("leaves out lines that cannot be read", async () => {
    const { pages } = await read([{ hasMore: false, logs: [line("a"), { id: "b" }, null, line("c")] }]);
    assert.deepEqual(
      pages.flat().map(({ id }) => id),
      ["a", "c"],
    );
  });
});
