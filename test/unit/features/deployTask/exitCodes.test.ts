import assert from "node:assert/strict";
import { exitCodeOf, isJoined, joinedBy } from "../../../../src/features/deployTask/exitCodes.js";
import type {
  DeployStage,
  FollowedDeploy,
  LostReason,
} from "../../../../src/features/following/followedDeploy.js";
import { aDeploy, aFollowedDeploy, anOrder, sha } from "../../../support/builders.js";

const deploy = aDeploy();
const later = aDeploy({ id: "dep-2" });
const error = new Error("gone");
const automatic = { commitId: sha, earliest: 0, rule: "commit", isOverdue: false } as unknown as NonNullable<
  FollowedDeploy["order"]["automatic"]
>;
const lost = (reason: LostReason): DeployStage => ({ kind: "lost", reason });
const codeOf = (stage: DeployStage, wait = true): number | undefined =>
  exitCodeOf(aFollowedDeploy({ stage }), wait);

describe("the exit code of a deploy task", () => {
  const ends: readonly (readonly [string, DeployStage, number])[] = [
    ["is live", { kind: "ended", deploy, outcome: "live" }, 0],
    ["failed", { kind: "ended", deploy, outcome: "failed" }, 1],
    ["was canceled", { kind: "ended", deploy, outcome: "canceled" }, 2],
    ["was canceled for a later one", { kind: "ended", deploy, outcome: "canceled", replacedBy: later }, 3],
    ["was live and was replaced since", { kind: "ended", deploy, outcome: "replaced" }, 3],
    ["was passed over for a later one", lost({ kind: "skipped", later }), 3],
    ["was not started", { kind: "notStarted", error }, 4],
    ["may have been started", { kind: "unclear", error }, 5],
    ["cannot be read any more", lost({ kind: "error", error }), 5],
    ["takes longer than anything", lost({ kind: "timeLimit" }), 5],
    ["never appeared", lost({ kind: "neverAppeared" }), 5],
    ["is no longer watched", lost({ kind: "stopped" }), 5],
    ["lost its API key", lost({ kind: "signedOut" }), 5],
    ["is watched by another window", lost({ kind: "elsewhere" }), 5],
  ];
  for (const [what, stage, code] of ends)
    it(`is ${code} of one that ${what}, waited for or not`, () => {
      assert.equal(codeOf(stage), code);
      assert.equal(codeOf(stage, false), code);
    });

  const unsent: readonly (readonly [LostReason, number])[] = [
    [{ kind: "automaticMissing" }, 4],
    [{ kind: "stopped" }, 4],
    [{ kind: "signedOut" }, 4],
    [{ kind: "error", error }, 4],
    [{ kind: "elsewhere" }, 5],
  ];
  for (const [reason, code] of unsent)
    it(`is ${code} where an automatic deploy was waited for: ${reason.kind}`, () => {
      const followed = aFollowedDeploy({ stage: lost(reason), order: anOrder({ automatic }) });
      assert.equal(exitCodeOf(followed, true), code);
    });

  it("is not known while it goes on", () => {
    const stages: readonly DeployStage[] = [
      { kind: "sending" },
      { kind: "awaited" },
      { kind: "lookingUp", error },
      { kind: "queued" },
      { kind: "following", deploy },
    ];
    for (const stage of stages) assert.equal(codeOf(stage), undefined, stage.kind);
  });

  it("is 0 as soon as Render has accepted it where the task does not wait", () => {
    assert.equal(codeOf({ kind: "queued" }, false), 0);
    assert.equal(codeOf({ kind: "following", deploy }, false), 0);
    for (const kind of ["sending", "awaited"] as const) assert.equal(codeOf({ kind }, false), undefined);
    assert.equal(codeOf({ kind: "lookingUp", error }, false), undefined);
  });
});

describe("a deploy that was asked for in two ways", () => {
  const joined = aFollowedDeploy({ stage: lost({ kind: "joined" }), order: anOrder({ automatic }) });

  it("goes on as the one that is followed already", () => {
    const other = aFollowedDeploy({ key: "deploy-2" });
    const elsewhere = aFollowedDeploy({
      key: "deploy-3",
      order: anOrder({ service: { ...anOrder().service, id: "srv-9" } }),
    });
    assert.ok(isJoined(joined));
    assert.equal(joinedBy(joined, [elsewhere, other]), other);
  });

  it("is lost where that is over by now, or of another commit", () => {
    const stage = { kind: "following", deploy: aDeploy({ commit: { id: "0".repeat(40) } }) } as const;
    assert.equal(joinedBy(joined, [aFollowedDeploy({ stage })]), undefined);
    assert.equal(joinedBy(joined, []), undefined);
    assert.ok(!isJoined(aFollowedDeploy()));
  });
});
