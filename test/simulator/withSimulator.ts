import { rawCall } from "./rawCall";
import {
  emptyData,
  ManualClock,
  newService,
  type ServiceRecord,
  type ServiceWish,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from "./simulator";

/** A reply with its JSON read. */
export interface Reply {
  status: number;
  json: unknown;
  headers: Record<string, string | string[] | undefined>;
}

/** A running simulator with a clock to turn and a way to call it. */
export interface Bench {
  simulator: Simulator;
  clock: ManualClock;
  /** Adds a service of the only workspace. */
  add: (wish?: Partial<ServiceWish>) => ServiceRecord;
  call: (method: string, path: string, body?: unknown) => Promise<Reply>;
  /** The statuses of a service's deploys as a caller sees them, newest first. */
  statuses: (serviceId: string) => Promise<string[]>;
}

/** Runs `test` with a simulator of one empty workspace and closes it afterwards. */
export async function withSimulator(
  options: SimulatorOptions,
  test: (bench: Bench) => Promise<void>,
): Promise<void> {
  const clock = new ManualClock();
  const data = emptyData();
  const simulator = await startSimulator({ clock, data, ...options });
  const call: Bench["call"] = async (method, path, body) => {
    const {
      status,
      headers,
      body: text,
    } = await rawCall({
      url: simulator.url + path,
      key: simulator.key,
      method,
      body,
    });
    return { status, headers, json: text === "" ? undefined : (JSON.parse(text) as unknown) };
  };
  const ownerId = data.workspaces[0]?.owner.id ?? "";
  try {
    await test({
      simulator,
      clock,
      add: wish => {
        const repo = wish?.image === undefined ? { repo: "https://github.com/harbor-labs/lighthouse" } : {};
        const record = newService({ name: "lighthouse", ownerId, ...repo, ...wish });
        simulator.addService(record);
        return record;
      },
      call,
      statuses: async serviceId => {
        const { json } = await call("GET", `/services/${serviceId}/deploys?limit=100`);
        return (json as { deploy: { status: string } }[]).map(({ deploy }) => deploy.status);
      },
    });
  } finally {
    await simulator.close();
  }
}
