import assert from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import fc from "fast-check";
import {
  DeployBatch,
  isWaiting,
  retriable,
  wentLive,
  type BatchMode,
} from "../../../../src/features/batch/batch.js";
import {
  isOver,
  type DeployOrder,
  type DeployStage,
  type FollowedDeploy,
} from "../../../../src/features/following/followedDeploy.js";
import { RenderError } from "../../../../src/render/errors.js";
import { aDeploy, aFollowedDeploy, anOrder, aService, sha } from "../../../support/builders.js";

const error = new RenderError("conflict", { method: "POST", path: "/services/srv-1/deploys" });

type End = "live" | "replaced" | "failed" | "canceled" | "notStarted" | "unclear" | "lost";

function stageOf(end: End): DeployStage {
  switch (end) {
    case "live":
    case "replaced":
    case "failed":
    case "canceled":
      return { kind: "ended", deploy: aDeploy(), outcome: end };
    case "notStarted":
    case "unclear":
      return { kind: end, error };
    case "lost":
      return { kind: "lost", reason: { kind: "timeLimit" } };
  }
}

function orderOf(number: number): DeployOrder {
  return anOrder({ service: aService({ id: `srv-${number}`, name: `service-${number}` }) });
}

const automatic = { commitId: sha, when: "commit", since: 0, isConfirmed: true } as const;
const missing: DeployStage = { kind: "lost", reason: { kind: "automaticMissing" } };

/** Stands for the tracker: starts what the batch asks for, and ends it when the test says so. */
class Deploying {
  /** What was sent. What Render begins by itself is not. */
  readonly started: string[] = [];
  readonly givenUp: string[] = [];
  readonly #running = new Map<string, FollowedDeploy>();
  readonly batch: DeployBatch;
  changes = 0;
  most = 0;

  /** @param pushed the ids of those that Render begins by itself */
  constructor(count: number, mode: BatchMode, pushed: readonly string[] = []) {
    this.batch = new DeployBatch({
      id: "batch-1",
      orders: Array.from({ length: count }, (_, number) => orderOf(number)).map(order =>
        pushed.includes(order.service.id) ? { ...order, automatic } : order,
      ),
      mode,
      start: async order => {
        const { id } = order.service;
        const isAwaited = order.automatic !== undefined && order.automatic.isOverdue !== true;
        if (!isAwaited) this.started.push(id);
        const key = `key-${id}`;
        const stage: DeployStage = { kind: isAwaited ? "awaited" : "sending" };
        const followed = aFollowedDeploy({ key, order, stage });
        this.#running.set(id, followed);
        this.most = Math.max(this.most, this.#running.size);
        this.batch.deployChanged(followed);
        await turn();
        return this.#running.get(id) ?? { ...followed, stage: stageOf("notStarted") };
      },
      giveUp: async key => {
        const id = key.replace("key-", "");
        this.givenUp.push(id);
        await this.end(id, missing);
      },
      changed: () => {
        this.changes += 1;
      },
    });
  }

  get running(): string[] {
    return [...this.#running.keys()];
  }

  async end(id: string, stage: DeployStage): Promise<void> {
    const followed = this.#running.get(id);
    assert.ok(followed, id);
    this.#running.delete(id);
    this.batch.deployChanged({ ...followed, stage });
    await turn();
  }

  /** Render has not made it in its time. */
  async overdue(id: string): Promise<void> {
    const followed = this.#running.get(id);
    assert.ok(followed, id);
    this.batch.deployChanged({ ...followed, stage: { kind: "awaited", isOverdue: true } });
    await turn();
  }

  /** Ends all, oldest first, as the ends say by the number of the service; live where they say nothing. */
  async endAll(ends: readonly End[] = []): Promise<void> {
    await turn();
    for (let [id] = this.running; id !== undefined; [id] = this.running) {
      await this.end(id, stageOf(ends[Number(id.replace("srv-", ""))] ?? "live"));
      await turn();
    }
  }
}

describe("DeployBatch", () => {
  it("in order: starts the next when the one before is over, never two at once", async () => {
    const deploying = new Deploying(3, "stopAtFailure");
    const done = deploying.batch.run();
    await turn();
    assert.deepEqual(deploying.started, ["srv-0"]);
    await deploying.endAll();
    const { members, isCanceled } = await done;
    assert.deepEqual(deploying.started, ["srv-0", "srv-1", "srv-2"]);
    assert.equal(deploying.most, 1);
    assert.ok(!isCanceled && members.every(({ followed }) => followed && wentLive(followed)));
  });

  for (const end of ["failed", "canceled", "notStarted", "unclear", "lost"] as const)
    it(`stops after one that is ${end}, where that was chosen`, async () => {
      const deploying = new Deploying(3, "stopAtFailure");
      const done = deploying.batch.run();
      await deploying.endAll(["live", end]);
      const { members } = await done;
      assert.deepEqual(deploying.started, ["srv-0", "srv-1"]);
      assert.equal(members[2]?.followed, undefined);
    });

  it("counts one that a later deploy has replaced as live", async () => {
    const deploying = new Deploying(2, "stopAtFailure");
    const done = deploying.batch.run();
    await deploying.endAll(["replaced"]);
    await done;
    assert.deepEqual(deploying.started, ["srv-0", "srv-1"]);
  });

  it("goes on after a failure, where that was chosen", async () => {
    const deploying = new Deploying(3, "goOn");
    const done = deploying.batch.run();
    await deploying.endAll(["failed", "notStarted"]);
    await done;
    assert.equal(deploying.started.length, 3);
    assert.equal(deploying.most, 1);
  });

  it("together: starts all at once", async () => {
    const deploying = new Deploying(3, "together");
    const done = deploying.batch.run();
    await turn();
    assert.equal(deploying.running.length, 3);
    await deploying.endAll(["failed"]);
    assert.equal((await done).members.filter(({ followed }) => followed && isOver(followed)).length, 3);
  });

  it("canceled: starts no more, and waits for what runs", async () => {
    const deploying = new Deploying(3, "goOn");
    const done = deploying.batch.run();
    await turn();
    deploying.batch.cancel();
    assert.ok(deploying.batch.state.isCanceled);
    assert.deepEqual(deploying.running, ["srv-0"]);
    await deploying.endAll();
    const { members } = await done;
    assert.deepEqual(deploying.started, ["srv-0"]);
    assert.ok(members[0]?.followed && wentLive(members[0].followed));
  });

  it("starts no more once there is no API key", async () => {
    const deploying = new Deploying(3, "goOn");
    const done = deploying.batch.run();
    await turn();
    await deploying.end("srv-0", { kind: "lost", reason: { kind: "signedOut" } });
    assert.ok((await done).isCanceled);
    assert.deepEqual(deploying.started, ["srv-0"]);
  });

  it("starts no more once another window has taken over what runs, as that one tells what is not started", async () => {
    const deploying = new Deploying(3, "goOn");
    const done = deploying.batch.run();
    await turn();
    await deploying.end("srv-0", { kind: "lost", reason: { kind: "elsewhere" } });
    assert.ok((await done).isCanceled);
    assert.deepEqual(deploying.started, ["srv-0"]);
  });

  it("sends nothing for what Render begins by itself, and what comes after it waits for its end", async () => {
    const deploying = new Deploying(3, "stopAtFailure", ["srv-0", "srv-2"]);
    const done = deploying.batch.run();
    await turn();
    assert.deepEqual(
      deploying.batch.state.members.map(({ followed }) => followed?.stage.kind),
      ["awaited", undefined, "awaited"],
    );
    await deploying.end("srv-2", stageOf("live"));
    assert.deepEqual(deploying.started, []);
    await deploying.end("srv-0", stageOf("live"));
    assert.deepEqual(deploying.started, ["srv-1"]);
    await deploying.endAll();
    const { members } = await done;
    assert.ok(members.every(({ followed }) => followed && wentLive(followed)));
  });

  it("stops in order after an automatic deploy that failed, and still tells the others of Render's", async () => {
    const deploying = new Deploying(3, "stopAtFailure", ["srv-0", "srv-2"]);
    const done = deploying.batch.run();
    await turn();
    await deploying.end("srv-0", stageOf("failed"));
    await deploying.end("srv-2", stageOf("live"));
    const { members } = await done;
    assert.deepEqual(deploying.started, []);
    assert.deepEqual(
      members.map(each => isWaiting(each)),
      [false, true, false],
    );
  });

  for (const mode of ["stopAtFailure", "goOn", "together"] as const)
    it(`${mode}: sends, once, what Render does not begin by itself in time`, async () => {
      const deploying = new Deploying(1, mode, ["srv-0"]);
      const done = deploying.batch.run();
      await turn();
      await deploying.overdue("srv-0");
      assert.deepEqual(deploying.started, ["srv-0"]);
      await deploying.endAll();
      const { members } = await done;
      assert.deepEqual(deploying.started, ["srv-0"]);
      assert.ok(members[0]?.followed && wentLive(members[0].followed));
    });

  it("in order: sends what Render does not begin only when its turn has come", async () => {
    const deploying = new Deploying(3, "stopAtFailure", ["srv-1"]);
    const done = deploying.batch.run();
    await turn();
    await deploying.overdue("srv-1");
    assert.deepEqual(deploying.started, ["srv-0"]);
    assert.deepEqual(
      deploying.batch.state.members.map(each => isWaiting(each)),
      [false, true, true],
    );
    await deploying.end("srv-0", stageOf("live"));
    assert.deepEqual(deploying.started, ["srv-0", "srv-1"]);
    await deploying.endAll();
    await done;
    assert.deepEqual(deploying.started, ["srv-0", "srv-1", "srv-2"]);
  });

  it("sends nothing in its place after a failure before it, and names it for another try", async () => {
    const deploying = new Deploying(2, "stopAtFailure", ["srv-1"]);
    const done = deploying.batch.run();
    await turn();
    await deploying.overdue("srv-1");
    await deploying.end("srv-0", stageOf("failed"));
    const state = await done;
    assert.deepEqual(deploying.started, ["srv-0"]);
    assert.deepEqual(deploying.givenUp, ["srv-1"]);
    assert.deepEqual(
      state.members.map(each => isWaiting(each)),
      [false, true],
    );
    assert.equal(retriable(state).length, 2);
  });

  it("sends nothing in its place after a time in which nobody looked", async () => {
    const deploying = new Deploying(1, "together", ["srv-0"]);
    const done = deploying.batch.run();
    await turn();
    await deploying.end("srv-0", missing);
    await done;
    assert.deepEqual(deploying.started, []);
  });

  it("canceled while Render's deploy is awaited: sends nothing in its place", async () => {
    const deploying = new Deploying(1, "together", ["srv-0"]);
    const done = deploying.batch.run();
    await turn();
    deploying.batch.cancel();
    await deploying.overdue("srv-0");
    await done;
    assert.deepEqual(deploying.started, []);
    assert.deepEqual(deploying.givenUp, ["srv-0"]);
  });

  it("tells each change, and nothing of the deploys of others", async () => {
    const deploying = new Deploying(1, "together");
    const done = deploying.batch.run();
    await turn();
    const before = deploying.changes;
    deploying.batch.deployChanged(aFollowedDeploy({ key: "other", order: orderOf(0) }));
    assert.equal(deploying.changes, before);
    const first = deploying.batch.state.members[0]?.followed;
    assert.equal(first?.order.batch, "batch-1");
    deploying.batch.deployChanged({ ...first, stage: { kind: "following", deploy: aDeploy() } });
    assert.equal(deploying.batch.state.members[0]?.followed?.stage.kind, "following");
    assert.ok(deploying.changes > before);
    await deploying.endAll();
    await done;
  });

  it("joins an equal order that is being sent already, even if it ends at once", async () => {
    const theirs = aFollowedDeploy({ key: "theirs", order: orderOf(0) });
    const batch: DeployBatch = new DeployBatch({
      id: "batch-1",
      orders: [orderOf(0)],
      mode: "stopAtFailure",
      start: async () => {
        batch.deployChanged({ ...theirs, stage: stageOf("live") });
        return theirs;
      },
      giveUp: () => Promise.resolve(),
      changed: () => undefined,
    });
    const { members } = await batch.run();
    assert.ok(members[0]?.followed && wentLive(members[0].followed));
  });

  it("starts each at most once, whatever happens, and keeps to its mode", async () => {
    const end = fc.constantFrom<End>(
      "live",
      "replaced",
      "failed",
      "canceled",
      "notStarted",
      "unclear",
      "lost",
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<BatchMode>("stopAtFailure", "goOn", "together"),
        fc.array(end, { minLength: 1, maxLength: 6 }),
        fc.option(fc.nat(6), { nil: undefined }),
        async (mode, ends, cancelAfter) => {
          const deploying = new Deploying(ends.length, mode);
          const done = deploying.batch.run();
          await turn();
          for (let [id] = deploying.running, ended = 0; id !== undefined; [id] = deploying.running) {
            if (ended === cancelAfter) deploying.batch.cancel();
            await deploying.end(id, stageOf(ends[Number(id.replace("srv-", ""))] ?? "live"));
            await turn();
            ended += 1;
          }
          const { members } = await done;
          const { started } = deploying;
          assert.equal(new Set(started).size, started.length);
          assert.deepEqual(
            started,
            members.filter(({ followed }) => followed).map(({ order }) => order.service.id),
          );
          if (mode === "together") assert.equal(started.length, ends.length);
          else assert.equal(deploying.most, 1);
          const firstBad = ends.findIndex(each => each !== "live" && each !== "replaced");
          if (mode === "stopAtFailure" && firstBad >= 0) assert.ok(started.length <= firstBad + 1);
          if (mode !== "together" && cancelAfter !== undefined) assert.ok(started.length <= cancelAfter + 1);
          assert.ok(members.every(({ followed }) => !followed || isOver(followed)));
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe("retriable", () => {
  for (const [end, again] of [
    ["live", false],
    ["replaced", false],
    ["failed", true],
    ["canceled", true],
    ["notStarted", true],
    ["unclear", false],
    ["lost", false],
  ] as const)
    it(`${again ? "names" : "does not name"} one that is ${end}`, () => {
      const member = { order: orderOf(0), followed: aFollowedDeploy({ stage: stageOf(end) }) };
      assert.equal(retriable({ members: [member], isCanceled: false }).length, again ? 1 : 0);
    });

  it("names what was not started", () => {
    assert.equal(retriable({ members: [{ order: orderOf(0) }], isCanceled: false }).length, 1);
  });

  for (const [mode, next] of [
    ["stopAtFailure", [["srv-1", "srv-2"], ["srv-2"], undefined]],
    ["goOn", [["srv-1", "srv-2"], ["srv-2"], undefined]],
    ["together", [undefined, undefined, undefined]],
  ] as const)
    it(`${mode}: each order says what nothing would start without the window`, () => {
      const { members } = new Deploying(3, mode).batch.state;
      assert.deepEqual(
        members.map(({ order }) => order.next?.map(({ id }) => id)),
        next,
      );
    });

  it("what Render begins by itself needs no window", () => {
    const { members } = new Deploying(3, "goOn", ["srv-1"]).batch.state;
    assert.deepEqual(
      members.map(({ order }) => order.next?.map(({ id }) => id)),
      [["srv-2"], ["srv-2"], undefined],
    );
  });
});
