import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { fileURLToPath } from "node:url";
import { rawCall } from "./rawCall";
import { sampleData, sampleRepository, startSimulator } from "./simulator";
import { withSimulator } from "./withSimulator";

/** What would keep the process alive. */
const handles = (): string[] =>
  process
    .getActiveResourcesInfo()
    .filter(name => name === "Timeout" || name.startsWith("TCP"))
    .sort();

describe("simulator: its life", () => {
  it("leaves no handle behind when it closes, whatever is under way", async () => {
    // Mocha sets its own timer only when the test has given way once.
    await new Promise(setImmediate);
    const before = handles();
    const simulator = await startSimulator();
    const { port } = new URL(simulator.url);
    const idle = connect(Number(port), "127.0.0.1");
    await once(idle, "connect");
    simulator.fail({ path: /users/, with: { kind: "hang" } });
    simulator.fail({ path: /owners/, with: { kind: "delay", ms: 60_000 } });
    const calls = ["/users", "/owners"].map(path =>
      rawCall({ url: simulator.url + path, key: simulator.key }),
    );
    simulator.deployElsewhere(sampleRepository.lighthouse.serviceId);
    while (simulator.requests.length < 2) await new Promise(setImmediate);
    const closed = once(idle, "close");
    await simulator.close();
    for (const { error } of await Promise.all(calls)) assert.equal(error, "ECONNRESET");
    await closed;
    await simulator.close();
    const refused = await rawCall({ url: `${simulator.url}/users`, key: simulator.key });
    assert.equal(refused.error, "ECONNREFUSED");
    // This side of a connection is given back some turns of the event loop after it was closed.
    for (let turn = 0; turn < 1000 && handles().length > before.length; turn++)
      await new Promise(setImmediate);
    assert.deepEqual(handles(), before);
  });

  it("goes back to the beginning", async () => {
    await withSimulator({ speed: 2 }, async ({ simulator, add, call, clock }) => {
      const { id } = add().service;
      await call("POST", `/services/${id}/deploys`, {});
      simulator.setQuirks({ emptyErrorBody: true });
      simulator.setLimits({ reads: 1 });
      simulator.setSpeed(50);
      simulator.fail({ times: Infinity, with: { kind: "html" } });
      simulator.reset();
      assert.equal(clock.pending, 0);
      assert.equal(simulator.requests.length, 0);
      assert.equal(simulator.services.length, 0);
      const { headers, json } = await call("GET", "/services/none");
      assert.equal(headers["ratelimit-remaining"], "399");
      assert.deepEqual(json, { message: "not found: none" });
      const again = add().service.id;
      await call("POST", `/services/${again}/deploys`, {});
      clock.advance(20_000);
      assert.equal(simulator.deploysOf(again)[0]?.status, "update_in_progress");
    });
  });

  it("does not change the data it was given", async () => {
    const data = sampleData(Date.UTC(2026, 5, 12));
    const copy = structuredClone(data);
    const { serviceId } = sampleRepository.lighthouse;
    await withSimulator({ data }, async ({ simulator, call, clock }) => {
      await call("POST", `/services/${serviceId}/deploys`, {});
      await call("POST", `/services/${serviceId}/suspend`);
      await call("PATCH", `/services/${serviceId}`, { branch: "develop" });
      clock.advance(60_000);
      assert.equal(simulator.deploysOf(serviceId).length, 21);
    });
    assert.deepEqual(data, copy);
  });

  it("gives no id twice, after a reset neither", async () => {
    await withSimulator({}, async ({ simulator, add, call }) => {
      const ids: unknown[] = [];
      for (let round = 0; round < 2; round++) {
        const { id } = add().service;
        ids.push(((await call("POST", `/services/${id}/deploys`, {})).json as { id: string }).id);
        simulator.reset();
      }
      assert.notEqual(ids[0], ids[1]);
    });
  });

  it("answers what was removed, foreign or never there as the quirks say", async () => {
    await withSimulator({ quirks: { removedService: 410, foreignService: 403 } }, async bench => {
      const removed = bench.add().service.id;
      const foreign = bench.add({ name: "foreign", ownerId: "tea-other" }).service.id;
      bench.simulator.removeService(removed);
      const statuses = [removed, foreign, "srv-none"].map(
        async id => (await bench.call("GET", `/services/${id}`)).status,
      );
      assert.deepEqual(await Promise.all(statuses), [410, 403, 404]);
      assert.equal((await bench.call("GET", "/harbours")).status, 404);
    });
  });

  it("refuses an Accept it cannot meet, and takes any other", async () => {
    await withSimulator({}, async ({ simulator }) => {
      const status = async (accept: string): Promise<number> => {
        const url = `${simulator.url}/services`;
        return (await rawCall({ url, key: simulator.key, headers: { accept } })).status;
      };
      assert.deepEqual(
        await Promise.all(
          ["text/html", "text/html, application/json;q=0.5", "application/*", "*/*"].map(status),
        ),
        [406, 200, 200, 200],
      );
    });
  });

  it("runs by itself, prints its address and its key, and stops when told to", async function () {
    this.timeout(20_000);
    const main = fileURLToPath(new URL("main.js", import.meta.url));
    const child = spawn(process.execPath, [main, "--port", "0", "--speed", "50"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    try {
      const text = await firstOutput(child, /Stop it/);
      const [url = ""] = /http:\S+/.exec(text) ?? [];
      const [key = ""] = /rnd_\w{28}\b/.exec(text) ?? [];
      assert.equal((await rawCall({ url: `${url}/users`, key })).status, 200);
      const exit = once(child, "exit");
      child.kill("SIGTERM");
      assert.deepEqual(await exit, [0, null]);
    } finally {
      child.kill("SIGKILL");
    }
  });
});

async function firstOutput(child: ChildProcess, end: RegExp): Promise<string> {
  let text = "";
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk);
    if (end.test(text)) break;
  }
  return text;
}
