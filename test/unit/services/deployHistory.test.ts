import assert from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import type { LeftOut } from "../../../src/render/client.js";
import type { Deploy } from "../../../src/render/shapes.js";
import { DeployHistory, historyLength } from "../../../src/services/deployHistory.js";
import { aDeploy } from "../../support/builders.js";

/** A Render whose lists arrive when the test says so. */
class HeldRender {
  readonly asked: {
    readonly limit: number;
    readonly signal: AbortSignal;
    readonly answer: PromiseWithResolvers;
  }[] = [];

  listDeploys(_serviceId: string, { limit }: { limit: number }, signal: AbortSignal): Promise<Deploy[]> {
    const answer = withResolvers();
    this.asked.push({ limit, signal, answer });
    return answer.promise;
  }

  give(deploys: Deploy[], which = -1): void {
    this.asked.at(which)?.answer.resolve(deploys);
  }

  fail(error: Error): void {
    this.asked.at(-1)?.answer.reject(error);
  }
}

interface PromiseWithResolvers {
  readonly promise: Promise<Deploy[]>;
  readonly resolve: (deploys: Deploy[]) => void;
  readonly reject: (error: Error) => void;
}

function withResolvers(): PromiseWithResolvers {
  let resolve: PromiseWithResolvers["resolve"] = () => undefined;
  let reject: PromiseWithResolvers["reject"] = () => undefined;
  const promise = new Promise<Deploy[]>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

function setUp() {
  const render = new HeldRender();
  const changes: string[] = [];
  const history = new DeployHistory(render, render, id => changes.push(id));
  return { render, changes, history };
}

const first = aDeploy({ id: "dep-1" });
const second = aDeploy({ id: "dep-2" });

describe("DeployHistory", () => {
  it("counts the deploys that were left out", async () => {
    const render = {
      odd: 1,
      listDeploys(_id: string, _options: object, _signal: AbortSignal, leftOut?: LeftOut): Promise<Deploy[]> {
        if (this.odd > 0) leftOut?.(Array.from({ length: this.odd }, () => ({ field: "deploy.id" })));
        return Promise.resolve([first]);
      },
    };
    const history = new DeployHistory(render, render, () => undefined);
    await history.load("srv-1");
    assert.deepEqual(history.of("srv-1"), { deploys: [first], complete: true, loading: false, unread: 1 });
    render.odd = historyLength;
    await history.load("srv-1");
    assert.equal(history.of("srv-1")?.unread, historyLength);
    render.odd = 0;
    await history.refresh("srv-1");
    assert.deepEqual(history.of("srv-1"), { deploys: [first], complete: true, loading: false });
  });

  it("asks for nothing by itself", () => {
    const { render, history } = setUp();
    assert.equal(history.of("srv-1"), undefined);
    assert.deepEqual(render.asked, []);
  });

  it("reads the last deploys of a service and tells each change", async () => {
    const { render, changes, history } = setUp();
    const loaded = history.load("srv-1");
    assert.deepEqual(history.of("srv-1"), { deploys: [], complete: false, loading: true });
    assert.equal(render.asked[0]?.limit, historyLength);
    render.give([first]);
    await loaded;
    assert.deepEqual(history.of("srv-1"), { deploys: [first], complete: true, loading: false });
    assert.deepEqual(changes, ["srv-1", "srv-1"]);
  });

  it("keeps what is live, however many failed after it", async () => {
    const { render, history } = setUp();
    const failed = Array.from({ length: 30 }, (_, index) =>
      aDeploy({ id: `dep-${index}`, status: "build_failed" }),
    );
    const live = aDeploy({ id: "dep-live", status: "live" });
    const loaded = history.load("srv-1");
    render.give(failed.slice(0, historyLength));
    await turn();
    assert.equal(render.asked[1]?.limit, 100);
    render.give([...failed, live]);
    await loaded;
    assert.deepEqual(history.of("srv-1")?.deploys, [...failed.slice(0, historyLength), live]);
    const next = aDeploy({ id: "dep-next" });
    history.note("srv-1", next);
    assert.deepEqual(history.of("srv-1")?.deploys, [next, ...failed.slice(0, historyLength - 1), live]);
  });

  it("joins a reading of the same service, and reads another service beside it", async () => {
    const { render, history } = setUp();
    const loads = [history.load("srv-1"), history.load("srv-1"), history.load("srv-2")];
    assert.equal(loads[0], loads[1]);
    assert.equal(render.asked.length, 2);
    render.give([first], 0);
    render.give([second], 1);
    await Promise.all(loads);
    assert.deepEqual(history.of("srv-2")?.deploys, [second]);
    void history.load("srv-1");
    assert.equal(render.asked.length, 3);
  });

  it("keeps what was read before when reading again fails, and forgets the error afterwards", async () => {
    const { render, history } = setUp();
    const load = async (answer: () => void): Promise<void> => {
      const loaded = history.load("srv-1");
      answer();
      await loaded;
    };
    const error = new Error("offline");
    await load(() => {
      render.fail(error);
    });
    assert.deepEqual(history.of("srv-1"), { deploys: [], complete: false, loading: false, error });
    await load(() => {
      render.give([first]);
    });
    await load(() => {
      render.fail(error);
    });
    assert.deepEqual(history.of("srv-1"), { deploys: [first], complete: true, loading: false, error });
    await load(() => {
      render.give([second]);
    });
    assert.deepEqual(history.of("srv-1"), { deploys: [second], complete: true, loading: false });
  });

  it("puts a newer reading of a deploy in its place, and a new deploy on top", async () => {
    const { render, history } = setUp();
    const loaded = history.load("srv-1");
    render.give([first]);
    await loaded;
    const ended = { ...first, status: "live" };
    history.note("srv-1", ended);
    history.note("srv-1", second);
    assert.deepEqual(history.of("srv-1")?.deploys, [second, ended]);
  });

  it("puts a deploy that it did not know where its time belongs", async () => {
    const { render, history } = setUp();
    const [older, running, newest] = [1_000, 2_000, 3_000].map(createdAt =>
      aDeploy({ id: `dep-${createdAt}`, createdAt }),
    );
    assert.ok(older && running && newest);
    const loaded = history.load("srv-1");
    render.give([newest, older]);
    await loaded;
    history.note("srv-1", running);
    assert.deepEqual(history.of("srv-1")?.deploys, [newest, running, older]);
    const oldest = aDeploy({ id: "dep-0", createdAt: 500 });
    history.note("srv-1", oldest);
    assert.deepEqual(history.of("srv-1")?.deploys, [newest, running, older, oldest]);
  });

  it("notes no more than it shows, also of a service that was never read", () => {
    const { history, changes } = setUp();
    for (let i = 0; i < historyLength + 3; i += 1) history.note("srv-1", aDeploy({ id: `dep-${i}` }));
    const known = history.of("srv-1");
    assert.equal(known?.deploys.length, historyLength);
    assert.equal(known.deploys[0]?.id, `dep-${historyLength + 2}`);
    assert.equal(known.complete, false);
    assert.equal(changes.length, historyLength + 3);
  });

  it("keeps what was noted while a reading failed", async () => {
    const { render, history } = setUp();
    const loaded = history.load("srv-1");
    history.note("srv-1", first);
    render.fail(new Error("offline"));
    await loaded;
    assert.deepEqual(history.of("srv-1")?.deploys, [first]);
  });

  it("forgets everything when cleared, also what is still under way, and can read anew at once", async () => {
    const { render, history } = setUp();
    const given = history.load("srv-1");
    history.clear();
    assert.equal(render.asked[0]?.signal.aborted, true);
    const anew = history.load("srv-1");
    assert.equal(render.asked.length, 2);
    render.give([first], 0);
    await given;
    assert.deepEqual(history.of("srv-1"), { deploys: [], complete: false, loading: true });
    assert.equal(history.load("srv-1"), anew);
    render.give([second], 1);
    await anew;
    assert.deepEqual(history.of("srv-1")?.deploys, [second]);
  });

  for (const ending of ["give", "fail"] as const)
    it(`tells nothing more once disposed, whatever comes (${ending})`, async () => {
      const { render, changes, history } = setUp();
      const loaded = history.load("srv-1");
      history.dispose();
      const told = changes.length;
      if (ending === "give") render.give([first]);
      else render.fail(new Error("offline"));
      await loaded;
      assert.equal(changes.length, told);
    });

  it("is refreshed without a word while it is read, and keeps what it had when that fails", async () => {
    const { render, changes, history } = setUp();
    const loaded = history.load("srv-1");
    render.give([first]);
    await loaded;
    const refreshed = history.refresh("srv-1");
    assert.equal(changes.length, 2);
    render.give([second, first]);
    await refreshed;
    assert.deepEqual(history.of("srv-1"), { deploys: [second, first], complete: true, loading: false });
    const failed = history.refresh("srv-1");
    render.fail(new Error("offline"));
    await failed;
    assert.deepEqual(history.of("srv-1")?.deploys, [second, first]);
    assert.equal(changes.length, 3);
  });
});
