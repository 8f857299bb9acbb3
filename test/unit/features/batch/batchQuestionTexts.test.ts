import assert from "node:assert/strict";
import fc from "fast-check";
import { batchQuestion, typingsOf } from "../../../../src/features/batch/batchQuestionTexts.js";
import { isLeftOut, pushOf, type Candidate } from "../../../../src/features/batch/candidate.js";
import type { BatchMode } from "../../../../src/features/batch/batch.js";
import { findingsOf, type Finding } from "../../../../src/features/preflight/findings.js";
import type { PreflightFacts } from "../../../../src/features/preflight/facts.js";
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
  const short: [finding: Finding, words: string | undefined][] = [
    [{ kind: "protected", known: true }, undefined],
    [{ kind: "protected", known: false }, "⚠ may be protected"],
    [{ kind: "notPushed", commit: "a", deploysItself: "no" }, "⚠ not pushed, so Render cannot build it"],
    [
      { kind: "notPushed", commit: "a", deploysItself: "commit" },
      "⚠ not pushed, so Render cannot build it; auto-deploy takes up a push",
    ],
    [
      { kind: "notPushed", commit: "a", deploysItself: "checksPass" },
      "⚠ not pushed, so Render cannot build it; auto-deploy deploys it once more when its checks have passed",
    ],
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

  it("offers to push first what can be pushed", () => {
    const pushTo = { remote: "origin", branch: "main" };
    const unpushed = found("a", { kind: "notPushed", commit: "a", deploysItself: "no", pushTo });
    const question = batchQuestion([unpushed, candidate("b")], "goOn", []);
    assert.equal(question.pushAndDeploy, "Push and Deploy");
    assert.equal(question.deploy, "Deploy 2 Services Anyway");
    assert.deepEqual(pushOf(unpushed)?.pushTo, pushTo);
    const detached = found("a", { kind: "notPushed", commit: "a", deploysItself: "no" });
    assert.equal(batchQuestion([detached], "goOn", []).pushAndDeploy, undefined);
    assert.equal(pushOf(detached), undefined);
    const leftOut = { ...unpushed, findings: [...unpushed.findings, { kind: "suspended", by: [] } as const] };
    assert.equal(batchQuestion([leftOut, candidate("b")], "goOn", []).pushAndDeploy, undefined);
  });

  it("in order: says that what a push starts keeps to none", () => {
    const pushTo = { remote: "origin", branch: "main" };
    const unpushed = found("a", { kind: "notPushed", commit: "a", deploysItself: "commit", pushTo });
    const sentence = "After a push, auto-deploy begins at once and keeps to no order.";
    const isSaid = (mode: BatchMode, which = unpushed): boolean =>
      batchQuestion([which, candidate("b")], mode, []).details.includes(sentence);
    assert.deepEqual([isSaid("stopAtFailure"), isSaid("goOn"), isSaid("together")], [true, true, false]);
    assert.ok(!isSaid("goOn", candidate("a")));
  });

  const at = (environment: string, isProtected = false) => ({
    place: { workspace: "Harbor Labs", environment, isProtected },
  });

  it("of many tells together what would not fit, gravest first", () => {
    const back = (by: number): Finding => ({ kind: "goesBack", by, live: "b2c3d4e" });
    const uncommitted: Finding = { kind: "uncommitted", changes: { changed: 1, untracked: 0 } };
    const running: Finding = { kind: "running", sameCommit: false };
    const candidates: Candidate[] = [
      { ...found("s0", uncommitted, { kind: "liveAlready" }, running), ...at("Harbor / production", true) },
      { ...found("s1", { kind: "liveAlready" }), ...at("Harbor / staging") },
      found("s2", uncommitted, back(1)),
      ...["s3", "s4", "s5", "s6"].map(name => found(name, uncommitted, back(2))),
      { ...found("s7", back(40)), ...at("Harbor / staging") },
      { ...found("s8", running), ...at("Harbor / production", true) },
      ...["s9", "s10", "s11"].map(name => found(name)),
    ];
    const { details } = batchQuestion(candidates, "goOn", ["a", "b", "c", "d", "e", "f", "g"]);
    assert.deepEqual(details, [
      "Harbor Labs · Harbor / production (protected): s8",
      "Harbor Labs: s2, s3, s4, s5, s6 and 3 more",
      "Harbor Labs · Harbor / staging: s7",
      "",
      "7c1f0e9 Cache port lookups (main): 10 services",
      "",
      "⚠ a deploy is running: s8",
      "⚠ goes back behind what is live: s7 (40 commits), s3 (2 commits), s4 (2 commits), s5 (2 commits), s6 (2 commits) and 1 more",
      "• uncommitted changes will not ship: s2, s3, s4, s5, s6",
      "3 services with nothing to note",
      "",
      "Left out (Harbor Labs · Harbor / production (protected), Harbor Labs · Harbor / staging):",
      "⚠ a deploy is running: s0",
      "• live already: s0, s1",
      "• uncommitted changes will not ship: s0",
      ...["a", "b", "c", "d", "e"].map(name => `${name}: Render no longer knows it. Refresh the services.`),
      "Render no longer knows 2 more.",
    ]);
  });

  it("of many that are all left out, tells where they stand and why", () => {
    const candidates = Array.from({ length: 9 }, (_, index) => found(`s${index}`, { kind: "liveAlready" }));
    assert.deepEqual(batchQuestion(candidates, "goOn", []).details, [
      "Left out (Harbor Labs):",
      "• live already: s0, s1, s2, s3, s4 and 4 more",
    ]);
  });

  it("counts places beyond the fifth, those that are protected last", () => {
    const candidates = Array.from({ length: 9 }, (_, index) => ({
      ...candidate(`s${index}`),
      ...at(`E${index}`, index === 8),
    }));
    assert.deepEqual(batchQuestion(candidates, "goOn", []).details.slice(0, 6), [
      "Harbor Labs · E8 (protected): s8",
      ...[0, 1, 2, 3].map(index => `Harbor Labs · E${index}: s${index}`),
      "4 more environments or workspaces: 4 services",
    ]);
  });

  it("fits into a window, whatever is picked, and hides no reason against any", () => {
    const kinds = short.map(([finding]) => finding);
    fc.assert(
      fc.property(fc.array(fc.subarray(kinds), { maxLength: 60 }), findings => {
        const candidates = findings.map((each, index) => ({
          ...found(`service-${index}`, ...each),
          place: { workspace: `Workspace ${index % 9}`, isProtected: false },
        }));
        const { details } = batchQuestion(candidates, "goOn", []);
        assert.ok(details.length <= 45, details.join("\n"));
        const lines = details.join("\n");
        for (const [finding, words = ""] of short)
          // How far it goes is said of each service, or behind the names of all.
          if (words.startsWith("⚠") && findings.flat().includes(finding))
            assert.ok(lines.includes(words.slice(2).replace(/ 1 commit .*/u, "")), words);
        for (const { facts } of candidates.length > 6 ? [] : candidates)
          assert.ok(details.some(each => each.startsWith(`${facts.service.name} · `)));
      }),
    );
  });

  it("names what Render no longer knows", () => {
    const { details } = batchQuestion([candidate("a")], "goOn", ["b"]);
    assert.deepEqual(details, [line("a"), "b: Render no longer knows it. Refresh the services."]);
    const none = batchQuestion([], "goOn", ["b"]);
    assert.equal(none.text, "Render no longer knows these services, so nothing can be deployed.");
    assert.equal(none.deploy ?? none.deployAll, undefined);
  });

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
