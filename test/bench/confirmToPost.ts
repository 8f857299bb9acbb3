/** From the confirmed order to the POST that arrives: the tracker, Render's client and node-fetch over a real socket. */
import { once } from "node:events";
import { createServer, request, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import fetch from "node-fetch";
import { DeployTracker, type TrackerParts } from "../../src/features/following/tracker.js";
import { RenderClient } from "../../src/render/client.js";
import { RenderHttp } from "../../src/render/http/http.js";
import { systemClock as clock } from "../../src/window/clock.js";
import { anOrder, aService, RecordingLog } from "../support/builders.js";
import { MemoryLedger } from "../support/memoryLedger.js";
import { medianOf, msText, type Row, type Section } from "./table.js";

/** How often each way is measured, and how often before that, so that all is compiled. */
const rounds = 200;
const before = 50;

/** Times as long as a bare POST. */
const atMost = 10;

export async function confirmToPost(): Promise<Section> {
  let arrived: (at: number) => void = () => undefined;
  const server = createServer((incoming, reply) => {
    const isPost = incoming.method === "POST";
    if (isPost) arrived(performance.now());
    incoming.resume();
    reply.writeHead(isPost ? 201 : 200, { "content-type": "application/json" });
    const deploy = { id: "dep-1", status: "live", trigger: "api", createdAt: new Date().toISOString() };
    reply.end(JSON.stringify(isPost ? deploy : []));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const nextPost = (): Promise<number> =>
    new Promise(resolve => {
      arrived = resolve;
    });

  const bare = async (): Promise<number> => {
    const post = nextPost();
    const began = performance.now();
    const outgoing = request(`${url}/v1/services/srv-1/deploys`, { method: "POST", agent: false });
    outgoing.setHeader("content-type", "application/json").end(JSON.stringify(anOrder().body));
    const took = (await post) - began;
    const [reply] = (await once(outgoing, "response")) as [IncomingMessage];
    await once(reply.resume(), "end");
    return took;
  };

  const http = new RenderHttp({
    fetch: () => Promise.resolve(fetch),
    apiUrl: () => `${url}/v1`,
    apiKey: () => Promise.resolve("rnd_bench"),
    clock,
    random: Math.random,
    log: new RecordingLog(),
    userAgent: "bench",
  });
  const client = new RenderClient(http);
  let made = 0;
  const through = (render: TrackerParts["render"]) => async (): Promise<number> => {
    made += 1;
    const tracker = new DeployTracker({
      render,
      watch: client,
      clock,
      ledger: new MemoryLedger(),
      renderNow: () => http.renderNow,
      newKey: () => `deploy-${made}`,
      listen: () => undefined,
      why: () => Promise.resolve(undefined),
    });
    const post = nextPost();
    const began = performance.now();
    const started = tracker.start(anOrder({ service: aService({ id: `srv-${made}` }) }));
    const took = (await post) - began;
    await started;
    tracker.dispose();
    return took;
  };
  const withoutList: TrackerParts["render"] = {
    listDeploys: () => Promise.resolve([]),
    getDeploy: (...of) => client.getDeploy(...of),
    triggerDeploy: (...of) => client.triggerDeploy(...of),
    rollBack: (...of) => client.rollBack(...of),
    cancelDeploy: (...of) => client.cancelDeploy(...of),
  };

  const ways = [bare, through(client), through(withoutList)] as const;
  const times = ways.map((): number[] => []);
  try {
    // In turns, so that whatever else the machine does falls on all alike.
    for (let round = -before; round < rounds; round++)
      for (const [index, way] of ways.entries()) {
        const took = await way();
        if (round >= 0) times[index]?.push(took);
      }
  } finally {
    http.dispose();
    server.close();
    server.closeAllConnections();
  }
  const [base = NaN, whole = NaN, alone = NaN] = times.map(medianOf);
  const row = (name: string, took: number): Row => ({
    name,
    figure: msText(took),
    baseline: `${msText(base)} (a bare \`node:http\` POST)`,
    ratio: took / base,
    goal: `≤ ${atMost} ×`,
    isMet: took / base <= atMost,
  });
  return {
    title: `From Deploy to the POST that arrives (medians of ${rounds})`,
    rows: [
      row("With the list of deploys that is read before, so that none is begun twice", whole),
      row("The POST alone", alone),
    ],
  };
}
