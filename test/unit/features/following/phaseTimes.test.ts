import assert from "node:assert/strict";
import fc from "fast-check";
import type { FollowedDeploy } from "../../../../src/features/following/followedDeploy.js";
import { phaseTimes } from "../../../../src/features/following/phaseTimes.js";
import { phaseLines } from "../../../../src/features/following/storyTexts.js";
import type { Deploy } from "../../../../src/render/shapes.js";
import { aDeploy, aFollowedDeploy, anOrder } from "../../../support/builders.js";
import { without } from "../../../support/without.js";

type Step = readonly [status: string, seconds: number];

/** A deploy that went through these steps and is live. */
function live(
  steps: readonly Step[],
  change: Partial<FollowedDeploy>,
  deploy: Partial<Deploy>,
): FollowedDeploy {
  let at = 10_000;
  const seen = steps.map(([status, seconds]) => {
    const since = at;
    at += seconds * 1_000;
    return { status, since, until: at };
  });
  return aFollowedDeploy({
    stage: { kind: "ended", outcome: "live", deploy: aDeploy({ status: "live", ...deploy }) },
    steps: [...seen, { status: "live", since: at }],
    ...change,
  });
}

const all: Step[] = [
  ["queued", 20],
  ["build_in_progress", 125],
  ["pre_deploy_in_progress", 12],
  ["update_in_progress", 40],
];
const sent = { sent: { baseline: { ids: [], newest: 0 } } };
const seconds = (followed: FollowedDeploy): (readonly [string, number])[] =>
  phaseTimes(followed).map(({ status, ms }) => [status, ms / 1_000]);

describe("phaseTimes", () => {
  it("are those of the phases of a deploy that was started here, as they were seen; waiting is none", () => {
    assert.deepEqual(seconds(live(all, sent, {})), all.slice(1));
    assert.deepEqual(seconds(aFollowedDeploy(sent)), []);
  });

  const from = { startedAt: 0, finishedAt: 300_000 };
  it("of one that had begun before: the first one begins with the deploy", () => {
    assert.deepEqual(seconds(live(all.slice(1), {}, from)), [
      ["build_in_progress", 248],
      ["pre_deploy_in_progress", 12],
      ["update_in_progress", 40],
    ]);
  });

  it("leave the first one out where one before it may be missing, or Render's times are", () => {
    const [, , preDeploy, update] = all;
    assert.ok(preDeploy && update);
    assert.deepEqual(seconds(live([preDeploy, update], {}, from)), [update]);
    assert.deepEqual(seconds(live(all.slice(1), {}, { startedAt: 0 })), all.slice(2));
  });

  it("of what has no build begin with what was seen first", () => {
    const order = anOrder({ body: { deployMode: "deploy_only" } });
    assert.deepEqual(seconds(live([["update_in_progress", 40]], { order }, from)), [
      ["update_in_progress", 300],
    ]);
    const image = { ...from, image: { ref: "docker.io/library/nginx:1.27" } };
    const followed = live([["update_in_progress", 40]], {}, image);
    const deploy = without(aDeploy({ status: "live", ...image }), "commit");
    assert.deepEqual(seconds({ ...followed, stage: { kind: "ended", outcome: "live", deploy } }), [
      ["update_in_progress", 300],
    ]);
  });

  it("are never negative, whatever the clocks did", () => {
    const time = fc.integer({ min: -1e12, max: 1e12 });
    const step = fc.record({
      status: fc.constantFrom("queued", "build_in_progress", "update_in_progress"),
      since: time,
      until: time,
    });
    fc.assert(
      fc.property(fc.array(step), time, time, (steps, startedAt, finishedAt) => {
        const followed = { ...live([], {}, { startedAt, finishedAt }), steps };
        for (const { ms } of phaseTimes(followed)) assert.ok(ms >= 0);
      }),
    );
  });
});

describe("phaseLines", () => {
  it("name the phases with their times, where there is more than one", () => {
    assert.deepEqual(phaseLines(phaseTimes(live(all, sent, {}))), [
      "  Phases: build 2 min 5 s, pre-deploy command 12 s, start of the new version 40 s",
    ]);
    assert.deepEqual(phaseLines(phaseTimes(live(all.slice(3), sent, {}))), []);
  });
});
