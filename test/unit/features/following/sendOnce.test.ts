import assert from "node:assert/strict";
import type { DeployOrder, SentTrigger } from "../../../../src/features/following/followedDeploy.js";
import { baselineOf } from "../../../../src/features/following/ourDeploys.js";
import { findTwin, triggerOnce, type TriggerParts } from "../../../../src/features/following/sendOnce.js";
import { RenderError, type RenderErrorKind } from "../../../../src/render/errors.js";
import type { Deploy } from "../../../../src/render/shapes.js";
import { aDeploy, anOrder, sha } from "../../../support/builders.js";
import { FakeClock } from "../../../support/fakeClock.js";
import { ScriptedRender } from "../../../support/scriptedRender.js";
import { without } from "../../../support/without.js";

const error = (kind: RenderErrorKind, maybeReceived: boolean): RenderError =>
  new RenderError(kind, { method: "POST", path: "/services/srv-1/deploys", maybeReceived });
const lost = error("cutOff", true);

/** What Render's clock shows when something is sent; this machine's shows 10 s. */
const sentAt = 5_000_000;

function setUp(change: Partial<TriggerParts> = {}) {
  const render = new ScriptedRender();
  const clock = new FakeClock({ now: 10_000 });
  const steps: string[] = [];
  const stop = new AbortController();
  const parts: TriggerParts = {
    render,
    clock,
    renderNow: () => sentAt,
    isTaken: () => false,
    signal: stop.signal,
    ...change,
  };
  const sent: SentTrigger[] = [];
  const trigger = (order = anOrder()) =>
    triggerOnce(parts, order, {
      sending: what => {
        sent.push(what);
        steps.push(`sending after ${render.calls.length} calls`);
        return Promise.resolve();
      },
      lookingUp: () => steps.push("looking up"),
    });
  return { render, clock, steps, sent, stop, parts, trigger };
}

const old = aDeploy({ id: "dep-old", status: "live", createdAt: sentAt - 3_600_000 });
const at = (id: string, after: number, change: Partial<Deploy> = {}): Deploy =>
  aDeploy({ id, createdAt: sentAt + after, ...change });

describe("triggerOnce", () => {
  it("reads first, notes what it knew and Render's time, then sends exactly once", async () => {
    const { render, steps, sent, trigger } = setUp();
    render.lists.push([old]);
    render.triggers.push({ kind: "created", deploy: at("dep-1", 0) });
    assert.deepEqual(await trigger(), { kind: "started", deploy: at("dep-1", 0), answerLost: false });
    assert.deepEqual(sent, [{ baseline: baselineOf([old]), sentAt }]);
    assert.deepEqual(steps, ["sending after 1 calls"]);
    assert.deepEqual(render.calls, ["list srv-1", `trigger srv-1 {"commitId":"${sha}"}`]);
  });

  it("leaves the time out where Render has not told it", async () => {
    const { render, sent, trigger } = setUp({ renderNow: () => undefined });
    render.lists.push([]);
    render.triggers.push({ kind: "queued" });
    assert.deepEqual(await trigger(), { kind: "queued" });
    assert.deepEqual(sent, [{ baseline: baselineOf([]) }]);
  });

  it("asks for a rollback, and for nothing else, where one is ordered", async () => {
    const { render, trigger } = setUp();
    const deploy = at("dep-9", 0, { trigger: "rollback" });
    render.lists.push([old]);
    render.rollbacks.push(deploy);
    const result = await trigger(anOrder({ body: {}, rollbackTo: aDeploy({ id: "dep-old" }) }));
    assert.deepEqual(result, { kind: "started", deploy, answerLost: false });
    assert.deepEqual(render.calls, ["list srv-1", "roll back srv-1 to dep-old"]);
  });

  it("does not take a deploy for absent while an entry of the list cannot be read", async () => {
    for (const odd of [0, 1]) {
      const { render, trigger, parts } = setUp();
      parts.render.listDeploys = (_id, _options, _signal, leftOut) => {
        if (odd > 0) leftOut?.([{ field: "deploy.id" }]);
        return Promise.resolve([old]);
      };
      render.triggers.push(lost);
      assert.equal((await trigger()).kind, odd > 0 ? "unclear" : "notStarted");
    }
  });

  it("sends nothing when the reading before fails", async () => {
    const { render, steps, trigger } = setUp();
    const failure = error("unavailable", true);
    render.lists.push(failure);
    assert.deepEqual(await trigger(), { kind: "notStarted", error: failure });
    assert.deepEqual([render.calls, steps], [["list srv-1"], []]);
  });

  it("sends nothing when everything ends before it is written down", async () => {
    const { render, parts, stop } = setUp();
    render.lists.push([]);
    const result = await triggerOnce(parts, anOrder(), {
      sending: () => {
        stop.abort();
        return Promise.resolve();
      },
      lookingUp: () => assert.fail("nothing was sent"),
    });
    assert.equal(result.kind, "notStarted");
    assert.deepEqual(render.calls, ["list srv-1"]);
  });

  for (const refused of [error("badRequest", false), error("dns", false), new Error("a bug")])
    it(`does not look after a ${refused.message}`, async () => {
      const { render, steps, trigger } = setUp();
      render.lists.push([]);
      render.triggers.push(refused);
      assert.deepEqual(await trigger(), { kind: "notStarted", error: refused });
      assert.equal(render.calls.length, 2);
      assert.deepEqual(steps, ["sending after 1 calls"]);
    });

  it("finds a rollback whose answer was lost among other people's deploys", async () => {
    const { render, steps, trigger } = setUp();
    const ours = at("dep-ours", 900, { trigger: "rollback" });
    render.lists.push([old], [at("dep-a", 1_000), at("dep-b", 700, { trigger: "new_commit" }), ours, old]);
    render.rollbacks.push(lost);
    const result = await trigger(anOrder({ body: {}, rollbackTo: aDeploy({ id: "dep-old" }) }));
    assert.deepEqual(result, { kind: "started", deploy: ours, answerLost: true });
    assert.deepEqual(steps, ["sending after 1 calls", "looking up"]);
    assert.equal(render.calls.filter(call => call.startsWith("roll back")).length, 1);
  });
});

describe("findTwin", () => {
  const baseline = baselineOf([old]);
  const look = async (
    readings: readonly (Deploy[] | Error)[],
    change: Partial<TriggerParts> = {},
    sent: SentTrigger = { baseline, sentAt },
    order: DeployOrder = anOrder(),
  ) => {
    const { render, clock, parts } = setUp(change);
    // Looked at once and five times more, as no answer came.
    render.lists.push(...[...readings, ...Array<Deploy[]>(6).fill([old])].slice(0, 6));
    return { result: await findTwin(parts, order, sent, lost), clock, calls: render.calls.length };
  };

  for (const [name, after, ours] of [
    ["in the moment of sending", 0, true],
    ["by a clock that is a little behind", -3_000, true],
    ["before it was sent", -3_001, false],
    ["by the time the client had surely given up", 93_000, true],
    ["long after", 93_001, false],
  ] as const)
    it(`${ours ? "takes" : "does not take"} a deploy that began ${name}`, async () => {
      const deploy = at("dep-new", after, { status: "live" });
      const { result } = await look([[deploy, old]].concat(Array<Deploy[]>(5).fill([deploy, old])));
      assert.equal(result.kind === "started" && result.deploy.id, ours ? "dep-new" : false);
    });

  it("takes a deploy of any time where Render's time was not known, and one without a time", async () => {
    const late = at("dep-new", 10_000_000);
    assert.equal((await look([[late, old]], {}, { baseline })).result.kind, "started");
    assert.equal((await look([[without(late, "createdAt"), old]])).result.kind, "started");
  });

  it("takes the oldest that does not belong to another order", async () => {
    const deploys = [at("dep-c", 300), at("dep-b", 200), at("dep-a", 100), old];
    const { result } = await look([deploys], { isTaken: ({ id }) => id === "dep-a" });
    assert.equal(result.kind === "started" && result.deploy.id, "dep-b");
  });

  it("looks again a few times, also after looks that failed, and tells that nothing began", async () => {
    const { result, clock, calls } = await look([
      [old],
      error("unavailable", true),
      ...Array<Deploy[]>(4).fill([old]),
    ]);
    assert.deepEqual(result, { kind: "notStarted", error: lost });
    assert.deepEqual([clock.slept, calls, clock.sleeping], [[2_000, 4_000, 8_000, 8_000, 8_000], 6, 0]);
  });

  const full = Array.from({ length: 20 }, (_, i) => at(`dep-${i}`, i, { trigger: "manual", status: "live" }));
  const cannotTell: readonly [name: string, readings: readonly (Deploy[] | Error)[], sent: SentTrigger][] = [
    [
      "the last look failed",
      [...Array<Deploy[]>(5).fill([old]), error("timeout", true)],
      { baseline, sentAt },
    ],
    ["something ran before", [], { baseline: { ...baseline, running: at("dep-r", -9_000) }, sentAt }],
    [
      "something runs now",
      Array<Deploy[]>(6).fill([at("dep-r", 0, { trigger: "new_commit" }), old]),
      { baseline, sentAt },
    ],
    ["the list no longer reaches back", Array<Deploy[]>(6).fill(full), { baseline, sentAt }],
  ];
  for (const [name, readings, sent] of cannotTell)
    it(`cannot tell when ${name}`, async () => {
      assert.deepEqual((await look(readings, {}, sent)).result, { kind: "unclear", error: lost });
    });

  it("does not claim that nothing began when it is ended before the last look", async () => {
    const stop = new AbortController();
    const clock = new FakeClock({ flowBelowMs: 0 });
    const { render, parts } = setUp({ clock, signal: stop.signal });
    render.lists.push([old]);
    const found = findTwin(parts, anOrder(), { baseline, sentAt }, lost);
    await clock.advance(1_000);
    stop.abort();
    assert.deepEqual(await found, { kind: "unclear", error: lost });
    assert.deepEqual([render.calls.length, clock.sleeping], [1, 0]);
  });
});
