import assert from "node:assert/strict";
import { withSimulator } from "./withSimulator";

interface Page {
  hasMore: boolean;
  nextStartTime: string;
  nextEndTime: string;
  logs: { id: string; message: string; timestamp: string; labels: { name: string; value: string }[] }[];
}

describe("simulator: log lines", () => {
  for (const direction of ["forward", "backward"]) {
    it(`pages ${direction} through a deploy without a gap or a repetition`, async () => {
      await withSimulator({}, async ({ add, call, clock }) => {
        const { id, ownerId } = add({ preDeployCommand: "npm run migrate" }).service;
        const start = new Date(clock.now()).toISOString();
        await call("POST", `/services/${id}/deploys`, {});
        clock.advance(55_000);
        const read = async (from: string, to: string, limit: number): Promise<Page> => {
          const query = new URLSearchParams({
            ownerId,
            resource: id,
            direction,
            startTime: from,
            endTime: to,
          });
          return (await call("GET", `/logs?${query.toString()}&limit=${limit}`)).json as Page;
        };
        const end = new Date(clock.now()).toISOString();
        const all = await read(start, end, 100);
        assert.equal(all.hasMore, false);
        const messages: string[] = [];
        let page: Page = { hasMore: true, nextStartTime: start, nextEndTime: end, logs: [] };
        while (page.hasMore) {
          page = await read(page.nextStartTime, page.nextEndTime, 5);
          const texts = page.logs.map(({ message }) => message);
          if (direction === "forward") messages.push(...texts);
          else messages.unshift(...texts);
        }
        assert.deepEqual(
          messages,
          all.logs.map(({ message }) => message),
        );
        assert.deepEqual(messages.slice(0, 2), [
          "==> Downloading cache...",
          "==> Cloning from https://github.com/harbor-labs/lighthouse",
        ]);
        assert.deepEqual(messages.slice(-5, -3), ["==> Your service is live 🎉", "==> "]);
        assert.ok(messages.some(message => message.includes("\u001b[32m")));
      });
    });
  }

  it("come as the deploy goes on, and stop where it was canceled", async () => {
    await withSimulator({}, async ({ add, call, clock, simulator }) => {
      const { id, ownerId } = add().service;
      const texts = async (more = ""): Promise<string[]> => {
        const { json } = await call("GET", `/logs?ownerId=${ownerId}&resource=${id}&limit=100${more}`);
        return (json as Page).logs.map(({ message }) => message);
      };
      await call("POST", `/services/${id}/deploys`, {});
      clock.advance(10_000);
      const early = await texts();
      assert.ok(early.length > 1 && early.length < 5, `${early.length} lines`);
      clock.advance(10_500);
      const later = await texts();
      assert.ok(later.length > early.length);
      await call("POST", `/services/${id}/deploys/${simulator.deploysOf(id)[0]?.id ?? ""}/cancel`);
      clock.advance(60_000);
      assert.deepEqual(await texts(), later);
      assert.deepEqual(await texts("&type=app"), []);
      assert.equal((await texts("&text=%2F%5E%3D%3D%3E%20Cl%2F")).length, 1);
      assert.equal((await texts("&text=cloning*harbor")).length, 1);
      assert.equal((await call("GET", `/logs?ownerId=tea-other&resource=${id}`)).status, 400);
      simulator.setQuirks({ logsNull: true });
      const { json } = await call("GET", `/logs?ownerId=${ownerId}&resource=${id}&type=request`);
      assert.equal((json as { logs: unknown }).logs, null);
    });
  });
});
