import assert from "node:assert/strict";
import {
  expectedCalls,
  expectedEvents,
  expectedStatuses,
  expectedTriggers,
  unknowns,
} from "./contractExpectations";
import type { Contract } from "./openApi";
import { openLogSocket } from "./openLogSocket";
import { rawCall } from "./rawCall";
import {
  type ManualClock,
  noLimits,
  sampleRepository,
  type ServiceRecord,
  type Simulator,
} from "./simulator";

const minute = 60_000;

/** Calls everything the simulator offers, in every state, and holds each reply against Render's document. */
export class ContractTour {
  readonly faults: string[] = [];
  readonly #seen = new Set<string>();
  readonly #statuses = new Set<string>();
  readonly #triggers = new Set<string>();
  readonly #events = new Set<string>();

  constructor(
    private readonly simulator: Simulator,
    private readonly clock: ManualClock,
    private readonly contract: Contract,
  ) {}

  async everything(): Promise<void> {
    for (const record of this.simulator.services) await this.deployOnce(record);
    await this.failures();
    await this.sockets();
    await this.overlaps();
    await this.changes();
    await this.refusals();
    await this.reads();
  }

  /** Fails when a call, a status of a deploy, a trigger or an event was never met. */
  assertComplete(): void {
    for (const call of expectedCalls) assert.ok(this.#seen.has(call), `never seen: ${call}`);
    assert.deepEqual([...this.#statuses].sort(), expectedStatuses);
    assert.deepEqual([...this.#triggers].sort(), expectedTriggers);
    assert.deepEqual([...this.#events].sort(), expectedEvents);
  }

  /** Every GET there is, for every object there is. */
  async reads(): Promise<void> {
    await this.#call("GET", "/users");
    for (const id of await this.#ids("/owners", "owner"))
      await this.#call("GET", "/owners/{ownerId}", { id });
    for (const id of await this.#ids("/blueprints", "blueprint")) {
      await this.#call("GET", "/blueprints/{blueprintId}", { id });
    }
    await this.#ids("/services", "service");
    for (const id of await this.#ids("/projects", "project")) {
      await this.#call("GET", "/projects/{projectId}", { id });
      for (const environment of await this.#ids("/environments", "environment", `&projectId=${id}`)) {
        await this.#call("GET", "/environments/{environmentId}", { id: environment });
      }
    }
    for (const { service, deploys } of this.simulator.services) {
      await this.#readService(service.id, service.ownerId, deploys[0]?.id);
    }
  }

  /** The ids in a list. */
  async #ids(list: string, name: string, more = ""): Promise<string[]> {
    const items = await this.#call("GET", list, { query: `?limit=100${more}` });
    return (items as Record<string, { id: string }>[]).flatMap(item => item[name]?.id ?? []);
  }

  async #readService(id: string, ownerId: string, newest: string | undefined): Promise<void> {
    await this.#call("GET", "/services/{serviceId}", { id });
    await this.#readDeploys(id);
    await this.#call("GET", "/services/{serviceId}/instances", { id });
    if (newest !== undefined)
      await this.#call("GET", "/services/{serviceId}/deploys/{deployId}", { id, deployId: newest });
    const query = "?limit=100&startTime=2000-01-01T00:00:00Z";
    const events = await this.#call("GET", "/services/{serviceId}/events", { id, query });
    for (const { event } of events as { event: { id: string; type: string } }[]) this.#events.add(event.type);
    const first = (events as { event: { id: string } }[])[0]?.event.id;
    if (first !== undefined) await this.#call("GET", "/events/{eventId}", { id: first });
    for (const direction of ["forward", "backward"]) {
      await this.#call("GET", "/logs", {
        query: `?ownerId=${ownerId}&resource=${id}&direction=${direction}&limit=50`,
      });
    }
  }

  async #readDeploys(id: string): Promise<void> {
    const deploys = await this.#call("GET", "/services/{serviceId}/deploys", { id, query: "?limit=100" });
    for (const { deploy } of deploys as { deploy: { status?: string; trigger?: string } }[]) {
      if (deploy.status !== undefined) this.#statuses.add(deploy.status);
      if (deploy.trigger !== undefined) this.#triggers.add(deploy.trigger);
    }
  }

  /** A deploy, looked at after each second of its way. */
  async deployOnce({ service }: ServiceRecord): Promise<void> {
    const { id } = service;
    await this.#call("POST", "/services/{serviceId}/deploys", { id, body: {} });
    for (let step = 0; step < 7; step++) {
      await this.#readDeploys(id);
      this.clock.advance(10_000);
    }
    this.clock.advance(minute);
  }

  async failures(): Promise<void> {
    const id = sampleRepository.lighthouse.serviceId;
    const api = sampleRepository.serviceIds[0] ?? "";
    const image =
      this.simulator.services.find(({ service }) => service.name === "status-page")?.service.id ?? "";
    this.simulator.nextDeploy(id, { fails: "build" });
    this.simulator.nextDeploy(id, {
      fails: "update",
      failure: { evicted: false, oomKilled: { memoryLimit: "512Mi" } },
    });
    this.simulator.nextDeploy(id, { plays: "buildMinutesUsedUp" });
    this.simulator.nextDeploy(api, { fails: "pre_deploy" });
    this.simulator.nextDeploy(image, { fails: "image_pull" });
    for (const serviceId of [id, id, id, api, image]) {
      await this.#call("POST", "/services/{serviceId}/deploys", { id: serviceId, body: {} });
      this.clock.advance(2 * minute);
    }
    const [target] = this.simulator.deploysOf(id).filter(({ status }) => status === "deactivated");
    await this.#call("POST", "/services/{serviceId}/rollback", { id, body: { deployId: target?.id } });
    this.clock.advance(2 * minute);
    this.simulator.push(id, { id: "b".repeat(40), message: "Paint the tower [skip render]" });
    this.simulator.push(id, { id: "c".repeat(40), message: "Paint the door" });
    this.clock.advance(2 * minute);
  }

  /** The lines of a deploy as a socket sends them. */
  async sockets(): Promise<void> {
    const record = this.simulator.service(sampleRepository.lighthouse.serviceId);
    const socket = await openLogSocket(this.simulator, record);
    for (const plays of ["livePython", "startTraceback"] as const) {
      this.simulator.nextDeploy(record.service.id, { plays });
      this.simulator.deployElsewhere(record.service.id);
      this.clock.advance(2 * minute);
    }
    await socket.settled();
    for (const line of socket.lines()) {
      this.#seen.add("GET /logs/subscribe 101");
      this.faults.push(...this.contract.faultsOf("GET", "/logs/subscribe", 101, line));
    }
    socket.client.terminate();
    await this.#call("GET", "/logs/subscribe");
  }

  async overlaps(): Promise<void> {
    const id = sampleRepository.lighthouse.serviceId;
    const path = "/services/{serviceId}/deploys";
    for (const overlap of ["wait", "override"] as const) {
      this.simulator.setOverlap(overlap);
      for (let index = 0; index < 3; index++) {
        await this.#call("POST", path, { id, body: { clearCache: "clear" } });
        await this.#readDeploys(id);
      }
      const [newest] = this.simulator.deploysOf(id);
      await this.#call("POST", `${path}/{deployId}/cancel`, { id, deployId: newest?.id });
      this.clock.advance(5_000);
      const running = this.simulator.deploysOf(id).find(({ status }) => status.endsWith("_in_progress"));
      await this.#call("POST", `${path}/{deployId}/cancel`, { id, deployId: running?.id ?? "dep-none" });
      await this.#call("POST", `${path}/{deployId}/cancel`, { id, deployId: running?.id ?? "dep-none" });
      this.clock.advance(5 * minute);
      await this.#readDeploys(id);
    }
  }

  async changes(): Promise<void> {
    const id = sampleRepository.lighthouse.serviceId;
    for (const body of [
      { autoDeploy: "no" },
      { autoDeployTrigger: "checksPass" },
      { branch: "develop" },
      { autoDeploy: "maybe" },
    ]) {
      await this.#call("PATCH", "/services/{serviceId}", { id, body });
    }
    for (const action of ["suspend", "resume", "restart"]) {
      await this.#call("POST", `/services/{serviceId}/${action}`, { id });
      await this.#call("GET", "/services/{serviceId}", { id });
    }
    this.clock.advance(2 * minute);
    const files = {
      "render.yaml": "services:\n  - type: web\n    name: api\n",
      "broken.yaml": "harbour:\n\t- type: boat\n",
      "wrong.yaml": "harbour: []\nservices:\n  - type: boat\n",
    };
    for (const [name, file] of Object.entries(files)) {
      const form = [
        '--x\r\nContent-Disposition: form-data; name="ownerId"\r\n\r\ntea-1\r\n',
        `--x\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n\r\n${file}\r\n--x--\r\n`,
      ].join("");
      const headers = { "content-type": "multipart/form-data; boundary=x" };
      await this.#call("POST", "/blueprints/validate", { body: form, headers });
    }
    await this.#call("POST", "/blueprints/validate", { body: "{}" });
  }

  /** What is answered with an error. */
  async refusals(): Promise<void> {
    const id = sampleRepository.lighthouse.serviceId;
    const named = (name: string): string =>
      this.simulator.services.find(({ service }) => service.name === name)?.service.id ?? "";
    const image = named("status-page");
    const bodies: [string, unknown][] = [
      [id, { commitId: "not a commit" }],
      [id, { commitId: "d".repeat(40) }],
      [id, { commitId: 12 }],
      [id, { imageUrl: "docker.io/library/nginx:1.27" }],
      [id, { deployMode: "deploy_only" }],
      [id, { deployMode: "deploy_only", clearCache: "clear" }],
      [id, { artifactId: "art-1" }],
      [id, "no json"],
      [id, undefined],
      [image, { imageUrl: "docker.io/library/nginx:1.27" }],
      [image, { imageUrl: "docker.io/library/caddy:2" }],
      [image, { commitId: "d".repeat(40) }],
      [named("harbor-nightly"), { commitId: "d".repeat(40) }],
      [named("thumbs"), {}],
      [named("empty-quay"), { deployMode: "deploy_only" }],
      ["srv-unknown", {}],
    ];
    for (const [serviceId, body] of bodies) {
      await this.#call("POST", "/services/{serviceId}/deploys", { id: serviceId, body });
      this.clock.advance(3 * minute);
    }
    await this.#call("POST", "/services/{serviceId}/rollback", { id, body: { deployId: "dep-unknown" } });
    await this.#call("POST", "/services/{serviceId}/rollback", {
      id: "srv-unknown",
      body: { deployId: "dep-1" },
    });
    await this.#call("POST", "/services/{serviceId}/resume", { id: named("old-ferry") });
    await this.#call("POST", "/services/{serviceId}/restart", { id: named("harbor-nightly") });
    for (const list of ["/owners", "/services", "/blueprints", "/projects"]) {
      await this.#call("GET", list, { query: "?limit=500" });
      await this.#call("GET", list, { query: "?cursor=nothing" });
    }
    await this.#call("GET", "/environments");
    await this.#call("GET", "/logs");
    await this.#call("GET", "/services", { key: "rnd_wrong" });
    await this.#call("GET", "/services", { headers: { accept: "text/html" } });
    for (const [template, unknown] of Object.entries(unknowns))
      await this.#call("GET", template, { id: unknown });
    this.simulator.setLimits({ reads: 0 });
    await this.#call("GET", "/users");
    this.simulator.setLimits(noLimits);
  }

  async #call(
    method: string,
    template: string,
    call: {
      id?: string | undefined;
      deployId?: string | undefined;
      query?: string;
      body?: unknown;
      key?: string;
      headers?: Record<string, string>;
    } = {},
  ): Promise<unknown> {
    const path = template.replace("{deployId}", call.deployId ?? "").replace(/\{\w+\}/, call.id ?? "");
    const { status, body } = await rawCall({
      url: `${this.simulator.url}${path}${call.query ?? ""}`,
      key: call.key ?? this.simulator.key,
      method,
      body: call.body,
      ...(call.headers !== undefined && { headers: call.headers }),
    });
    this.#seen.add(`${method} ${template} ${status}`);
    const parsed: unknown = body === "" ? undefined : JSON.parse(body);
    this.faults.push(...this.contract.faultsOf(method, template, status, parsed));
    return status === 200 ? parsed : [];
  }
}
