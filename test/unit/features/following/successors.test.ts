import assert from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import type { FollowedDeploy } from "../../../../src/features/following/followedDeploy.js";
import { AwaitedDeploys } from "../../../../src/features/following/ledger/awaitedDeploys.js";
import { Successors, type SuccessorsParts } from "../../../../src/features/following/successors.js";
import type { ServiceEvent } from "../../../../src/render/eventShapes.js";
import { RenderError } from "../../../../src/render/errors.js";
import type { Deploy } from "../../../../src/render/shapes.js";
import {
  aDeploy,
  aFollowedDeploy,
  anImageService,
  anOrder,
  aService,
  sha,
} from "../../../support/builders.js";
import { FakeClock } from "../../../support/fakeClock.js";
import { MemoryNotes } from "../../../support/memoryNotes.js";
import { trackerBench } from "../../../support/trackerBench.js";
import { without } from "../../../support/without.js";

const other = "b".repeat(40);
const { signal } = new AbortController();

/** A deploy of a colleague's, which is made in the Dashboard. */
const colleagues = (id: string, change: Partial<Deploy> = {}): Deploy =>
  aDeploy({
    id,
    trigger: "manual",
    commit: { id: other, message: "Dim the lamp" },
    createdAt: 5_000,
    ...change,
  });

function bench(change: Partial<SuccessorsParts> = {}) {
  const made = trackerBench();
  const successors = new Successors({
    tracker: made.tracker,
    written: () => Promise.resolve([]),
    claim: () => Promise.resolve(true),
    serviceOf: () => undefined,
    signal,
    ...change,
  });
  made.tracker.tell(successors);
  return { ...made, successors };
}

/** Two windows of a person. */
function claims() {
  const parts = { notes: new MemoryNotes(), clock: new FakeClock({ now: 0, flowBelowMs: 0 }) };
  return { one: new AwaitedDeploys(parts), two: new AwaitedDeploys(parts) };
}

type Bench = ReturnType<typeof bench>;

/** Has what is under way done, and gives what ended, by the ids of the deploys. */
async function ends({ sink, tracker }: Bench): Promise<string[]> {
  for (let turns = 0, quiet = 0; quiet < 20; turns += 1) {
    await turn();
    quiet = tracker.running.length === 0 ? quiet + 1 : 0;
    assert.ok(turns < 10_000, "it does not end");
  }
  return sink.told.flatMap(({ stage }) =>
    stage.kind === "ended" ? `${stage.deploy.id} ${stage.outcome}` : [],
  );
}

const ended = (id: string, newDeployId?: string): ServiceEvent => ({
  id: `evt-${id}`,
  type: "deploy_ended",
  deployId: id,
  ...(newDeployId !== undefined && { newDeployId }),
});

describe("Successors", () => {
  it("follow the deploy that took the place of one's own to its end, and send nothing", async () => {
    const made = bench();
    const { render, tracker, sink } = made;
    render.lists.push([], [colleagues("dep-2"), aDeploy({ status: "canceled" })]);
    render.triggers.push({ kind: "created", deploy: aDeploy() });
    render.deploys.push(aDeploy({ status: "canceled" }), colleagues("dep-2", { status: "live" }));
    await tracker.start(anOrder());
    assert.deepEqual(await ends(made), ["dep-1 canceled", "dep-2 live"]);
    assert.equal(render.calls.filter(call => call.startsWith("trigger")).length, 1);
    const { order, sent } = sink.told.at(-1) ?? aFollowedDeploy();
    assert.deepEqual(
      [order.what, order.askedBy, order.batch, sent],
      ["bbbbbbb Dim the lamp", "Dashboard, in place of the deploy before", undefined, undefined],
    );
  });

  it("follow a chain of three to its end, each told once", async () => {
    const made = bench();
    const { render, tracker } = made;
    const [two, three] = [colleagues("dep-2"), colleagues("dep-3", { createdAt: 9_000 })];
    render.happened.push(ended("dep-1", "dep-2"), ended("dep-2", "dep-3"));
    const list = [three, two, aDeploy()];
    render.lists.push([], list, list);
    render.triggers.push({ kind: "created", deploy: aDeploy() });
    render.deploys.push(
      aDeploy({ status: "canceled" }),
      { ...two, status: "canceled" },
      { ...three, status: "live" },
    );
    await tracker.start(anOrder());
    assert.deepEqual(await ends(made), ["dep-1 canceled", "dep-2 canceled", "dep-3 live"]);
  });

  it("follow what Render went on with where one's own was skipped", async () => {
    const made = bench();
    const { render, tracker } = made;
    render.lists.push([], [colleagues("dep-2", { status: "live", createdAt: 12_000 })]);
    render.triggers.push({ kind: "queued" });
    await tracker.start(anOrder());
    assert.deepEqual(await ends(made), ["dep-2 live"]);
    assert.deepEqual(made.sink.told.filter(({ stage }) => stage.kind === "lost").length, 1);
  });

  it("of a service with an image stand for its image, should the person ask for it again", async () => {
    const service = anImageService();
    const made = bench({ serviceOf: () => service });
    const later = without(
      colleagues("dep-2", { status: "live", image: { ref: "ghcr.io/harbor-labs/thumbs:1.5" } }),
      "commit",
    );
    const stage = {
      kind: "ended",
      outcome: "canceled",
      deploy: aDeploy({ status: "canceled" }),
      replacedBy: later,
    } as const;
    made.successors.deployChanged(aFollowedDeploy({ stage }));
    await ends(made);
    assert.deepEqual(made.sink.told.at(-1)?.order.body, { imageUrl: "ghcr.io/harbor-labs/thumbs:1.5" });
  });

  describe("are left alone", () => {
    const later = colleagues("dep-2");
    const replaced = aFollowedDeploy({
      stage: {
        kind: "ended",
        outcome: "canceled",
        deploy: aDeploy({ status: "canceled" }),
        replacedBy: later,
      },
    });
    const followed = async (change: Partial<SuccessorsParts>): Promise<string[]> => {
      const made = bench(change);
      made.render.deploys.push({ ...later, status: "live" });
      made.successors.deployChanged(replaced);
      return ends(made);
    };
    const written = (each: FollowedDeploy): Partial<SuccessorsParts> => ({
      written: () => Promise.resolve([each]),
    });
    const sent = { baseline: { ids: ["dep-1"], newest: 1_000 } };
    const asked = anOrder({ body: { commitId: other } });

    it("only for a reason", async () => {
      assert.deepEqual(await followed({}), ["dep-2 live"]);
    });

    for (const [why, change] of [
      [
        "where a window follows them",
        written(aFollowedDeploy({ stage: { kind: "following", deploy: later } })),
      ],
      ["where another window was the first to ask", { claim: () => Promise.resolve(false) }],
      ["when the window has closed", { signal: AbortSignal.abort() }],
    ] as const)
      it(why, async () => {
        assert.deepEqual(await followed(change), []);
      });

    it("where they were followed here and have ended already", async () => {
      const { one } = claims();
      const made = bench({ claim: (id, deploy) => one.claimDeploy(id, deploy) });
      const live = { ...later, status: "live" };
      const stage = { kind: "ended", outcome: "live", deploy: live } as const;
      made.successors.deployChanged(aFollowedDeploy({ stage: { kind: "following", deploy: live } }));
      made.successors.deployChanged(aFollowedDeploy({ stage }), aFollowedDeploy());
      made.successors.deployChanged(replaced);
      assert.deepEqual(await ends(made), []);
    });

    it("where they may be what a window has sent and not found yet", async () => {
      const api = { ...later, trigger: "api" };
      const queued = aFollowedDeploy({ order: asked, stage: { kind: "queued" }, steps: [], sent });
      const made = bench(written(queued));
      made.successors.deployChanged({
        ...replaced,
        stage: { kind: "ended", outcome: "canceled", deploy: aDeploy(), replacedBy: api },
      });
      assert.deepEqual(await ends(made), []);
    });

    it("where they may be the automatic deploy that a window waits for", async () => {
      const automatic = { commitId: other, when: "commit", since: 0, isConfirmed: true } as const;
      const order = anOrder({ body: { commitId: other }, automatic });
      assert.deepEqual(await followed(written(aFollowedDeploy({ order, stage: { kind: "awaited" } }))), []);
    });

    for (const [why, each] of [
      ["was sent after they had begun", { sent: { baseline: { ids: ["dep-2"], newest: 1_000 } } }],
      ["is of another service", { order: { ...asked, service: aService({ id: "srv-2" }) } }],
      ["is of another commit", { order: anOrder({ body: { commitId: sha } }) }],
    ] as const)
      it(`but not for what a window has sent and ${why}`, async () => {
        const queued = aFollowedDeploy({ order: asked, stage: { kind: "queued" }, steps: [], sent, ...each });
        assert.deepEqual(await followed(written(queued)), ["dep-2 live"]);
      });
  });

  it("are not there where a deploy ended otherwise", async () => {
    const made = bench();
    const deploy = aDeploy({ status: "canceled" });
    made.successors.deployChanged(aFollowedDeploy({ stage: { kind: "ended", outcome: "canceled", deploy } }));
    made.successors.deployChanged(aFollowedDeploy({ stage: { kind: "lost", reason: { kind: "stopped" } } }));
    assert.deepEqual(await ends(made), []);
  });
});

describe("which deploy took the place of a canceled one", () => {
  async function replacedBy(events: ServiceEvent[], lists: Deploy[][], ...deploys: Deploy[]) {
    const made = bench();
    const { render, tracker, sink } = made;
    render.happened.push(...events);
    render.lists.push([], ...lists);
    render.triggers.push({ kind: "created", deploy: aDeploy() });
    render.deploys.push(aDeploy({ status: "canceled" }), ...deploys);
    await tracker.start(anOrder());
    await ends(made);
    const end = sink.told.find(({ stage }) => stage.kind === "ended")?.stage;
    return end?.kind === "ended" ? end.replacedBy?.id : "not over";
  }
  const list = [colleagues("dep-3", { createdAt: 9_000 }), colleagues("dep-2"), aDeploy()];
  const live = (id: string): Deploy => colleagues(id, { status: "live" });

  it("is certain where Render names it", async () => {
    assert.equal(await replacedBy([ended("dep-1", "dep-3")], [list], live("dep-3")), "dep-3");
  });

  it("is read by itself where it is not among the last ones", async () => {
    assert.equal(await replacedBy([ended("dep-1", "dep-9")], [list], live("dep-9"), live("dep-9")), "dep-9");
  });

  it("is followed by its name alone where Render does not show it yet", async () => {
    const made = bench();
    const { render, tracker } = made;
    render.happened.push(ended("dep-1", "dep-9"));
    render.lists.push([], [aDeploy()], [aDeploy()]);
    render.triggers.push({ kind: "created", deploy: aDeploy() });
    const gone = new RenderError("notFound", { method: "GET", path: "/services/srv-1/deploys/dep-9" });
    render.deploys.push(aDeploy({ status: "canceled" }), gone, gone, live("dep-9"));
    await tracker.start(anOrder());
    assert.deepEqual(await ends(made), ["dep-1 canceled", "dep-9 live"]);
  });

  it("is likely the next one where Render's events do not tell yet", async () => {
    assert.equal(await replacedBy([ended("dep-0", "dep-3")], [list], live("dep-2")), "dep-2");
  });

  it("is the next one where Render names only its build", async () => {
    const event = { ...ended("dep-1"), newBuildId: "bld-2" };
    assert.equal(await replacedBy([event], [list], live("dep-2")), "dep-2");
  });

  it("is waited for eight seconds at most: the end itself is known", async () => {
    const made = bench();
    const { render, tracker, clock, sink } = made;
    render.events = async function* () {
      yield await new Promise<never>(() => undefined);
    };
    render.lists.push([], list);
    render.triggers.push({ kind: "created", deploy: aDeploy() });
    render.deploys.push(aDeploy({ status: "canceled" }));
    await tracker.start(anOrder());
    assert.deepEqual(await ends(made), ["dep-1 canceled"]);
    assert.equal(clock.slept.at(-1), 8_000);
    const { stage } = sink.told.at(-1) ?? aFollowedDeploy();
    assert.equal("replacedBy" in stage, false);
  });

  it("is none where Render says how it ended and names none: somebody canceled it", async () => {
    assert.equal(await replacedBy([ended("dep-1")], [list]), undefined);
  });
});

describe("AwaitedDeploys, of a deploy that nobody here asked for", () => {
  const pushed = colleagues("dep-2", { trigger: "new_commit" });

  it("gives it to one window", async () => {
    const { one, two } = claims();
    assert.deepEqual(
      await Promise.all([one.claimDeploy("srv-1", pushed), two.claimDeploy("srv-1", pushed)]).then(all =>
        all.filter(Boolean),
      ),
      [true],
    );
    assert.equal(await two.claimDeploy("srv-1", { ...pushed, id: "dep-3", trigger: "manual" }), true);
  });

  it("leaves it to whoever waits for, or follows, the push of its commit", async () => {
    const { one, two } = claims();
    await one.claim("srv-1", other);
    assert.equal(await two.claimDeploy("srv-1", pushed), false);
    assert.equal(await two.claimDeploy("srv-1", { ...pushed, trigger: "manual" }), true);
  });
});
