import assert from "node:assert/strict";
import {
  batchQuestion,
  isLeftOut,
  typingsOf,
  type Candidate,
} from "../../../../src/core/deploy/batchQuestion.js";
import { findingsOf, type Finding, type PreflightFacts } from "../../../../src/core/deploy/preflight.js";
import { aDeploy, aService } from "../../../support/builders.js";
import { hostileTexts } from "../../../support/hostileText.js";
import { theCommit, theFacts } from "../../../support/preflightFacts.js";

const place = { workspace: "Harbor Labs", isProtected: false };

function candidate(name: string, change: Partial<PreflightFacts> = {}): Candidate {
  const facts = theFacts({ service: aService({ id: `srv-${name}`, name }), ...change });
  return { facts, findings: findingsOf(facts), place };
}

function found(name: string, ...findings: Finding[]): Candidate {
  return { ...candidate(name), findings };
}

const line = (name: string): string => `${name} · Harbor Labs: 7c1f0e9 Cache port lookups (main)`;

describe("batchQuestion", () => {
  it("lists what goes where", () => {
    assert.deepEqual(batchQuestion([candidate("a"), candidate("b")], "stopAtFailure", []), {
      text: "Deploy 2 services, one after the other, stopping at the first failure?",
      details: [line("a"), line("b")],
      isGrave: false,
      deploy: "Deploy 2 Services",
    });
  });

  it("says of each what is worth knowing, grave things first", () => {
    const grave = candidate("a", {
      commit: theCommit({ relation: { kind: "behind", by: 2 }, changes: { changed: 1, untracked: 0 } }),
    });
    const { text, details, isGrave } = batchQuestion([grave, candidate("b")], "together", []);
    assert.equal(text, "Deploy 2 services, all together?");
    assert.deepEqual(details, [
      line("a"),
      "    ⚠ goes back by 2 commits",
      "    • uncommitted changes will not ship",
      line("b"),
    ]);
    assert.ok(isGrave);
  });

  it("leaves out what is suspended, live already or deployed by auto-deploy, and offers to deploy it all the same", () => {
    const suspended = aService({ name: "b", suspended: true, suspenders: ["user"] });
    const question = batchQuestion([candidate("a"), candidate("b", { service: suspended })], "goOn", []);
    assert.equal(question.text, "Deploy 1 service?");
    assert.deepEqual(question.details, [line("a"), "", "Left out:", line("b"), "    ⚠ suspended"]);
    assert.equal(question.deploy, "Deploy 1 Service");
    assert.equal(question.deployAll, "Deploy All 2 Anyway");
    assert.ok(isLeftOut(found("c", { kind: "liveAlready" })));
    assert.ok(isLeftOut(found("c", { kind: "automatic", when: "commit" })));
    assert.ok(!isLeftOut(candidate("c")));
  });

  it("offers only to deploy all the same where everything would be left out", () => {
    const question = batchQuestion([found("a", { kind: "liveAlready" })], "goOn", []);
    assert.match(question.text, /^None of these services needs a deploy/u);
    assert.equal(question.deploy, undefined);
    assert.equal(question.deployAll, "Deploy Anyway");
  });

  it("names what Render no longer knows", () => {
    const { details } = batchQuestion([candidate("a")], "goOn", ["b"]);
    assert.deepEqual(details, [line("a"), "b: Render no longer knows it. Refresh the services."]);
    const none = batchQuestion([], "goOn", ["b"]);
    assert.equal(none.text, "Render no longer knows these services, so nothing can be deployed.");
    assert.equal(none.deploy ?? none.deployAll, undefined);
  });

  const short: [finding: Finding, words: string | undefined][] = [
    [{ kind: "protected", known: true }, undefined],
    [{ kind: "protected", known: false }, "⚠ may be protected"],
    [{ kind: "notPushed", commit: "a", deploysItself: true }, "⚠ not pushed, so Render cannot build it"],
    [{ kind: "automatic", when: "commit" }, "⚠ auto-deploy is about to deploy it anyway"],
    [{ kind: "automatic", when: "commit", deploy: aDeploy() }, "⚠ auto-deploy is deploying it already"],
    [{ kind: "running", sameCommit: false }, "⚠ a deploy is running"],
    [
      { kind: "diverged", behind: 1, live: "b2c3d4e".padEnd(40, "0") },
      "⚠ takes back 1 commit of b2c3d4e, which is live",
    ],
    [{ kind: "noHead", text: "No folder is open here.", remedies: [] }, "⚠ not HEAD"],
    [{ kind: "liveAlready" }, "• live already"],
    [{ kind: "detached", serviceBranch: "main" }, "• HEAD is detached"],
    [{ kind: "otherBranch", branch: "fog", serviceBranch: "main" }, "• HEAD is on fog"],
    [{ kind: "behindUpstream", upstream: "origin/main", by: 1 }, "• HEAD is 1 commit behind origin/main"],
    [{ kind: "skipPhrase", phrase: "[skip render]" }, undefined],
    [{ kind: "outsideBuildFilter", files: 1 }, undefined],
    [{ kind: "notCompared", live: "a", why: "notHere" }, undefined],
    [{ kind: "gitUnread" }, undefined],
    [{ kind: "deploysUnread" }, undefined],
  ];
  for (const [finding, words] of short)
    it(`says ${words ?? "nothing"} of ${finding.kind}`, () => {
      const { details } = batchQuestion([found("a", finding)], "goOn", []);
      assert.deepEqual(
        details.filter(each => each.startsWith("    ")).map(each => each.trim()),
        words === undefined ? [] : [words],
      );
    });

  it("shows names as plain text", () => {
    for (const name of hostileTexts) {
      const { details } = batchQuestion([candidate(name)], "goOn", [name]);
      for (const each of details)
        assert.ok(!/\$\(|\]\(|\n/u.test(each) && each.length < 300, each.slice(0, 80));
    }
  });
});

describe("typingsOf", () => {
  const production = { protection: "protected", environment: "Harbor / production" } as const;

  it("asks for nothing outside protected environments", () => {
    assert.deepEqual(typingsOf([candidate("a")]), []);
  });

  it("asks once for an environment, and for the name of a service whose environment is not known", () => {
    const typings = typingsOf([
      candidate("a", production),
      candidate("b", production),
      candidate("c", { protection: "unknown" }),
    ]);
    assert.deepEqual(typings, [
      {
        prompt: "Type Harbor / production to deploy to it: it is protected.",
        expected: "Harbor / production",
        what: "environment",
      },
      {
        prompt: "Type c to deploy to it: its environment may be protected.",
        expected: "c",
        what: "service",
      },
    ]);
  });
});
