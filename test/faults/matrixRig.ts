import assert from "node:assert/strict";
import { Agent } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import nodeFetch from "node-fetch";
import { RenderClient } from "../../src/render/client.js";
import { RenderHttp, type HttpParts } from "../../src/render/http/http.js";
import { ManualClock, noLimits, startSimulator, type Fault, type Simulator } from "../simulator/simulator.js";
import { RecordingLog } from "../support/builders.js";
import { FakeClock } from "../support/fakeClock.js";
import { selfSignedCertificate } from "../support/selfSignedCertificate.js";
import type { DeadEnd, FaultCase } from "./faultTable.js";
import { figures } from "./figures.js";
import { closedContract, RequestContract } from "./requestContract.js";
import { leaksIn } from "./secrets.js";

type Fetch = Awaited<ReturnType<HttpParts["fetch"]>>;

/** Which requests a fault meets: `path` is below `/v1`, without the query. */
export interface Target {
  readonly method: "GET" | "POST";
  readonly path: RegExp;
  /** How many of them; all, unless told. */
  readonly times?: number;
}

/** A request as the client sent it. */
interface Sent {
  readonly method: string;
  readonly path: string;
}

function isMeant(target: Target, { method, path }: Sent): boolean {
  return method === target.method && target.path.test(path);
}

/** Waits shorter than this pass by themselves: those between tries and looks. The client's time limits are longer. */
const flowBelowMs = 12_000;

const turns = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i++) await turn();
};

/** The real client with the real node-fetch in front of a simulator, both on clocks that stand still unless moved. */
class MatrixRig {
  readonly simulator: Simulator;
  readonly #contract: RequestContract;
  readonly #time: ManualClock;
  readonly #tls: Server;

  private constructor(simulator: Simulator, contract: RequestContract, time: ManualClock, tls: Server) {
    this.simulator = simulator;
    this.#contract = contract;
    this.#time = time;
    this.#tls = tls;
  }

  static async start(): Promise<MatrixRig> {
    // First, so that no server is left running when there is no document.
    const contract = await closedContract();
    const time = new ManualClock();
    const simulator = await startSimulator({ clock: time, limits: noLimits });
    const tls = createServer(selfSignedCertificate());
    tls.on("tlsClientError", () => undefined);
    await new Promise<void>(resolve => tls.listen(0, "127.0.0.1", resolve));
    return new MatrixRig(simulator, new RequestContract(contract, simulator.url), time, tls);
  }

  async stop(): Promise<void> {
    await this.simulator.close();
    this.#tls.closeAllConnections();
    await new Promise(resolve => this.#tls.close(resolve));
  }

  /** A new client. What was before it is forgotten. */
  newCell(): MatrixCell {
    this.simulator.reset();
    const { port } = this.#tls.address() as AddressInfo;
    return new MatrixCell(this.simulator, this.#contract, this.#time, `https://127.0.0.1:${port}/v1`);
  }
}

/** For a `describe`: starts a rig before its tests and stops it after them. Gives what makes a new cell. */
export function useRig(): () => MatrixCell {
  let rig: MatrixRig | undefined;
  before(async () => {
    rig = await MatrixRig.start();
  });
  after(() => rig?.stop());
  return () => (rig ?? assert.fail("it has not started")).newCell();
}

/** One request under one fault, and what was seen of it from both ends. */
export class MatrixCell {
  readonly simulator: Simulator;
  readonly log = new RecordingLog();
  readonly clock: FakeClock;
  readonly render: RenderClient;
  /** What the client sent, whether it arrived or not. */
  readonly sent: Sent[] = [];
  readonly #time: ManualClock;
  readonly #contract: RequestContract;
  readonly #contractFaults: string[] = [];
  readonly #deadEnds: Readonly<Record<DeadEnd, string>>;
  #watch: { readonly target: Target; readonly act: () => void } | undefined;
  readonly #dead: { readonly target: Target; readonly end: DeadEnd; left: number }[] = [];

  constructor(simulator: Simulator, contract: RequestContract, time: ManualClock, tlsUrl: string) {
    this.simulator = simulator;
    this.#contract = contract;
    this.#time = time;
    // Nothing listens at port 1, and no resolver is asked for the name: see `#agent`.
    this.#deadEnds = { refused: "http://127.0.0.1:1/v1", dns: "http://render.invalid/v1", tls: tlsUrl };
    this.clock = new FakeClock({ now: time.now(), flowBelowMs });
    const http = new RenderHttp({
      fetch: () => Promise.resolve(this.#fetch),
      apiUrl: () => simulator.url,
      apiKey: () => Promise.resolve(simulator.key),
      clock: this.clock,
      random: () => 0.5,
      log: this.log,
      userAgent: "render-deploy/0.1.0 test",
    });
    this.render = new RenderClient(http);
  }

  /** Lets the fault meet these requests from now on. */
  put({ fault }: FaultCase, target: Target): void {
    if (typeof fault === "string") this.#dead.push({ target, end: fault, left: target.times ?? Infinity });
    else this.simulator.fail({ times: Infinity, ...target, with: fault });
  }

  /** Calls back as soon as the client sends a request of this kind. */
  onSent(target: Target, act: () => void): void {
    this.#watch = { target, act };
  }

  /** How many requests of this kind the client sent. */
  sentTo(target: Target): number {
    return this.sent.filter(request => isMeant(target, request)).length;
  }

  /** How many requests of this kind reached the server. */
  reached(target: Target): number {
    return this.simulator.requests.filter(request => isMeant(target, request)).length;
  }

  /** Waits for the work, and lets time pass on both sides as the faults met need it, never in reality. */
  async finish<T>(work: Promise<T>): Promise<PromiseSettledResult<T>> {
    let settled: PromiseSettledResult<T> | undefined;
    void Promise.allSettled([work]).then(([result]) => (settled = result));
    const isSettled = (): boolean => settled !== undefined;
    for (let handled = 0; settled === undefined;) {
      const request = this.simulator.requests[handled];
      if (request?.fault === undefined) {
        if (request) handled += 1;
        else await turn();
        continue;
      }
      handled += 1;
      const isReady = (): boolean => request.status !== 0 || request.fault === "delay";
      while (["hang", "delay", "slowBody"].includes(request.fault) && !isReady()) await turn();
      await turns(10);
      await this.#passTime(request.fault, isSettled);
    }
    return settled;
  }

  /**
   * Fails when a timer was left, when a request was not as Render's document wants it, or when the key got out: into
   * the log, or into what else came of the request.
   */
  assertClean(outputs: Readonly<Record<string, unknown>>): void {
    assert.equal(this.clock.sleeping, 0, "a timer was left");
    assert.deepEqual(this.#contractFaults, []);
    const leaks = leaksIn({ log: this.log.lines, ...outputs }, this.simulator.key);
    figures.add("leaked keys", leaks.length);
    assert.deepEqual(leaks, []);
  }

  /** Lets the simulator's time pass until the condition holds, which takes some looks of the client at it. */
  async passUntil(condition: () => boolean): Promise<void> {
    this.#time.advance(20 * 60_000);
    while (!condition()) await turn();
  }

  async #passTime(fault: Fault["kind"], isSettled: () => boolean): Promise<void> {
    if (fault === "hang") await this.clock.advance(15_000);
    if (fault === "delay") {
      await this.clock.advance(14_000);
      this.#time.advance(14_000);
    }
    // A piece each 10 s never lets the 15 s for one piece pass, but in the end the 60 s for all.
    for (let round = 1; fault === "slowBody" && round <= 6 && !isSettled(); round++) {
      const sleeps = this.clock.slept.length;
      await this.clock.advance(10_000);
      if (round === 6) return;
      this.#time.advance(10_000);
      while (this.clock.slept.length === sleeps && !isSettled()) await turn();
      await turns(10);
    }
  }

  readonly #fetch: Fetch = (url, init) => {
    const { method } = init;
    const path = new URL(url).pathname.replace(/^\/v1/, "");
    const sent = { method, path };
    this.sent.push(sent);
    this.#contractFaults.push(...this.#contract.faultsOf({ url, ...init }));
    figures.add("contract checks");
    if (this.#watch && isMeant(this.#watch.target, sent)) this.#watch.act();
    const dead = this.#dead.find(({ target, left }) => left > 0 && isMeant(target, sent));
    if (dead) {
      dead.left -= 1;
      const elsewhere = url.replace(this.simulator.url, this.#deadEnds[dead.end]);
      return nodeFetch(elsewhere, dead.end === "dns" ? { ...init, agent: nameless } : init);
    }
    return nodeFetch(url, init);
  };
}

/**
 * For a name that does not exist, without asking a resolver, which may take long where there is no network. The error
 * is the one that Node gives. A real resolver is asked in test/unit/core/render/transport.test.ts.
 */
const nameless = new Agent({
  lookup: (hostname, _options, callback) => {
    const details = { errno: -3008, code: "ENOTFOUND", syscall: "getaddrinfo", hostname };
    callback(Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), details), "", 4);
  },
});
