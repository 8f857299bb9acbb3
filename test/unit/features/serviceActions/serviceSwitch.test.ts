import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { RenderError, type RenderErrorKind } from "../../../../src/render/errors.js";
import type { Instance, Service } from "../../../../src/render/shapes.js";
import {
  readUntilShown,
  switchService,
  type ServiceAction,
} from "../../../../src/features/serviceActions/serviceSwitch.js";
import { aService } from "../../../support/builders.js";
import { FakeClock } from "../../../support/fakeClock.js";

type Answer<T> = T | Error;

/** A Render that gives the scripted answers in order and fails when asked once too often. */
class SwitchedRender {
  readonly calls: string[] = [];
  readonly posts: Answer<"ok">[] = [];
  readonly services: Answer<Service>[] = [];
  readonly lists: Answer<Instance[]>[] = [];

  async suspendService(id: string): Promise<void> {
    await this.#answer(`suspend ${id}`, this.posts);
  }
  async resumeService(id: string): Promise<void> {
    await this.#answer(`resume ${id}`, this.posts);
  }
  async restartService(id: string): Promise<void> {
    await this.#answer(`restart ${id}`, this.posts);
  }
  getService(id: string): Promise<Service> {
    return this.#answer(`get ${id}`, this.services);
  }
  instances(id: string): Promise<Instance[]> {
    return this.#answer(`instances ${id}`, this.lists);
  }

  async #answer<T>(call: string, answers: Answer<T>[]): Promise<T> {
    this.calls.push(call);
    await Promise.resolve();
    const answer = answers.shift();
    if (answer === undefined) throw new Error(`asked once too often: ${call}`);
    if (answer instanceof Error) throw answer;
    return answer;
  }
}

const failure = (kind: RenderErrorKind, maybeReceived: boolean): RenderError =>
  new RenderError(kind, { method: "POST", path: "/services/srv-1/suspend", maybeReceived });
const lost = failure("timeout", true);
const running = aService({ suspended: false });
const suspended = aService({ suspended: true });
const instances = (...ids: string[]): Instance[] => ids.map(id => ({ id, createdAt: 1_000 }));

function setUp(flowBelowMs = Infinity) {
  const render = new SwitchedRender();
  const clock = new FakeClock({ flowBelowMs });
  const stop = new AbortController();
  const run = (action: ServiceAction) => switchService(render, clock, { id: "srv-1" }, action, stop.signal);
  return { render, clock, stop, run };
}

describe("switchService", () => {
  for (const [action, calls] of [
    ["suspend", ["suspend srv-1"]],
    ["resume", ["resume srv-1"]],
    ["restart", ["instances srv-1", "restart srv-1"]],
  ] as const)
    it(`asks once to ${action}`, async () => {
      const { render, clock, run } = setUp();
      render.posts.push("ok");
      render.lists.push(instances("a"));
      assert.deepEqual(await run(action), { kind: "done", answerLost: false });
      assert.deepEqual(render.calls, calls);
      assert.deepEqual(clock.slept, []);
    });

  for (const error of [failure("conflict", false), failure("dns", false), new Error("a bug")])
    it(`tells a failure that Render cannot have acted on: ${error.message}`, async () => {
      for (const action of ["suspend", "resume", "restart"] as const) {
        const { render, clock, run } = setUp();
        render.lists.push(instances("a"));
        render.posts.push(error);
        assert.deepEqual(await run(action), { kind: "failed", error });
        assert.deepEqual(clock.slept, []);
      }
    });

  describe("after a lost answer", () => {
    for (const [action, before, after] of [
      ["suspend", running, suspended],
      ["resume", suspended, running],
    ] as const)
      it(`looks until the service shows that it did ${action}, and never asks again`, async () => {
        const { render, clock, run } = setUp();
        render.posts.push(lost);
        render.services.push(before, failure("unavailable", true), after);
        assert.deepEqual(await run(action), { kind: "done", answerLost: true });
        assert.deepEqual(render.calls, [`${action} srv-1`, ...Array<string>(3).fill("get srv-1")]);
        assert.deepEqual([clock.slept, clock.sleeping], [[1_000, 4_000, 10_000], 0]);
      });

    it("cannot tell when nothing is to be seen", async () => {
      const { render, run } = setUp();
      render.posts.push(lost);
      render.services.push(running, running, running);
      assert.deepEqual(await run("suspend"), { kind: "unclear", error: lost });
      assert.equal(render.calls.length, 4);
    });

    for (const [name, before, after, done] of [
      ["all instances are others", instances("a", "b"), instances("c", "d"), true],
      ["fewer, but others", instances("a", "b"), instances("c"), true],
      ["some are the same", instances("a", "b"), instances("b", "c"), false],
      ["none are left", instances("a"), [], false],
      ["there were none before", [], instances("c"), false],
      ["they could not be read before", failure("notFound", false), instances("c"), false],
    ] as const)
      it(`takes a restart for ${done ? "done" : "unclear"} when ${name}`, async () => {
        const { render, run } = setUp();
        render.posts.push(lost);
        const now = [...after];
        render.lists.push(before instanceof Error ? before : [...before], now, now, now);
        const result = await run("restart");
        assert.deepEqual(
          result,
          done ? { kind: "done", answerLost: true } : { kind: "unclear", error: lost },
        );
        assert.equal(render.calls.filter(call => call.startsWith("restart")).length, 1);
      });

    it("stops looking when the window closes, and leaves nothing behind", async () => {
      const { render, clock, stop, run } = setUp(0);
      render.posts.push(lost);
      const result = run("suspend");
      await clock.advance(500);
      stop.abort();
      assert.deepEqual(await result, { kind: "unclear", error: lost });
      assert.deepEqual([render.calls, clock.sleeping], [["suspend srv-1"], 0]);
      assert.equal(getEventListeners(stop.signal, "abort").length, 0);
    });
  });

  it("restarts a service whose instances cannot be read", async () => {
    const { render, run } = setUp();
    render.lists.push(failure("notFound", false));
    render.posts.push("ok");
    assert.deepEqual(await run("restart"), { kind: "done", answerLost: false });
  });
});

describe("readUntilShown", () => {
  function read(action: ServiceAction, readings: readonly (Service | Error)[]) {
    const clock = new FakeClock();
    const left = [...readings];
    const next = (): Promise<Service> => {
      const reading = left.shift();
      return reading instanceof Error ? Promise.reject(reading) : Promise.resolve(reading ?? running);
    };
    const work = readUntilShown(next, clock, action, new AbortController().signal);
    return { work, clock, left };
  }

  for (const [action, readings, waits] of [
    ["suspend", [suspended], []],
    ["resume", [running], []],
    ["restart", [running], []],
    ["restart", [suspended], []],
    ["suspend", [running, suspended], [1_000]],
    ["resume", [suspended, suspended, running], [1_000, 4_000]],
    ["suspend", [running, running, running, running], [1_000, 4_000, 10_000]],
  ] as const)
    it(`reads ${readings.length} times when a ${action} shows after ${waits.length} waits`, async () => {
      const { work, clock, left } = read(action, [...readings, new Error("once too often")]);
      await work;
      assert.deepEqual([clock.slept, left.length, clock.sleeping], [waits, 1, 0]);
    });

  it("ends with the reading that fails", async () => {
    const { work, left } = read("suspend", [running, failure("gone", false), suspended]);
    await assert.rejects(work, { kind: "gone" });
    assert.equal(left.length, 1);
  });

  it("ends when the window closes, and leaves nothing behind", async () => {
    const clock = new FakeClock({ flowBelowMs: 0 });
    const stop = new AbortController();
    const work = readUntilShown(() => Promise.resolve(running), clock, "suspend", stop.signal);
    await clock.advance(500);
    stop.abort(new Error("closed"));
    await assert.rejects(work, /closed/);
    assert.equal(clock.sleeping, 0);
    assert.equal(getEventListeners(stop.signal, "abort").length, 0);
  });
});
