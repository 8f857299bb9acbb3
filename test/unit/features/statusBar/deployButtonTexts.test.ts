import assert from "node:assert/strict";
import { endView, runningView } from "../../../../src/features/statusBar/deployButtonTexts.js";
import type { DeployStage } from "../../../../src/features/following/followedDeploy.js";
import { RenderError } from "../../../../src/render/errors.js";
import { aDeploy, aFollowedDeploy, anOrder, aService, sha } from "../../../support/builders.js";

const order = anOrder({ service: aService({ id: "srv-1", name: "harbor-api" }), what: "a1b2c3d Polish" });
const now = 65_000;
const followed = (stage: DeployStage) => aFollowedDeploy({ order, askedAt: 0, stage });

describe("runningView", () => {
  it("shows the phase and since when; a screen reader is not told each second", () => {
    const building = followed({ kind: "following", deploy: aDeploy({ status: "build_in_progress" }) });
    const view = runningView(building, [], now);
    assert.equal(view.text, "$(sync~spin) harbor-api: Building · 1 min 5 s");
    assert.equal(view.spoken, "Render: harbor-api, Building");
    assert.deepEqual([view.named, view.background], ["srv-1", undefined]);
    assert.equal(view.spoken, runningView(building, [], now + 1_000).spoken);
  });

  it("tells in its tooltip what is usual, where enough deploys tell", () => {
    const building = followed({ kind: "following", deploy: aDeploy({ status: "build_in_progress" }) });
    const past = [120_000, 180_000, 240_000].map(took =>
      aDeploy({ id: `dep-${took}`, status: "deactivated", startedAt: 0, finishedAt: took }),
    );
    const view = runningView(building, past, now);
    assert.equal(
      view.tooltip,
      "Deploying a1b2c3d Polish to harbor-api. Usually live after about 3 min; the last ones took 2 to 4 min.",
    );
    assert.equal(view.text, "$(sync~spin) harbor-api: Building · 1 min 5 s");
    assert.equal(
      runningView(building, past.slice(1), now).tooltip,
      "Deploying a1b2c3d Polish to harbor-api.",
    );
  });
});

describe("endView", () => {
  const short = sha.slice(0, 7);
  const ended = (outcome: "live" | "replaced" | "failed" | "canceled", status: string): DeployStage => ({
    kind: "ended",
    outcome,
    deploy: aDeploy({ status, commit: { id: sha } }),
  });
  const error = new RenderError("conflict", { method: "POST", path: "/services/srv-1/deploys" });
  const rows: [what: string, stage: DeployStage, text: string, background: string | undefined][] = [
    ["live", ended("live", "live"), `$(pass) harbor-api: live ${short}`, undefined],
    ["replaced since", ended("replaced", "deactivated"), `$(pass) harbor-api: replaced ${short}`, undefined],
    ["canceled", ended("canceled", "canceled"), "$(circle-slash) harbor-api: canceled", undefined],
    [
      "replaced before it was live",
      {
        kind: "ended",
        outcome: "canceled",
        deploy: aDeploy({ status: "canceled" }),
        replacedBy: aDeploy({ id: "dep-2", commit: { id: "b".repeat(40) } }),
      },
      "$(circle-slash) harbor-api: canceled for bbbbbbb",
      undefined,
    ],
    [
      "failed",
      ended("failed", "build_failed"),
      "$(error) harbor-api: build failed",
      "statusBarItem.errorBackground",
    ],
    [
      "not started",
      { kind: "notStarted", error },
      "$(warning) harbor-api: not started",
      "statusBarItem.errorBackground",
    ],
    [
      "unclear",
      { kind: "unclear", error },
      "$(warning) harbor-api: unclear",
      "statusBarItem.warningBackground",
    ],
  ];
  for (const [what, stage, text, background] of rows)
    it(`shows what is ${what}`, () => {
      const view = endView(followed(stage), undefined, now);
      assert.deepEqual([view?.text, view?.background, view?.named], [text, background, "srv-1"]);
      assert.match(view?.tooltip ?? "", /Click to deploy again\.$/u);
    });

  it("says how HEAD has moved on since, and nothing where it is what is live", () => {
    const live = followed(ended("live", "live"));
    const glance = { head: "f".repeat(40), live: sha };
    const ahead = endView(live, { ...glance, relation: { kind: "ahead", by: 2 } }, now);
    assert.match(ahead?.text ?? "", new RegExp(`^\\$\\(pass\\) harbor-api: live ${short} · .*2`, "u"));
    const same = endView(live, { ...glance, relation: { kind: "same" } }, now);
    assert.equal(same?.text, `$(pass) harbor-api: live ${short}`);
  });

  it("is nothing for what a person ended themselves", () => {
    assert.equal(endView(followed({ kind: "lost", reason: { kind: "stopped" } }), undefined, now), undefined);
  });
});
