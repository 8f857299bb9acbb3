import assert from "node:assert/strict";
import { expectedOf } from "../../../../src/features/following/expectation.js";
import { progressText } from "../../../../src/features/following/followTexts.js";
import type { FollowedDeploy } from "../../../../src/features/following/followedDeploy.js";
import type { Deploy } from "../../../../src/render/shapes.js";
import { aDeploy, aFollowedDeploy, anOrder } from "../../../support/builders.js";

const minute = 60_000;
const past = (change: Partial<Deploy> = {}): Deploy[] =>
  [2, 3, 4].map(took =>
    aDeploy({
      id: `dep-past-${took}`,
      status: "deactivated",
      startedAt: 1_000,
      finishedAt: 1_000 + took * minute,
      ...change,
    }),
  );
const building = aFollowedDeploy();
const waiting = (status: string): FollowedDeploy =>
  aFollowedDeploy({
    stage: { kind: "following", deploy: aDeploy({ status }) },
    steps: [{ status, since: 10_000 }],
  });

describe("expectedOf", () => {
  it("counts from when it stopped waiting", () => {
    const followed = aFollowedDeploy({
      steps: [
        { status: "queued", since: 10_000, until: 310_000 },
        { status: "build_in_progress", since: 310_000 },
      ],
    });
    assert.deepEqual(expectedOf(followed, past(), 340_000), {
      usual: { shortest: 2 * minute, median: 3 * minute, longest: 4 * minute },
      elapsed: 30_000,
    });
  });

  it("counts from its start at Render where it was started elsewhere, before it was seen here", () => {
    const deploy = aDeploy({ status: "build_in_progress", startedAt: 100_000 });
    const steps = [{ status: "build_in_progress", since: 310_000 }];
    const elsewhere = aFollowedDeploy({ stage: { kind: "following", deploy }, steps });
    assert.equal(expectedOf(elsewhere, past(), 340_000)?.elapsed, 240_000);
    const ours = aFollowedDeploy({ ...elsewhere, sent: { baseline: { ids: [], newest: 0 } } });
    assert.equal(expectedOf(ours, past(), 340_000)?.elapsed, 30_000);
  });

  it("has not begun where the clock was set back", () => {
    assert.equal(expectedOf(building, past(), 5_000)?.elapsed, 0);
  });

  it("of what is deployed without a build goes by others without one", () => {
    const order = anOrder({ body: { deployMode: "deploy_only" } });
    const followed = aFollowedDeploy({ order });
    assert.equal(expectedOf(followed, past(), 20_000), undefined);
    assert.ok(expectedOf(followed, past({ trigger: "rollback" }), 20_000));
  });

  for (const [what, followed, deploys] of [
    ["while it is queued", waiting("queued"), past()],
    ["before it begins", waiting("created"), past()],
    ["while it is sent", aFollowedDeploy({ stage: { kind: "sending" }, steps: [] }), past()],
    [
      "when it is over",
      aFollowedDeploy({ stage: { kind: "ended", outcome: "live", deploy: aDeploy({ status: "live" }) } }),
      past(),
    ],
    [
      "with its cache cleared",
      aFollowedDeploy({ order: anOrder({ body: { clearCache: "clear" } }) }),
      past(),
    ],
    ["after too few others", building, past().slice(1)],
  ] as const)
    it(`is nothing ${what}`, () => {
      assert.equal(expectedOf(followed, deploys, 20_000), undefined);
    });
});

describe("the line of the progress", () => {
  it("says what is usually left, and when it takes longer", () => {
    assert.equal(progressText(building, 90_000, past()), "Building · 1 min 20 s · usually 1 min 30 s more");
    assert.equal(progressText(building, 200_000, past()), "Building · 3 min 10 s · usually live about now");
    assert.equal(progressText(building, 310_000, past()), "Building · 5 min · longer than usual");
  });

  it("says nothing of it while Render cannot be read", () => {
    assert.equal(
      progressText({ ...building, trouble: new Error("unreachable") }, 90_000, past()),
      "Building · 1 min 20 s · Render cannot be read right now, trying again",
    );
  });
});
