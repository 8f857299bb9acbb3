import assert from "node:assert/strict";
import fc from "fast-check";
import type { FollowedDeploy } from "../../src/features/following/followedDeploy.js";
import { figures } from "./figures.js";
import { leaksIn } from "./secrets.js";
import { seed } from "./seed.js";
import { walk, type Confirmed, type WalkResult } from "./walks/walk.js";
import { walkPlan } from "./walks/walkPlan.js";

/** How many sessions are walked, unless `RENDER_TEST_WALKS` says another number. */
const sessions = Number(process.env["RENDER_TEST_WALKS"] ?? 2_000);

/**
 * Sessions of two windows, of a network that breaks in every way, of colleagues and of windows that are reloaded, killed
 * or left behind. Whatever happens, each confirmed trigger is accepted at most once, is told to its end, and once.
 */
describe("random walks", () => {
  it(`hold what is promised in ${sessions} sessions`, async function () {
    this.timeout(280_000);
    await fc.assert(
      fc.asyncProperty(walkPlan, async plan => {
        const result = await figures.time("a random walk", () => walk(plan));
        count(result);
        for (const confirmed of result.confirmed) check(confirmed);
        checkSuccessors(result);
        assert.equal(result.stray, 0, "a trigger that nobody confirmed");
        assert.equal(result.left, 0, "timers, calls or deploys that were left behind");
        assert.deepEqual(leaksIn({ output: result.log.join("\n") }, result.key), []);
      }),
      { seed, numRuns: sessions, endOnFailure: process.env["RENDER_TEST_SHRINK"] === undefined },
    );
  });
});

/** What took the place of a deploy is told once, in one window, and not besides by whoever asked for it. */
function checkSuccessors({ confirmed, successors }: WalkResult): void {
  const told = [...successors, ...confirmed.flatMap(each => (each.accepted > 0 ? each.told : []))];
  for (const { key, stage } of successors) {
    if (stage.kind !== "ended") continue;
    const same = told.filter(end => end.stage.kind === "ended" && end.stage.deploy.id === stage.deploy.id);
    assert.equal(
      same.length,
      1,
      `${key}, ${stage.deploy.id} was told as ${same.map(end => end.key).join(", ")}`,
    );
  }
}

function count({ confirmed, successors }: WalkResult): void {
  figures.add("sessions");
  figures.add("confirmed triggers", confirmed.length);
  figures.add("successors followed", successors.length);
  for (const { accepted, told } of confirmed) {
    figures.add("accepted POSTs", accepted);
    figures.add("duplicates", Math.max(0, accepted - 1));
    if (accepted > 0 && told.length === 0) figures.add("lost");
  }
}

function check({ key, accepted, told }: Confirmed): void {
  const ends = told.map(({ stage }) => stage.kind);
  assert.ok(accepted <= 1, `${key} was accepted ${accepted} times`);
  assert.ok(told.length <= 1, `${key} was told ${told.length} times: ${ends.join(", ")}`);
  if (accepted === 0) {
    for (const end of told) if (end.stage.kind === "ended") assertTwin(key, end);
    return;
  }
  assert.equal(told.length, 1, `${key} was accepted, and nobody was told how it ended`);
  assert.ok(
    !ends.includes("notStarted"),
    `${key} was accepted, and a person was told that nothing was deployed`,
  );
}

/**
 * An order whose answer was lost and that never arrived may be taken for another one that did: through the API, of the
 * same commit, in the same moment. Nothing at Render tells them apart, and what is told of it is true.
 */
function assertTwin(key: string, { stage, order, answerLost, sent }: FollowedDeploy): void {
  assert.ok(stage.kind === "ended" && answerLost, `${key} ended, but was never accepted`);
  assert.equal(stage.deploy.commit?.id, order.body.commitId);
  assert.equal(stage.deploy.trigger, "api");
  assert.ok(!sent?.baseline.ids.includes(stage.deploy.id));
}
