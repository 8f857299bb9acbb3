/** How soon a new status of a followed deploy is shown, and what that costs: over the simulator's log socket, in real time. */
import fetch from "node-fetch";
import { WebSocket } from "ws";
import { LogWatches } from "../../src/features/deployLog/logWatches.js";
import { DeployTracker } from "../../src/features/following/tracker.js";
import { isOver, type FollowedDeploy } from "../../src/features/following/followedDeploy.js";
import { RenderClient } from "../../src/render/client.js";
import { RenderHttp } from "../../src/render/http/http.js";
import { systemClock as clock } from "../../src/window/clock.js";
import { emptyData, newService, startSimulator, type Simulator } from "../simulator/simulator.js";
import { anOrder, aService, RecordingLog } from "../support/builders.js";
import { MemoryLedger } from "../support/memoryLedger.js";
import { medianOf, msText, type Row, type Section } from "./table.js";

/** Deploys that are followed side by side, each with a log of its own. */
const deploys = 8;

/** How long their steps take, in milliseconds; a little longer from one to the next, so that they do not go in step. */
const build = 9_000;
const update = 6_000;

/** How long a status may be unseen in the middle case, in milliseconds, and how often a deploy may be looked at. */
const longestUnseen = 1_000;
const mostLooks = 20;

interface Run {
  /** How long each status was not shown, in milliseconds. */
  readonly unseen: readonly number[];
  /** The most looks at one deploy within any minute. */
  readonly looks: number;
}

export async function statusShown(): Promise<Section> {
  const [withSocket, without] = [await run(true), await run(false)];
  const median = medianOf(withSocket.unseen);
  const rows: Row[] = [
    {
      name: "A new status is shown after, with the log's socket (median)",
      figure: msText(median),
      baseline: `${msText(medianOf(without.unseen))} (without one)`,
      ratio: median / medianOf(without.unseen),
      goal: `< ${msText(longestUnseen)}`,
      isMet: median < longestUnseen,
    },
    {
      name: "Looks at one deploy in a minute, with the log's socket",
      figure: String(withSocket.looks),
      baseline: `${without.looks} (without one)`,
      ratio: withSocket.looks / without.looks,
      goal: `≤ ${mostLooks}`,
      isMet: withSocket.looks <= mostLooks,
    },
  ];
  return { title: `${deploys} followed deploys, in real time`, rows };
}

async function run(hasSocket: boolean): Promise<Run> {
  const data = emptyData();
  const ownerId = data.workspaces[0]?.owner.id ?? "";
  const services = Array.from({ length: deploys }, (_, i) => newService({ name: `service-${i}`, ownerId }));
  const simulator = await startSimulator({ data: { ...data, services }, speed: 1 });
  const http = new RenderHttp({
    fetch: () => Promise.resolve(fetch),
    ...(hasSocket && { webSocket: () => Promise.resolve(WebSocket) }),
    apiUrl: () => simulator.url,
    apiKey: () => Promise.resolve(simulator.key),
    clock,
    random: Math.random,
    log: new RecordingLog(),
    userAgent: "bench",
  });
  const closing = new AbortController();
  try {
    const shown = await follow(
      simulator,
      new RenderClient(http),
      new RenderClient(http, { background: true }),
      {
        closing: closing.signal,
        renderNow: () => http.renderNow ?? clock.now(),
        hasSocket,
      },
    );
    return { unseen: unseenOf(simulator, shown), looks: mostLooksOf(simulator) };
  } finally {
    closing.abort();
    http.dispose();
    await simulator.close();
  }
}

/** Follows one deploy of each service to its end; gives when each status was told, by the service's id and the status. */
async function follow(
  simulator: Simulator,
  render: RenderClient,
  watch: RenderClient,
  { closing, renderNow, hasSocket }: { closing: AbortSignal; renderNow: () => number; hasSocket: boolean },
): Promise<Map<string, number>> {
  const shown = new Map<string, number>();
  const view = { append: () => undefined, replace: () => undefined };
  const watches = new LogWatches({ render, watch, clock, renderNow, closing, viewOf: () => view });
  let made = 0;
  const tracker = new DeployTracker({
    render,
    watch,
    clock,
    ledger: new MemoryLedger(),
    renderNow,
    newKey: () => `deploy-${++made}`,
    listen: (serviceId, deploy, signs, signal) => {
      const record = simulator.service(serviceId);
      const service = aService({ id: serviceId, ownerId: record.service.ownerId });
      if (hasSocket) void watches.watch(service, deploy, signs, signal);
    },
    why: () => Promise.resolve(undefined),
  });
  const over = new Promise<void>(resolve => {
    let left = deploys;
    const deployChanged = (now: FollowedDeploy): void => {
      const status = "deploy" in now.stage ? now.stage.deploy.status : "";
      const name = `${now.order.service.id} ${status}`;
      if (!shown.has(name)) shown.set(name, clock.now());
      if (!isOver(now)) return;
      left -= 1;
      if (left === 0) resolve();
    };
    tracker.tell({ deployChanged });
  });
  for (const [index, { service }] of simulator.services.entries()) {
    const { id, name, type, dashboardUrl } = service;
    const phases = {
      build: build + index * 370,
      pre_deploy: update + index * 290,
      update: update + index * 230,
    };
    simulator.nextDeploy(id, { plays: "liveNode", phases });
    void tracker.start(anOrder({ service: { id, name, type, dashboardUrl }, body: {} }));
  }
  await over;
  tracker.dispose();
  return shown;
}

/** Of each status but the first, which the answer to the trigger tells. */
function unseenOf(simulator: Simulator, shown: ReadonlyMap<string, number>): number[] {
  return simulator.services.flatMap(({ service, deploys: [deploy] }) => {
    const phases = deploy?.phases ?? [];
    return phases.map(({ endedAt }, index) => {
      const next = phases[index + 1];
      const name = `${service.id} ${next ? `${next.kind}_in_progress` : "live"}`;
      const told = shown.get(name);
      if (told === undefined || endedAt === undefined) throw new Error(`${name} was never shown.`);
      return told - endedAt;
    });
  });
}

function mostLooksOf(simulator: Simulator): number {
  const looks = new Map<string, number[]>();
  for (const { method, path, at } of simulator.requests) {
    const [, deployId] = /\/deploys\/(dep-[^/]+)$/u.exec(path) ?? [];
    if (method === "GET" && deployId !== undefined) looks.set(deployId, [...(looks.get(deployId) ?? []), at]);
  }
  const within = [...looks.values()].flatMap(all =>
    all.map(from => all.filter(at => at >= from && at < from + 60_000).length),
  );
  return Math.max(...within);
}
