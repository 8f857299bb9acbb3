import assert from "node:assert/strict";
import { AwaitedDeploys } from "../../../../src/features/following/ledger/awaitedDeploys.js";
import type { DeployOrder, FollowedDeploy } from "../../../../src/features/following/followedDeploy.js";
import { PushFollower } from "../../../../src/features/followPushes/pushFollower.js";
import { undeployedNotice } from "../../../../src/features/followPushes/pushTexts.js";
import { RenderError } from "../../../../src/render/errors.js";
import type { Deploy, Service } from "../../../../src/render/shapes.js";
import { aPush } from "../../../support/aPush.js";
import { aDeploy, aFollowedDeploy, aService, RecordingLog, sha } from "../../../support/builders.js";
import { MemoryNotes } from "../../../support/memoryNotes.js";
import { FakeClock } from "../../../support/fakeClock.js";

const api = aService({ id: "srv-1", name: "harbor-api" });
const web = aService({ id: "srv-2", name: "harbor-web" });
const nightly = aService({ id: "crn-3", name: "harbor-nightly", type: "cron_job" });
const slow = aService({ id: "srv-4", name: "harbor-docs", autoDeploy: "checksPass" });

/** A follower with a Render that has the deploys of these services, and everything it did. */
class Bench {
  readonly clock = new FakeClock({ now: 110_000, flowBelowMs: 0 });
  readonly awaited: AwaitedDeploys;
  readonly log = new RecordingLog();
  readonly followed: { order: DeployOrder; deploy: Deploy }[] = [];
  readonly told: string[] = [];
  readonly deploys = new Map<string, Deploy[] | RenderError>();
  readonly asked: string[] = [];
  readonly follower: PushFollower;

  constructor(services: readonly Service[], notes = new MemoryNotes()) {
    this.awaited = new AwaitedDeploys({ notes, clock: this.clock });
    this.follower = new PushFollower({
      watch: {
        getService: id => Promise.resolve(services.find(each => each.id === id) ?? aService()),
        listDeploys: id => {
          this.asked.push(id);
          const found = this.deploys.get(id) ?? [];
          return found instanceof RenderError ? Promise.reject(found) : Promise.resolve(found);
        },
        async *events() {
          yield await Promise.resolve([]);
        },
      },
      clock: this.clock,
      renderNow: () => undefined,
      tracker: {
        followExisting: (order, deploy): FollowedDeploy => {
          this.followed.push({ order, deploy });
          return aFollowedDeploy({ order });
        },
      },
      place: () => ({ workspace: "Harbor Labs", isProtected: false }),
      awaited: this.awaited,
      tell: (push, undeployed) => {
        this.told.push(undeployedNotice(push, undeployed).text);
      },
      log: this.log,
    });
  }

  begins(id: string, commit = sha): void {
    const deploy = aDeploy({ id: `dep-${id}`, trigger: "new_commit", createdAt: 110_000 });
    this.deploys.set(id, [{ ...deploy, commit: { id: commit, message: "Cache port lookups" } }]);
  }

  get orders(): unknown[] {
    return this.followed.map(({ order, deploy }) => [order.service.id, order.body, deploy.id]);
  }
}

describe("following pushes", () => {
  it("follows each service's deploy as if it were one's own", async () => {
    const bench = new Bench([api, nightly]);
    bench.begins(api.id);
    bench.begins(nightly.id);
    bench.follower.follow(aPush(), [api, nightly]);
    await bench.clock.advance(120_000);
    assert.deepEqual(bench.orders, [
      ["srv-1", { commitId: sha }, "dep-srv-1"],
      ["crn-3", {}, "dep-crn-3"],
    ]);
    const order = bench.followed[0]?.order;
    assert.equal(order?.askedBy, "Render's auto-deploy, after your push");
    assert.equal(order.what, "7c1f0e9 Cache port lookups");
    assert.deepEqual(bench.told, []);
    assert.equal(bench.clock.sleeping, 0);
  });

  it("tells of all services at once of which there is no deploy, and does not wait for checks to do so", async () => {
    const bench = new Bench([api, web, nightly, slow]);
    bench.begins(nightly.id);
    bench.follower.follow(aPush(), [api, web, nightly, slow]);
    await bench.clock.advance(120_000);
    assert.deepEqual(bench.told, [
      "Your push started no deploy of harbor-api and harbor-web: auto-deploy is on, but no automatic deploy of 7c1f0e9 began in time. Deploy if you want it all the same.",
    ]);
    await bench.clock.advance(1_900_000);
    assert.equal(bench.told.length, 2);
    assert.match(bench.told[1] ?? "", /^Your push started no deploy of harbor-docs: the checks of 7c1f0e9/u);
    assert.equal(bench.clock.sleeping, 0);
  });

  it("looks only after the newest push of a branch", async () => {
    const bench = new Bench([api]);
    const later = "a".repeat(40);
    bench.follower.follow(aPush(), [api]);
    await bench.clock.advance(3_000);
    bench.follower.follow(aPush({ commit: { id: later } }), [api]);
    bench.begins(api.id);
    await bench.clock.advance(10_000);
    assert.deepEqual(bench.orders, []);
    bench.begins(api.id, later);
    await bench.clock.advance(10_000);
    assert.equal(bench.followed.length, 1);
    await bench.clock.advance(200_000);
    assert.deepEqual(bench.told, []);
  });

  it("looks after the pushes of two branches", async () => {
    const bench = new Bench([api, web]);
    bench.begins(web.id);
    bench.follower.follow(aPush(), [api]);
    bench.follower.follow(aPush({ root: "file:///home/ada/other" }), [web]);
    await bench.clock.advance(120_000);
    assert.deepEqual([bench.followed.length, bench.told.length], [1, 1]);
  });

  it("leaves alone what somebody waits for already", async () => {
    const bench = new Bench([api, web]);
    await bench.awaited.add(api.id, sha);
    await bench.awaited.add(web.id, sha);
    bench.begins(api.id);
    bench.follower.follow(aPush(), [api, web]);
    await bench.clock.advance(120_000);
    assert.deepEqual([bench.orders, bench.told], [[], []]);
    await bench.awaited.remove(api.id, sha);
    bench.follower.follow(aPush(), [api]);
    await bench.clock.advance(120_000);
    assert.equal(bench.followed.length, 1);
  });

  it("of two windows that see a push, one follows and one tells", async () => {
    const notes = new MemoryNotes();
    const benches = [new Bench([api, web], notes), new Bench([api, web], notes)];
    for (const bench of benches) {
      bench.begins(api.id);
      bench.follower.follow(aPush(), [api, web]);
    }
    for (const bench of benches) await bench.clock.advance(120_000);
    assert.equal(benches.flatMap(({ followed }) => followed).length, 1);
    assert.equal(benches.flatMap(({ told }) => told).length, 1);
  });

  it("asks and tells nothing more once it is stopped", async () => {
    const bench = new Bench([api, slow]);
    bench.follower.follow(aPush(), [api, slow]);
    await bench.clock.advance(3_000);
    bench.follower.stop();
    const asked = bench.asked.length;
    await bench.clock.advance(2_000_000);
    assert.equal(bench.asked.length, asked);
    assert.deepEqual([bench.orders, bench.told, bench.clock.sleeping], [[], [], 0]);
  });

  it("writes down why Render could not be read, and tells the person nothing wrong", async () => {
    const bench = new Bench([api]);
    bench.deploys.set(api.id, new RenderError("unauthorized", { method: "GET", path: "/x", status: 401 }));
    bench.follower.follow(aPush(), [api]);
    await bench.clock.advance(120_000);
    assert.deepEqual(bench.told, []);
    assert.match(
      bench.log.lines.join("\n"),
      /^warn: What the push started of harbor-api could not be read: GET/u,
    );
  });
});
