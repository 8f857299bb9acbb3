import assert from "node:assert/strict";
import nodeFetch from "node-fetch";
import { WebSocket, type ClientOptions } from "ws";
import type { SocketEnd } from "../../src/render/http/socket.js";
import type { LogEntry } from "../../src/render/logShapes.js";
import { RenderClient } from "../../src/render/client.js";
import { RenderHttp, type HttpParts } from "../../src/render/http/http.js";
import { knownDifferences } from "../simulator/knownDifferences.js";
import { Contract, loadContract } from "../simulator/openApi.js";
import {
  newService,
  noLimits,
  sampleRepository,
  startSimulator,
  type Simulator,
} from "../simulator/simulator.js";
import { RecordingLog } from "../support/builders.js";
import { FakeClock } from "../support/fakeClock.js";
import { figures } from "./figures.js";
import { closedContract, RequestContract, requestDifferences, type SentRequest } from "./requestContract.js";

type Fetch = Awaited<ReturnType<HttpParts["fetch"]>>;

const { serviceId } = sampleRepository.lighthouse;
const signal = new AbortController().signal;

async function all<T>(pages: AsyncGenerator<T[]>): Promise<T[]> {
  const items: T[] = [];
  for await (const page of pages) items.push(...page);
  return items;
}

/** For each method of the client, calls with everything that changes what is sent. A new method needs a row. */
const calls: Record<keyof RenderClient, (render: RenderClient, simulator: Simulator) => Promise<unknown>> = {
  getUser: render => render.getUser(signal),
  owners: render => all(render.owners(signal)),
  services: async (render, simulator) => {
    const ids = (await all(render.owners(signal))).map(({ id }) => id);
    // A second page, so that a cursor is sent.
    for (let i = 0; i < 100; i++)
      simulator.addService(
        newService({
          name: `buoy-${i}`,
          ownerId: ids[0] ?? "",
          repo: "https://github.com/harbor-labs/buoys",
        }),
      );
    await all(render.services({ includePreviews: true }, signal));
    for (const ownerIds of [[], ids.slice(0, 1), ids, [...ids, "tea-ü&=, /?#%'"]])
      await all(render.services({ includePreviews: false, ownerIds }, signal));
  },
  projects: render => all(render.projects(signal)),
  environments: async render => {
    const ids = (await all(render.projects(signal))).map(({ id }) => id);
    // More than go into one query.
    const many = Array.from({ length: 150 }, (_, i) => ids[i] ?? `prj-none-${i}`);
    for (const projectIds of [[], ids.slice(0, 1), ids, many])
      await all(render.environments(projectIds, signal));
  },
  getEnvironment: async render => {
    const projects = await all(render.projects(signal));
    for (const id of projects.flatMap(({ environmentIds }) => environmentIds))
      await render.getEnvironment(id, signal);
  },
  getService: render => render.getService(serviceId, signal),
  listDeploys: async render => {
    for (const limit of [-1, 0, 1, 2.5, 20, 100, 1000])
      await render.listDeploys(serviceId, { limit }, signal);
  },
  getDeploy: async (render, simulator) => {
    for (const { id } of simulator.deploysOf(serviceId)) await render.getDeploy(serviceId, id, signal);
  },
  triggerDeploy: async (render, simulator) => {
    const image = simulator.services.find(({ service }) => service.imagePath !== undefined)?.service;
    const imageUrl = image?.imagePath?.replace(/[:@].*/, ":2.0") ?? "";
    await render.triggerDeploy(serviceId, {}, signal);
    await render.triggerDeploy(serviceId, { clearCache: "clear" }, signal);
    await render.triggerDeploy(serviceId, { commitId: "a".repeat(40) }, signal);
    await render.triggerDeploy(serviceId, { commitId: "a".repeat(40), clearCache: "clear" }, signal);
    await render.triggerDeploy(serviceId, { deployMode: "deploy_only" }, signal);
    await render.triggerDeploy(image?.id ?? "", { imageUrl }, signal);
  },
  rollBack: async (render, simulator) => {
    const target = simulator.deploysOf(serviceId).find(({ status }) => status === "deactivated");
    await render.rollBack(serviceId, target?.id ?? "", signal);
  },
  suspendService: render => render.suspendService(serviceId, signal),
  resumeService: render => render.resumeService(serviceId, signal),
  restartService: render => render.restartService(serviceId, signal),
  instances: render => render.instances(serviceId, signal),
  events: async (render, simulator) => {
    simulator.push(serviceId, { id: "a".repeat(40), message: "Paint the door [skip render]" });
    const ignored = await all(
      render.events(
        serviceId,
        { types: ["commit_ignored", "deploy_ended"], from: 0, until: Date.now() + 1_000 },
        signal,
      ),
    );
    assert.deepEqual(
      ignored.flatMap(({ ignoredCommit }) => ignoredCommit ?? []),
      ["a".repeat(40)],
    );
  },
  logs: async (render, simulator) => {
    const { ownerId } = simulator.service(serviceId).service;
    const until = Date.now();
    // An hour of what a service says is more than one page.
    const pages: LogEntry[][] = [];
    for await (const page of render.logs({ ownerId, serviceId, from: until - 3_600_000, until }, signal))
      pages.push(page);
    assert.ok(pages.length > 1, `${pages.length} pages`);
    const ids = pages.flat().map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
  },
  logSocket: async (render, simulator) => {
    const { ownerId } = simulator.service(serviceId).service;
    const filter = {
      types: ["app", "build"],
      levels: ["error", "info"],
      instances: ["srv-1-a"],
      text: "/a|b/",
    };
    for (const wanted of [{}, { filter }]) {
      const end = new AbortController();
      await new Promise<void>((resolve, reject) => {
        const ended = ({ kind }: SocketEnd): void => {
          reject(new Error(kind));
        };
        const listener = { opened: resolve, message: () => undefined, pong: () => undefined, ended };
        const from = Date.now() - 60_000;
        render.logSocket({ ownerId, serviceId, from, ...wanted }, listener, end.signal).catch(reject);
      });
      end.abort();
    }
  },
  blueprints: render => all(render.blueprints(signal)),
  blueprint: async render => {
    for (const { id } of await all(render.blueprints(signal))) await render.blueprint(id, signal);
  },
  validateBlueprint: async (render, simulator) => {
    const { ownerId } = simulator.service(serviceId).service;
    await render.validateBlueprint(ownerId, "services: []\n", signal);
  },
  cancelDeploy: async (render, simulator) => {
    const { id } = simulator.deployElsewhere(serviceId);
    await render.cancelDeploy(serviceId, id, signal);
  },
};

describe("Render's own OpenAPI document and the client", function () {
  this.timeout(30_000);
  let contract: Contract;

  before(async () => {
    contract = await closedContract();
  });

  /** A client whose requests and replies are both held against the document. */
  async function checked(work: (render: RenderClient, simulator: Simulator) => Promise<unknown>) {
    const simulator = await startSimulator({ limits: noLimits, overlap: "override" });
    const requests = new RequestContract(contract, simulator.url);
    const faults: string[] = [];
    let sent = 0;
    const fetch: Fetch = async (url, init) => {
      const answer = await nodeFetch(url, init);
      const text = await answer.text();
      const body: unknown = text === "" ? undefined : JSON.parse(text);
      const template = requests.templateOf({ method: init.method, url }) ?? "";
      faults.push(...requests.faultsOf({ url, ...init }));
      faults.push(...contract.faultsOf(init.method, template, answer.status, body));
      figures.add("contract checks", 2);
      sent += 1;
      return { status: answer.status, headers: answer.headers, body: bytesOf(text) };
    };
    class CheckedSocket extends WebSocket {
      constructor(url: string, options: ClientOptions & { readonly headers: Record<string, string> }) {
        super(url, options);
        const { headers } = options;
        faults.push(...requests.faultsOf({ method: "GET", url: url.replace(/^ws/u, "http"), headers }));
        figures.add("contract checks");
        sent += 1;
      }
    }
    const http = new RenderHttp({
      fetch: () => Promise.resolve(fetch),
      webSocket: () => Promise.resolve(CheckedSocket),
      apiUrl: () => simulator.url,
      apiKey: () => Promise.resolve(simulator.key),
      clock: new FakeClock({ flowBelowMs: 12_000 }),
      random: () => 0.5,
      log: new RecordingLog(),
      userAgent: "render-deploy/0.1.0 test",
    });
    try {
      await work(new RenderClient(http), simulator);
    } finally {
      await simulator.close();
    }
    return { faults, sent };
  }

  it("knows every method of the client", () => {
    const methods = Object.getOwnPropertyNames(RenderClient.prototype).filter(name => name !== "constructor");
    assert.deepEqual(Object.keys(calls).sort(), methods.sort());
  });

  for (const [method, call] of Object.entries(calls))
    it(`allows what ${method} sends and what it is answered`, async () => {
      const { faults, sent } = await checked(call);
      assert.deepEqual(faults, []);
      assert.ok(sent > 0, "nothing was sent");
    });

  describe("finds", () => {
    const base = "https://api.render.com/v1";
    const headers = {
      Authorization: "Bearer rnd_1",
      Accept: "application/json",
      "User-Agent": "render-deploy/1.0.0",
    };
    const json = { ...headers, "Content-Type": "application/json" };
    const get = (path: string, change: Partial<SentRequest> = {}): SentRequest => {
      return { method: "GET", url: base + path, headers, ...change };
    };
    const post = (path: string, body?: string, sent: Record<string, string> = json): SentRequest => {
      return { method: "POST", url: base + path, headers: sent, ...(body !== undefined && { body }) };
    };
    const good: readonly SentRequest[] = [
      get("/users"),
      get("/services?ownerId=tea-1,tea-2&includePreviews=false&limit=100&cursor=a%3D"),
      get("/environments?projectId=prj-1"),
      get("/services/srv-1/deploys?status=live&status=canceled"),
      get("/services/srv%2F1"),
      get("/services/srv-1/events?type=deploy_ended,build_ended"),
      post("/services/srv-1/deploys", "{}"),
      post("/services/srv-1/deploys", '{"deployMode":"deploy_only"}'),
      post("/services/srv-1/deploys/dep-1/cancel", undefined, headers),
      post("/services/srv-1/rollback", '{"deployId":"dep-1"}'),
    ];
    const bad: Record<string, SentRequest> = {
      "another address": { method: "GET", url: "https://elsewhere.invalid/v1/users", headers },
      "a call there is not": get("/harbours"),
      "a method there is not": post("/users", "{}"),
      "an unknown parameter": get("/owners?harbour=1"),
      "a missing parameter": get("/environments"),
      "a list by repeated keys where commas are asked for": get("/services?ownerId=tea-1&ownerId=tea-2"),
      "a list by commas where repeated keys are asked for": get(
        "/services/srv-1/deploys?status=live,canceled",
      ),
      "one type of events that there is not, among several": get(
        "/services/srv-1/events?type=deploy_ended,harbour_opened",
      ),
      "a repeated value that is no list": get("/owners?limit=1&limit=2"),
      "a number out of range": get("/owners?limit=101"),
      "a number that is none": get("/owners?limit=many"),
      "a boolean that is none": get("/services?includePreviews=no"),
      "a value that is not encoded": get("/owners?cursor=a=b+c"),
      "a path that is not encoded": get("/services/srv 1"),
      "an empty segment": get("/services//deploys"),
      "a body that is missing": post("/services/srv-1/deploys"),
      "a body where none is declared": post("/services/srv-1/deploys/dep-1/cancel", "{}"),
      "a field there is not": post("/services/srv-1/deploys", '{"commit":"a"}'),
      "a value there is not": post("/services/srv-1/deploys", '{"clearCache":true}'),
      "fields that exclude each other": post(
        "/services/srv-1/deploys",
        '{"deployMode":"deploy_only","clearCache":"clear"}',
      ),
      "a missing field": post("/services/srv-1/rollback", "{}"),
      "no key": get("/users", {
        headers: { Accept: "application/json", "User-Agent": "render-deploy/1.0.0" },
      }),
      "another scheme": get("/users", { headers: { ...headers, Authorization: "Basic rnd_1" } }),
      "another type of answer": get("/users", { headers: { ...headers, Accept: "text/html" } }),
      "a body without its type": post("/services/srv-1/deploys", "{}", headers),
      "a header nobody asks for": get("/users", { headers: { ...headers, Cookie: "a=b" } }),
    };
    for (const [name, request] of Object.entries(bad))
      it(name, () => {
        assert.notDeepEqual(new RequestContract(contract, base).faultsOf(request), []);
      });

    it("nothing in good requests", () => {
      const requests = new RequestContract(contract, base);
      assert.deepEqual(
        good.flatMap(request => requests.faultsOf(request)),
        [],
      );
    });

    for (const difference of requestDifferences)
      it(`nothing that is said in words only, unless it is named: ${difference.name}`, async () => {
        const others = requestDifferences.filter(other => other !== difference);
        const without = new Contract(await loadContract(), [...knownDifferences, ...others], true);
        const found = Object.values(bad).filter(
          request => new RequestContract(without, base).faultsOf(request).length === 0,
        );
        assert.equal(found.length, 1);
      });
  });
});

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}
