import assert from "node:assert/strict";
import fc from "fast-check";
import { baselineOf, deploysSince, mayBeOurs } from "../../../../src/features/following/ourDeploys.js";
import { queuedBehind, runningOf } from "../../../../src/services/deployList.js";
import type { TriggerBody } from "../../../../src/render/client.js";
import type { Deploy } from "../../../../src/render/shapes.js";
import { aDeploy, sha } from "../../../support/builders.js";
import { without } from "../../../support/without.js";

const timeless: Deploy = without(aDeploy({ id: "dep-timeless" }), "createdAt");
const sourceless: Deploy = without(aDeploy({ id: "dep-new", createdAt: 3_000 }), "commit");
const live = aDeploy({ id: "dep-live", status: "live", createdAt: 2_000 });
const older = aDeploy({ id: "dep-older", status: "deactivated", createdAt: 500 });

describe("the deploys since a baseline", () => {
  const baseline = baselineOf([live, aDeploy({ id: "dep-0", status: "deactivated", createdAt: 1_000 })]);

  it("takes what it did not know and is not older for new, oldest first", () => {
    const first = aDeploy({ id: "dep-a", createdAt: 2_000 });
    const second = aDeploy({ id: "dep-b", createdAt: 4_000 });
    assert.deepEqual(deploysSince(baseline, [second, live, older, first]), [first, second]);
  });

  it("takes a deploy without a time for new", () => {
    assert.deepEqual(deploysSince(baseline, [timeless]), [timeless]);
  });

  it("puts a deploy without a time before those with one, and compares with what had a time", () => {
    const timed = aDeploy({ id: "dep-timed", createdAt: 3_000 });
    const other = { ...timeless, id: "dep-other" };
    assert.deepEqual(deploysSince(baseline, [timed, timeless]), [timeless, timed]);
    assert.deepEqual(deploysSince(baselineOf([timeless]), [other, timed, timeless]), [other, timed]);
  });

  it("starts from nothing where there was no deploy", () => {
    const none = baselineOf([]);
    assert.equal(none.running, undefined);
    assert.deepEqual(deploysSince(none, [older]), [older]);
  });

  it("gives nothing for the reading it was made from, and never what it knew", () => {
    const deploys = fc.array(
      fc.record({ id: fc.constantFrom("a", "b", "c", "d", "e"), createdAt: fc.nat(10) }).map(aDeploy),
    );
    fc.assert(
      fc.property(deploys, deploys, (before, after) => {
        const anyBaseline = baselineOf(before);
        assert.deepEqual(deploysSince(anyBaseline, before), []);
        const known = new Set(before.map(({ id }) => id));
        const fresh = deploysSince(anyBaseline, after);
        assert.ok(fresh.every(({ id }) => !known.has(id)));
        assert.deepEqual(
          fresh.map(deploy => deploy.createdAt),
          fresh.map(deploy => deploy.createdAt ?? 0).sort((a, b) => a - b),
        );
      }),
    );
  });

  const cases: readonly (readonly [string, TriggerBody, Deploy, boolean])[] = [
    ["of the commit", { commitId: sha }, sourceless, true],
    ["of the commit asked for", { commitId: sha }, aDeploy({ createdAt: 3_000 }), true],
    ["of another commit", { commitId: "f".repeat(40) }, aDeploy({ createdAt: 3_000 }), false],
    ["of the image asked for", { imageUrl: "a/b:1" }, { ...sourceless, image: { ref: "a/b:1" } }, true],
    ["of an image without a name", { imageUrl: "a/b:1" }, { ...sourceless, image: {} }, true],
    ["without an image", { imageUrl: "a/b:1" }, sourceless, true],
    ["of another image", { imageUrl: "a/b:1" }, { ...sourceless, image: { ref: "a/b:2" } }, false],
    [
      "of the same image under its whole name",
      { imageUrl: "nginx:1.27" },
      { ...sourceless, image: { ref: "docker.io/library/nginx:1.27", sha: `sha256:${"5".repeat(64)}` } },
      true,
    ],
    [
      "of the digest asked for, shown with a tag",
      { imageUrl: `ghcr.io/a/b@sha256:${"5".repeat(64)}` },
      { ...sourceless, image: { ref: "ghcr.io/a/b:1.4", sha: `sha256:${"5".repeat(64)}` } },
      true,
    ],
    [
      "of the configured image, as none was named",
      {},
      { ...sourceless, image: { ref: "docker.io/library/nginx:latest" } },
      true,
    ],
    [
      "of the commit in capitals",
      { commitId: sha },
      aDeploy({ createdAt: 3_000, commit: { id: sha.toUpperCase() } }),
      true,
    ],
    [
      "of the commit in short",
      { commitId: sha },
      aDeploy({ createdAt: 3_000, commit: { id: sha.slice(0, 7) } }),
      true,
    ],
    ["of whatever is newest", {}, aDeploy({ createdAt: 3_000 }), true],
    ["a push started", {}, aDeploy({ createdAt: 3_000, trigger: "new_commit" }), false],
    [
      "a person started in the Dashboard",
      { commitId: sha },
      aDeploy({ createdAt: 3_000, trigger: "manual" }),
      false,
    ],
    ["that was there before", { commitId: sha }, live, false],
  ];
  for (const [name, body, deploy, ours] of cases)
    it(`a deploy ${name} is ${ours ? "" : "not "}ours`, () => {
      assert.equal(mayBeOurs({ body }, baseline, [deploy])[0], ours ? deploy : undefined);
    });

  it("takes the oldest of several alike", () => {
    const twins = [aDeploy({ id: "dep-b", createdAt: 4_000 }), aDeploy({ id: "dep-a", createdAt: 3_000 })];
    assert.equal(mayBeOurs({ body: { commitId: sha } }, baseline, twins)[0]?.id, "dep-a");
  });
});

describe("the deploys of a rollback", () => {
  const baseline = baselineOf([live]);
  const target = aDeploy({ id: "dep-older", status: "deactivated" });
  const order = { body: {}, rollbackTo: target };
  for (const [name, deploy, ours] of [
    ["a rollback to the same commit", aDeploy({ createdAt: 3_000, trigger: "rollback" }), true],
    ["a deploy of the same commit through the API", aDeploy({ createdAt: 3_000 }), false],
    [
      "a rollback to another commit",
      aDeploy({ createdAt: 3_000, trigger: "rollback", commit: { id: "f".repeat(40) } }),
      false,
    ],
    ["a rollback without a commit", { ...sourceless, trigger: "rollback" }, true],
    ["a deploy without a trigger", without(aDeploy({ createdAt: 3_000 }), "trigger"), true],
    ["a rollback that was there before", { ...live, trigger: "rollback" }, false],
  ] as const)
    it(`are ${ours ? "" : "not "}${name}`, () => {
      assert.equal(mayBeOurs(order, baseline, [deploy])[0], ours ? deploy : undefined);
    });

  it("are those of the same image, whatever its tag stands for by now", () => {
    const image = { ref: "nginx:1.27", sha: `sha256:${"5".repeat(64)}` };
    const of = (ref: string): Deploy => ({
      ...sourceless,
      trigger: "rollback",
      image: { ref, sha: "sha256:0" },
    });
    const toImage = { body: {}, rollbackTo: { ...without(target, "commit"), image } };
    const [same, other] = [of("docker.io/library/nginx:1.27"), of("docker.io/library/nginx:1.26")];
    assert.deepEqual(mayBeOurs(toImage, baseline, [same]), [same]);
    assert.deepEqual(mayBeOurs(toImage, baseline, [other]), []);
  });

  it("are any rollback where the target's commit is not known", () => {
    const other = aDeploy({ createdAt: 3_000, trigger: "rollback", commit: { id: "f".repeat(40) } });
    const image = { body: {}, rollbackTo: without(target, "commit") };
    assert.deepEqual(mayBeOurs(image, baseline, [other]), [other]);
  });
});

describe("the window in which a trigger can have reached Render", () => {
  const order = { body: { commitId: sha } };
  const baseline = baselineOf([live]);

  it("bounds what is ours, ends included; a deploy without a time is within", () => {
    const deploys = fc.uniqueArray(fc.integer({ min: 2_000, max: 2_100 }), { maxLength: 20 });
    fc.assert(
      fc.property(deploys, fc.integer({ min: 1_990, max: 2_110 }), fc.nat(50), (times, from, length) => {
        const window = { from, until: from + length };
        const fresh = times.map(createdAt => aDeploy({ id: `dep-${createdAt}`, createdAt }));
        const ours = mayBeOurs(order, baseline, [...fresh, timeless], window);
        assert.deepEqual(
          ours.map(({ createdAt }) => createdAt).filter(createdAt => createdAt !== undefined),
          times.filter(time => time >= window.from && time <= window.until).sort((a, b) => a - b),
        );
        assert.ok(ours.includes(timeless));
        assert.equal(mayBeOurs(order, baseline, fresh).length, times.length);
      }),
    );
  });
});

describe("runningOf", () => {
  const queued = (id: string): Deploy => aDeploy({ id, status: "queued" });
  const building = aDeploy({ id: "dep-building" });
  for (const [name, deploys, id] of [
    ["none of none", [], undefined],
    ["none where all have ended", [live, older], undefined],
    ["the one that runs", [live, building], "dep-building"],
    ["the running one before queued ones", [queued("a"), building, queued("b")], "dep-building"],
    [
      "the one whose build has begun before one that is only there",
      [aDeploy({ id: "a", status: "created" }), building],
      "dep-building",
    ],
    [
      "one that is only there before queued ones",
      [queued("a"), aDeploy({ id: "b", status: "created" })],
      "b",
    ],
    ["the oldest of several queued ones", [queued("newer"), queued("older"), live], "older"],
    ["one with an unknown status", [aDeploy({ id: "dep-x", status: "warming_up" })], "dep-x"],
  ] as const)
    it(`is ${name}`, () => {
      assert.equal(runningOf(deploys)?.id, id);
      assert.equal(baselineOf(deploys).running?.id, id);
    });
});

describe("queuedBehind", () => {
  const queued = (id: string): Deploy => aDeploy({ id, status: "queued" });
  for (const [name, running, deploys, count] of [
    ["nothing runs or waits", undefined, [live], 0],
    ["one runs alone", aDeploy(), [aDeploy(), live], 0],
    ["one runs and two wait", aDeploy(), [queued("b"), queued("a"), aDeploy(), live], 2],
    ["all wait", queued("a"), [queued("b"), queued("a")], 1],
  ] as const)
    it(`is ${count} where ${name}`, () => {
      assert.equal(queuedBehind(running, deploys), count);
    });
});
