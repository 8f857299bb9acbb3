import assert from "node:assert/strict";
import { findingsOf } from "../../../../src/features/preflight/findings.js";
import type { PreflightFacts } from "../../../../src/features/preflight/facts.js";
import { questionOf } from "../../../../src/features/preflight/question.js";
import { aDeploy, aService } from "../../../support/builders.js";
import { live, theCommit, theFacts } from "../../../support/preflightFacts.js";

function question(facts: PreflightFacts, clearCache = false) {
  return questionOf(facts, findingsOf(facts), "Harbor Labs", { clearCache });
}

describe("questionOf", () => {
  it("is short where there is nothing to say", () => {
    assert.deepEqual(question(theFacts()), {
      text: "Deploy 7c1f0e9 Cache port lookups (main) to harbor-api?",
      details: ["Web Service in Harbor Labs", "1 commit ahead of b2c3d4e, which is live."],
      isGrave: false,
      deploy: "Deploy",
      buttons: ["showShip", "chooseOther"],
      more: [],
    });
  });

  it("says that the build cache is cleared", () => {
    assert.equal(question(theFacts(), true).details[1], "The build cache is cleared first.");
  });

  it("does not promise a cleared cache of an automatic deploy, which keeps it", () => {
    const keeps = /unless the automatic deploy is followed instead, which keeps it\.$/u;
    const pushTo = { remote: "origin", branch: "main" };
    const pushed = theFacts({ commit: theCommit({ pushedAt: 99_000 }), now: 100_000 });
    for (const facts of [theFacts({ commit: theCommit({ heldBy: [], tipOf: [], pushTo }) }), pushed]) {
      assert.match(question(facts, true).details[1] ?? "", keeps);
      assert.doesNotMatch(question(facts).details.join(), /cache/u);
    }
  });

  it("puts what is grave above the rest, with a space between", () => {
    const facts = theFacts({
      service: aService({ suspended: true }),
      commit: theCommit({ changes: { changed: 1, untracked: 0 } }),
    });
    assert.deepEqual(
      question(facts)
        .details.slice(2)
        .map(line => line.slice(0, 12)),
      ["", "⚠ harbor-api", "", "• 1 uncommit"],
    );
  });

  it("offers a better way first, and keeps the rest behind More", () => {
    const facts = theFacts({
      service: aService({ suspended: true }),
      commit: theCommit({
        heldBy: [],
        pushTo: { remote: "origin", branch: "main" },
        changes: { changed: 1, untracked: 0 },
      }),
    });
    const { instead, deploy, buttons, more } = question(facts);
    assert.equal(instead, "pushAndDeploy");
    assert.equal(deploy, "Deploy Anyway");
    assert.deepEqual(buttons, ["openDashboard"]);
    assert.deepEqual(
      more.map(({ remedy }) => remedy),
      ["showShip", "commit", "chooseOther"],
    );
    assert.match(more[1]?.why ?? "", /^1 uncommitted change will not ship/u);
  });

  it("follows a running deploy instead only when it is of the same commit", () => {
    const same = question(theFacts({ deploys: [aDeploy(), live] }));
    const other = question(theFacts({ deploys: [aDeploy({ commit: { id: "e".repeat(40) } }), live] }));
    assert.equal(same.instead, "followRunning");
    assert.equal(other.instead, undefined);
    assert.equal(other.buttons[0], "followRunning");
  });

  it("an environment that is protected, or no HEAD, makes the button no threat", () => {
    assert.equal(question(theFacts({ protection: "protected" })).deploy, "Deploy");
    const noHead = { text: "No folder is open.", remedies: ["openFolder"] as const };
    assert.equal(question(theFacts({ noHead, choice: { kind: "newest" } })).deploy, "Deploy");
  });
});
