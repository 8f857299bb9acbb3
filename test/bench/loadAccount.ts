/**
 * Loads an account again and again, each time next to a bare client that reads the same pages, and tells what that took.
 * In a process of its own, so that nothing else lies on its heap (`--expose-gc`).
 *
 * Arguments: the address of a Render, a key, and how many rounds.
 */
import { Agent, get } from "node:http";
import { setImmediate as turn } from "node:timers/promises";
import { RenderClient } from "../../src/render/client.js";
import { RenderHttp } from "../../src/render/http/http.js";
import { ServiceDirectory, type Listing } from "../../src/services/directory.js";
import { matchServices, type OpenThings } from "../../src/matching/match.js";
import { placeOf } from "../../src/services/place.js";
import { serviceRow } from "../../src/features/servicesView/rowTexts.js";
import {
  areSame,
  servicesBelow,
  serviceTree,
  type TreeNode,
} from "../../src/features/servicesView/serviceTree.js";
import { Slices } from "../../src/features/servicesView/slices.js";
import { systemClock as clock } from "../../src/window/clock.js";
import { aRepository } from "../support/builders.js";
import { leastTime } from "./leastTime.js";
import type { Loading, Result } from "./largeAccount.js";

const [url = "", key = "", rounds = "1"] = process.argv.slice(2);

const repositories = Array.from({ length: 10 }, (_, index) =>
  aRepository({
    root: `file:///home/ada/harbor-${index}`,
    remotes: [
      `git@github.com:harbor-labs/harbor-${index}.git`,
      `git@github-work:harbor-labs/harbor-${index}.git`,
    ],
  }),
);
const here = "file:///home/ada/harbor-3/services/43/src/ports.ts";
const open: OpenThings = { git: { ok: true, repositories }, here, links: [], blueprints: [] };

/** What a window does with each change of the account. */
class Window {
  nodes: readonly TreeNode[] = [];
  matching: ReadonlySet<string> = new Set();
  rows: string[] = [];
  readonly #slices = new Slices(
    () => performance.now(),
    later => setImmediate(later),
  );

  draw(account: Listing): void {
    this.matching = new Set(matchServices(account.services, open).map(({ service }) => service.id));
    const nodes = serviceTree(account, "", this.matching);
    if (areSame(nodes, this.nodes)) return;
    this.nodes = nodes;
    this.rows = [];
    // VS Code asks for the rows later.
    setImmediate(() => {
      this.#drawRows(nodes, account);
    });
  }

  #drawRows(nodes: readonly TreeNode[], account: Listing): void {
    const { rows } = this;
    for (const service of nodes.flatMap(servicesBelow))
      void this.#slices.run(() => {
        // It gives up what it was drawing when the rows change.
        if (this.nodes !== nodes) return;
        const { label, description } = serviceRow(service, placeOf(service, account), undefined, 0);
        rows.push(JSON.stringify([label, description]));
      });
  }
}

/** The longest time without a turn of the event loop, in milliseconds; what other programs took of it does not count. */
class Blocks {
  longest = 0;
  #last = { at: performance.now(), cpu: process.cpuUsage() };
  readonly #timer = setInterval(() => {
    const { user, system } = process.cpuUsage(this.#last.cpu);
    this.longest = Math.max(
      this.longest,
      Math.min(performance.now() - this.#last.at, (user + system) / 1_000),
    );
    this.#last = { at: performance.now(), cpu: process.cpuUsage() };
  }, 5);

  end(): number {
    clearInterval(this.#timer);
    return this.longest;
  }
}

const agent = new Agent({ keepAlive: true });

/** One page as a client reads it that does nothing else. */
function bare(path: string): Promise<{ readonly cursor?: string }[]> {
  return new Promise((resolve, reject) => {
    get(url + path, { agent, headers: { authorization: `Bearer ${key}` } }, reply => {
      const chunks: Buffer[] = [];
      reply.on("data", (chunk: Buffer) => chunks.push(chunk));
      reply.on("error", reject);
      reply.on("end", () => {
        resolve(JSON.parse(Buffer.concat(chunks).toString()) as { readonly cursor?: string }[]);
      });
    }).on("error", reject);
  });
}

async function readPages(): Promise<number> {
  const began = performance.now();
  let after = "";
  for (;;) {
    const page = await bare(`/services?includePreviews=true&limit=100${after}`);
    const cursor = page.at(-1)?.cursor;
    if (page.length < 100 || cursor === undefined) return performance.now() - began;
    after = `&cursor=${encodeURIComponent(cursor)}`;
  }
}

const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

function connect(): { readonly http: RenderHttp; readonly served: () => number } {
  let services = 0;
  const fetch = async (): ReturnType<ConstructorParameters<typeof RenderHttp>[0]["fetch"]> => {
    const { default: real } = await import("node-fetch");
    return (address, init) => {
      if (address.includes("/services?")) services += 1;
      return real(address, init);
    };
  };
  const parts = { fetch, apiUrl: () => url, apiKey: () => Promise.resolve(key), clock, log: silent };
  return {
    http: new RenderHttp({ ...parts, random: Math.random, userAgent: "bench" }),
    served: () => services,
  };
}

async function load(): Promise<{ readonly loading: Loading; readonly kept: readonly unknown[] }> {
  const window = new Window();
  const { http, served } = connect();
  const render = new RenderClient(http);
  let firstRows: number | undefined;
  let changes = 0;
  const directory: ServiceDirectory = new ServiceDirectory(render, render, clock, () => {
    window.draw(directory.listing);
    changes += 1;
    if (window.nodes.length > 0) firstRows ??= served();
  });
  const blocks = new Blocks();
  const before = process.cpuUsage();
  const began = performance.now();
  await directory.load(true);
  const took = performance.now() - began;
  while (window.rows.length < directory.listing.services.length) await turn();
  const { user, system } = process.cpuUsage(before);
  const block = blocks.end();
  if (directory.listing.state !== "ready") throw directory.listing.error;
  http.dispose();
  const { listing: account } = directory;
  let key = 0;
  const filter = leastTime(() =>
    areSame(serviceTree(account, ["h", "ha", "har"][key++ % 3] ?? "", window.matching), window.nodes),
  );
  const cpu = (user + system) / 1_000;
  const services = account.services.length;
  return {
    loading: { services, took, cpu, block, filter, changes, pagesToFirstRows: firstRows ?? 0 },
    kept: [directory, window],
  };
}

/** What lies on the heap once nothing is left that could go, in bytes. */
async function heap(): Promise<number> {
  for (let turns = 0; turns < 5; turns++) await turn();
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

/** A function of its own, so that nothing of one round is left when the next one begins. */
async function measured(): Promise<Result> {
  const pages = await readPages();
  const before = await heap();
  const { loading, kept } = await load();
  const bytes = (await heap()) - before;
  if (kept.length === 0) throw new Error("Nothing was kept.");
  return { ...loading, pages, bytes };
}

const results: Result[] = [];
// The first round compiles, and fills what is kept for good.
await measured();
for (let round = 0; round < Number(rounds); round++) results.push(await measured());
agent.destroy();
process.send?.(results);
process.disconnect();
