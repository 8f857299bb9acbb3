import { once } from "node:events";
import type { FastifyInstance } from "fastify";
import { realClock, type SimulatorClock, StoppableClock } from "./clock";
import type { Context } from "./context";
import type { DeployPlan } from "./deployPlan";
import { Deploys } from "./deploys";
import { type FaultHandle, type FaultRule, Faults, type SocketFault, SocketFaults } from "./faults";
import { type PushedCommit, Pushes } from "./pushes";
import type { Quirks } from "./quirks";
import { type Limits, RateLimits } from "./rateLimits";
import type { DeployRecord, Overlap, ServiceRecord, SimulatorData } from "./records";
import { type RecordedRequest, RequestLog } from "./requestLog";
import { LogSockets, socketPath } from "./routes/logSocket";
import { sampleData } from "./sampleData";
import { buildServer } from "./server";
import { freshSettings, type Settings } from "./settings";
import { State } from "./state";
import { datedCommit } from "./timestamps";
import type { Blueprint } from "./wire";

export { ManualClock, type SimulatorClock } from "./clock";
export type { DeployPlan } from "./deployPlan";
export type { Fault, FaultHandle, FaultRule, SocketFault } from "./faults";
export { type Play, playedEndings } from "./playedEndings";
export { newService, type ServiceWish } from "./newService";
export { defaultQuirks, optionalFields, type Quirks } from "./quirks";
export { defaultLimits, type Limits, noLimits } from "./rateLimits";
export { type DeployRecord, emptyData, type Overlap, type ServiceRecord } from "./records";
export type { RecordedRequest } from "./requestLog";
export { sampleData, sampleRepository } from "./sampleData";

/** The only key a simulator accepts. */
export const sampleKey = "rnd_SampleKeyOfTheSimulator00001";

export interface SimulatorOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  /** What it begins with; the default is {@link sampleData} as of the start. */
  data?: SimulatorData;
  /** 1, the default, builds in about 40 seconds; 20 is twenty times as fast. */
  speed?: number;
  clock?: SimulatorClock;
  /** One overlap setting for all workspaces; the default is what the data say. */
  overlap?: Overlap;
  quirks?: Partial<Quirks>;
  /** Budgets of calls in a minute; {@link noLimits} lifts them. */
  limits?: Partial<Limits>;
}

/** Starts a local Render on 127.0.0.1 and waits until it answers. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  return Simulator.start(options);
}

/** A local Render: an HTTP server that speaks its API, keeps state and can be made to misbehave. */
export class Simulator {
  readonly key = sampleKey;
  readonly #options: SimulatorOptions;
  readonly #clock: StoppableClock;
  readonly #data: SimulatorData;
  readonly #settings: Settings;
  readonly #faults = new Faults();
  readonly #socketFaults = new SocketFaults();
  readonly #sockets = new LogSockets();
  readonly #log = new RequestLog();
  readonly #rateLimits: RateLimits;
  readonly #pushes: Pushes;
  readonly #app: FastifyInstance;
  #state: State;
  #deploys: Deploys;
  #url = "";
  #closed: Promise<void> | undefined;

  private constructor(options: SimulatorOptions) {
    this.#options = options;
    this.#clock = new StoppableClock(options.clock ?? realClock);
    this.#data = options.data ?? sampleData(this.#clock.now());
    this.#settings = freshSettings(options);
    this.#rateLimits = new RateLimits(this.#clock);
    this.#state = this.#freshState();
    this.#deploys = new Deploys(this.#state, this.#clock, this.#settings);
    const context = this.#context();
    this.#pushes = new Pushes(context);
    this.#app = buildServer(context, {
      key: this.key,
      faults: this.#faults,
      socketFaults: this.#socketFaults,
      sockets: this.#sockets,
      rateLimits: this.#rateLimits,
      log: this.#log,
    });
  }

  /** See {@link startSimulator}. */
  static async start(options: SimulatorOptions): Promise<Simulator> {
    const simulator = new Simulator(options);
    const origin = await simulator.#app.listen({ host: "127.0.0.1", port: options.port ?? 0 });
    simulator.#url = `${origin}/v1`;
    return simulator;
  }

  /**
   * A simulator that does not listen, for tests in which time stands still between two calls: `answer` is its only way
   * in. Faults that cut connections need one that listens.
   */
  static withoutServer(options: SimulatorOptions): Simulator {
    return new Simulator(options);
  }

  /** What a call would be answered, without a network in between. `url` begins with `/v1`. */
  async answer(call: {
    readonly method: "GET" | "POST";
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
  }): Promise<{
    readonly status: number;
    readonly headers: ReadonlyMap<string, string>;
    readonly body: string;
  }> {
    const { method, url, headers, body } = call;
    const reply = await this.#app.inject({
      method,
      url,
      headers,
      ...(body !== undefined && { payload: body }),
    });
    const given = Object.entries(reply.headers).map(([name, value]) => [name, String(value)] as const);
    return { status: reply.statusCode, headers: new Map(given), body: reply.body };
  }

  /** The API's address, for example `http://127.0.0.1:4000/v1`. */
  get url(): string {
    return this.#url;
  }

  /** Every call received since the start or the last reset, oldest first; at most ten thousand are kept. */
  get requests(): readonly RecordedRequest[] {
    return this.#log.entries;
  }

  /** Forgets the calls received so far. */
  forgetRequests(): void {
    this.#log.clear();
  }

  /** The calls that asked for a deploy and got one (201) or a promise of one (202), whether the caller learnt of it or not. */
  posts(): RecordedRequest[] {
    const isDeploy = /^\/services\/[^/]+\/deploys$/;
    return this.requests.filter(
      ({ method, path, status }) =>
        method === "POST" && isDeploy.test(path) && (status === 201 || status === 202),
    );
  }

  get services(): readonly ServiceRecord[] {
    return this.#state.services;
  }

  /** The Blueprints, to read or to change. */
  get blueprints(): Blueprint[] {
    return this.#state.blueprints;
  }

  /** Adds a service; {@link newService} makes one. It replaces a service of the same id. */
  addService(record: ServiceRecord): void {
    this.#state.addService(record);
  }

  /** Deletes a service, as somebody could in the Dashboard. */
  removeService(serviceId: string): void {
    this.#state.removeService(serviceId);
  }

  /**
   * The service of this id, to read or to change.
   *
   * @throws Error when there is none
   */
  service(serviceId: string): ServiceRecord {
    const record = this.#state.find(serviceId);
    if (record === undefined) throw new Error(`The simulator has no service ${serviceId}`);
    return record;
  }

  /** The deploys of a service, newest first. */
  deploysOf(serviceId: string): readonly DeployRecord[] {
    return this.service(serviceId).deploys;
  }

  /** What a workspace does with a trigger while a deploy runs; without an id, all workspaces. */
  setOverlap(overlap: Overlap, ownerId?: string): void {
    this.#state.setOverlap(overlap, ownerId);
  }

  /** Steps that begin from now on are this many times as fast as believable. */
  setSpeed(speed: number): void {
    this.#settings.speed = speed;
  }

  setQuirks(quirks: Partial<Quirks>): void {
    this.#settings.quirks = { ...this.#settings.quirks, ...quirks };
  }

  setLimits(limits: Partial<Limits>): void {
    this.#settings.limits = { ...this.#settings.limits, ...limits };
  }

  /** Makes calls fail; without `method` and `path`, the next call of any kind. */
  fail(rule: FaultRule): FaultHandle {
    return this.#faults.add(rule);
  }

  clearFaults(): void {
    this.#faults.clear();
    this.#socketFaults.clear();
  }

  /**
   * Makes log sockets misbehave that are opened from now on.
   *
   * @param times how many of them; all, unless it is said
   */
  failSockets(fault: SocketFault, times = Infinity): FaultHandle {
    return this.#socketFaults.add(fault, times);
  }

  /**
   * Lets no log socket through, as a proxy does that knows no WebSockets: a web page with this status instead, or no
   * answer ever.
   */
  refuseSockets(how: 403 | 502 | "hang"): FaultHandle {
    const page = "<!doctype html><title>Blocked</title><p>The harbour's network does not allow this.</p>";
    const headers = { "content-type": "text/html; charset=utf-8" };
    return this.fail({
      path: socketPath,
      times: Infinity,
      with: how === "hang" ? { kind: "hang" } : { kind: "status", status: how, body: page, headers },
    });
  }

  /** Ends the log sockets that are open with this close code; 1006 cuts their connections. */
  closeSockets(code: number): void {
    this.#sockets.end(code);
  }

  /** How many log sockets are open. */
  get openSockets(): number {
    return this.#sockets.size;
  }

  /** Says how the next deploy of a service goes; called again, the one after it. */
  nextDeploy(serviceId: string, plan: DeployPlan): void {
    this.#deploys.plan(serviceId, plan);
  }

  /** Tells the message of a commit, so that deploys of it show it. */
  knowCommit(commit: { id: string; message: string; createdAt?: string }): void {
    this.#state.knowCommit(datedCommit(commit, this.#clock.now()));
  }

  /**
   * What a Git push to the branch of a service does: the commit becomes the newest of that branch, and every service of the
   * branch is deployed that Render's rules let through; one that waits for checks, once {@link passChecks} says so.
   *
   * @param pushed with the files that it changes; without them, one that matters to every service
   * @returns the deploy of this service that this caused
   */
  push(serviceId: string, pushed: PushedCommit): DeployRecord | undefined {
    return this.#pushes.push(this.service(serviceId), pushed);
  }

  /** The checks of a commit pass: the services that waited for them are deployed. */
  passChecks(commitId: string): void {
    this.#pushes.passChecks(commitId);
  }

  /** Triggers a deploy as somebody else would, for example a colleague in the Dashboard (`manual`). */
  deployElsewhere(serviceId: string, trigger = "manual"): DeployRecord {
    return this.#deploys.trigger(this.service(serviceId), { trigger }).deploy;
  }

  /** Back to the beginning: data, settings, budgets, faults, plans and recorded calls. */
  reset(): void {
    this.#deploys.stop();
    this.#sockets.end(1006);
    Object.assign(this.#settings, freshSettings(this.#options));
    this.clearFaults();
    this.#log.clear();
    this.#rateLimits.reset();
    this.#pushes.reset();
    this.#state = this.#freshState(this.#state.made);
    this.#deploys = new Deploys(this.#state, this.#clock, this.#settings);
  }

  /** Ends at once: no deploy goes on, every connection is closed. May be called more than once. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    const { server } = this.#app;
    const isFree = server.listening ? once(server, "close") : undefined;
    await this.#app.close();
    await isFree;
    // Last, because a call that was on its way may have begun a deploy.
    this.#clock.stop();
  }

  #freshState(made = 0): State {
    const state = new State(this.#data, made);
    if (this.#options.overlap !== undefined) state.setOverlap(this.#options.overlap);
    return state;
  }

  #context(): Context {
    const state = (): State => this.#state;
    const deploys = (): Deploys => this.#deploys;
    return {
      get state() {
        return state();
      },
      get deploys() {
        return deploys();
      },
      settings: this.#settings,
      clock: this.#clock,
    };
  }
}
