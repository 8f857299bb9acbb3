import type { RenderClient } from "../../src/render/client.js";
import { sampleRepository } from "../simulator/simulator.js";
import type { MatrixCell } from "./matrixRig.js";

const serviceId = sampleRepository.lighthouse.serviceId;
const signal = new AbortController().signal;

/** One of the client's methods that read. */
export interface Read {
  readonly method: keyof RenderClient;
  readonly path: RegExp;
  /** What a person tried, after "Could not". */
  readonly doing: string;
  readonly call: (render: RenderClient, cell: MatrixCell) => Promise<unknown>;
  /** Somebody waits for the answer, so it is sent once only. */
  readonly once?: true;
}

async function all<T>(pages: AsyncGenerator<T[]>): Promise<T[]> {
  const items: T[] = [];
  for await (const page of pages) items.push(...page);
  return items;
}

async function someEnvironment(render: RenderClient): Promise<string | undefined> {
  const projects = await all(render.projects(signal));
  return projects.flatMap(({ environmentIds }) => environmentIds)[0];
}

export const reads: readonly Read[] = [
  { method: "getUser", path: /^\/users$/u, doing: "check the key", call: r => r.getUser(signal), once: true },
  { method: "owners", path: /^\/owners$/u, doing: "load the services", call: r => all(r.owners(signal)) },
  {
    method: "services",
    path: /^\/services$/u,
    doing: "load the services",
    call: r => all(r.services({ includePreviews: false }, signal)),
  },
  {
    method: "projects",
    path: /^\/projects$/u,
    doing: "load the services",
    call: r => all(r.projects(signal)),
  },
  {
    method: "environments",
    path: /^\/environments$/u,
    doing: "load the services",
    call: async r => {
      const projects = await all(r.projects(signal));
      return all(
        r.environments(
          projects.map(({ id }) => id),
          signal,
        ),
      );
    },
  },
  {
    method: "getEnvironment",
    path: /^\/environments\/[^/]+$/u,
    doing: "load the environment",
    call: async r => r.getEnvironment((await someEnvironment(r)) ?? "", signal),
  },
  {
    method: "getService",
    path: /^\/services\/[^/]+$/u,
    doing: "load the service",
    call: r => r.getService(serviceId, signal),
  },
  {
    method: "listDeploys",
    path: /^\/services\/[^/]+\/deploys$/u,
    doing: "load the deploys",
    call: r => r.listDeploys(serviceId, { limit: 20 }, signal),
  },
  {
    method: "getDeploy",
    path: /^\/services\/[^/]+\/deploys\/[^/]+$/u,
    doing: "load the deploy",
    call: (r, { simulator }) => r.getDeploy(serviceId, simulator.deploysOf(serviceId)[0]?.id ?? "", signal),
  },
  {
    method: "events",
    path: /^\/services\/[^/]+\/events$/u,
    doing: "load the events",
    call: r => all(r.events(serviceId, { types: ["deploy_ended"], from: 0, until: Date.now() }, signal)),
  },
  {
    method: "logs",
    path: /^\/logs$/u,
    doing: "load the log",
    call: (r, { simulator }) => {
      const { ownerId } = simulator.service(serviceId).service;
      const until = Date.now();
      return all(r.logs({ ownerId, serviceId, from: until - 600_000, until }, signal));
    },
  },
  {
    method: "blueprints",
    path: /^\/blueprints$/u,
    doing: "load the Blueprints",
    call: r => all(r.blueprints(signal)),
  },
  {
    method: "blueprint",
    path: /^\/blueprints\/[^/]+$/u,
    doing: "load the Blueprint",
    call: async r => {
      const [first] = await all(r.blueprints(signal));
      return r.blueprint(first?.id ?? "", signal);
    },
  },
  {
    method: "instances",
    path: /^\/services\/[^/]+\/instances$/u,
    doing: "restart the service",
    call: r => r.instances(serviceId, signal),
  },
];

/** One of the client's methods that change something. A new one gets a row here and nothing else. */
export interface Write {
  readonly method: keyof RenderClient;
  readonly path: RegExp;
  /** What a person tried, after "Could not". */
  readonly doing: string;
  /** The statuses of an answer; a 200 with nonsense is another error where 200 is not one of them. */
  readonly hopedFor: readonly number[];
  /** The body of a good answer is not read. */
  readonly noBody?: true;
  /** Makes what is needed; gives the call, and whether the server has done what it asks. */
  readonly prepare: (cell: MatrixCell) => {
    call: (render: RenderClient) => Promise<unknown>;
    isDone: () => boolean;
  };
}

export const writes: readonly Write[] = [
  {
    method: "triggerDeploy",
    path: /^\/services\/[^/]+\/deploys$/u,
    doing: "deploy lighthouse",
    hopedFor: [201, 202],
    prepare: ({ simulator }) => ({
      call: render => render.triggerDeploy(serviceId, {}, signal),
      isDone: () => simulator.posts().length === 1,
    }),
  },
  {
    method: "cancelDeploy",
    path: /^\/services\/[^/]+\/deploys\/[^/]+\/cancel$/u,
    doing: "cancel the deploy of lighthouse",
    hopedFor: [200],
    prepare: ({ simulator }) => {
      const { id } = simulator.deployElsewhere(serviceId);
      return {
        call: render => render.cancelDeploy(serviceId, id, signal),
        isDone: () =>
          simulator.deploysOf(serviceId).some(deploy => deploy.id === id && deploy.status === "canceled"),
      };
    },
  },
  {
    method: "rollBack",
    path: /^\/services\/[^/]+\/rollback$/u,
    doing: "roll lighthouse back",
    hopedFor: [201],
    prepare: ({ simulator }) => {
      const before = simulator.deploysOf(serviceId);
      const id = before.find(({ status }) => status === "deactivated")?.id ?? "";
      const rollbacks = (): number =>
        simulator.deploysOf(serviceId).filter(({ rollbackTo }) => rollbackTo === id).length;
      const known = rollbacks();
      return {
        call: render => render.rollBack(serviceId, id, signal),
        isDone: () => rollbacks() === known + 1,
      };
    },
  },
  {
    method: "suspendService",
    path: /^\/services\/[^/]+\/suspend$/u,
    doing: "suspend lighthouse",
    hopedFor: [202],
    noBody: true,
    prepare: ({ simulator }) => ({
      call: render => render.suspendService(serviceId, signal),
      isDone: () => simulator.service(serviceId).service.suspended === "suspended",
    }),
  },
  {
    method: "resumeService",
    path: /^\/services\/[^/]+\/resume$/u,
    doing: "resume lighthouse",
    hopedFor: [202],
    noBody: true,
    prepare: ({ simulator }) => {
      const { service } = simulator.service(serviceId);
      Object.assign(service, { suspended: "suspended", suspenders: ["user"] });
      return {
        call: render => render.resumeService(serviceId, signal),
        isDone: () => simulator.service(serviceId).service.suspended === "not_suspended",
      };
    },
  },
  {
    method: "restartService",
    path: /^\/services\/[^/]+\/restart$/u,
    doing: "restart lighthouse",
    hopedFor: [200],
    noBody: true,
    prepare: ({ simulator }) => ({
      call: render => render.restartService(serviceId, signal),
      isDone: () => simulator.service(serviceId).happenings.some(({ type }) => type === "server_restarted"),
    }),
  },
  {
    method: "validateBlueprint",
    path: /^\/blueprints\/validate$/u,
    doing: "validate the Blueprint",
    hopedFor: [200],
    prepare: ({ simulator }) => {
      const { ownerId } = simulator.service(serviceId).service;
      const done = (): number =>
        simulator.requests.filter(({ path, taken }) => path === "/blueprints/validate" && taken).length;
      return {
        call: render => render.validateBlueprint(ownerId, "services: []\n", signal),
        isDone: () => done() === 1,
      };
    },
  },
];
