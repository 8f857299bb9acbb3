import assert from "node:assert/strict";
import fc from "fast-check";
import { automaticWithin } from "../../../../src/features/autoDeploy/automaticWait.js";
import {
  findingKinds,
  findingsOf,
  gravityOf,
  needsTyping,
  type Finding,
} from "../../../../src/features/preflight/findings.js";
import type { PreflightFacts } from "../../../../src/features/preflight/facts.js";
import type { CommitFacts } from "../../../../src/git/commitFacts.js";
import { questionOf, remediesOf } from "../../../../src/features/preflight/question.js";
import { findingText } from "../../../../src/features/preflight/findingTexts.js";
import { aDeploy, aFollowedDeploy, aService, sha } from "../../../support/builders.js";
import { without } from "../../../support/without.js";
import { live, someFacts, theCommit, theFacts } from "../../../support/preflightFacts.js";

/** The kinds found when a facts object differs in one thing from one where nothing is to be said. */
function kinds(facts: PreflightFacts): string[] {
  return findingsOf(facts).map(({ kind }) => kind);
}

const withCommit = (change: Partial<CommitFacts>, rest: Partial<PreflightFacts> = {}): PreflightFacts =>
  theFacts({ commit: theCommit(change), ...rest });

describe("findingsOf", () => {
  it("finds nothing where there is nothing to say", () => {
    assert.deepEqual(findingsOf(theFacts()), []);
  });

  const automatic = aDeploy({ id: "dep-2", trigger: "new_commit", status: "build_in_progress" });
  const other = aDeploy({ id: "dep-3", commit: { id: "e".repeat(40) } });
  const rows: [name: string, facts: PreflightFacts, kinds: Finding["kind"][]][] = [
    [
      "a protected environment",
      theFacts({ protection: "protected", environment: "Harbor / production" }),
      ["protected"],
    ],
    ["an environment that could not be read", theFacts({ protection: "unknown" }), ["protected"]],
    ["a suspended service", theFacts({ service: aService({ suspended: true }) }), ["suspended"]],
    ["a commit on no branch of the service's repository", withCommit({ heldBy: [] }), ["notPushed"]],
    ["branches that could not be read", theFacts({ commit: without(theCommit(), "heldBy") }), ["gitUnread"]],
    ["deploys that could not be read", without(theFacts(), "deploys"), ["deploysUnread"]],
    ["an automatic deploy of the commit", theFacts({ deploys: [automatic, live] }), ["automatic"]],
    ["another deploy that runs", theFacts({ deploys: [other, live] }), ["running"]],
    ["a deploy that this window follows", theFacts({ followed: aFollowedDeploy() }), ["running"]],
    ["an ancestor of what is live", withCommit({ relation: { kind: "behind", by: 2 } }), ["goesBack"]],
    [
      "a history that parted from what is live",
      withCommit({ relation: { kind: "diverged", ahead: 1, behind: 2 } }),
      ["diverged"],
    ],
    ["what is live", withCommit({ relation: { kind: "same" } }), ["liveAlready"]],
    [
      "a live commit that is not here",
      withCommit({ relation: { kind: "unknown", why: "notHere" } }),
      ["notCompared"],
    ],
    ["no HEAD", theFacts({ noHead: { text: "No folder is open.", remedies: ["openFolder"] } }), ["noHead"]],
    [
      "a clone that only a link says to be one",
      withCommit({ linkedTo: "git@a.example:b/c" }),
      ["linkedClone"],
    ],
    ["uncommitted changes", withCommit({ changes: { changed: 1, untracked: 0 } }), ["uncommitted"]],
    ["untracked files", withCommit({ changes: { changed: 0, untracked: 2 } }), ["uncommitted"]],
    ["a detached HEAD", theFacts({ commit: without(theCommit(), "branch") }), ["detached"]],
    ["another branch", withCommit({ branch: "fog" }), ["otherBranch"]],
    [
      "an upstream that is ahead",
      withCommit({ upstream: { name: "origin/main", behind: 1 } }),
      ["behindUpstream"],
    ],
    ["a skip phrase", withCommit({ commit: { id: sha, message: "Tidy [skip cd]" } }), ["skipPhrase"]],
    [
      "files outside the build filter",
      withCommit(
        { changedPaths: ["docs/a.md"] },
        { service: aService({ buildFilter: { paths: ["api/**"], ignoredPaths: [] } }) },
      ),
      ["outsideBuildFilter"],
    ],
    [
      "files outside the root directory",
      withCommit({ changedPaths: ["docs/a.md"] }, { service: aService({ rootDir: "api" }) }),
      ["outsideRootDirectory"],
    ],
  ];
  for (const [name, facts, expected] of rows)
    it(`${name}: ${expected.join()}`, () => {
      assert.deepEqual(kinds(facts), expected);
    });

  it("has a row for every kind", () => {
    assert.deepEqual(
      [...new Set(rows.flatMap(([, , expected]) => expected))].sort(),
      [...findingKinds].sort(),
    );
  });

  it("says nothing of branch and changes for a commit that is not HEAD", () => {
    const { commit, heldBy, relation } = theCommit();
    assert.deepEqual(
      kinds(
        theFacts({
          commit: { commit, isHead: false, ...(heldBy && { heldBy }), ...(relation && { relation }) },
        }),
      ),
      [],
    );
  });

  it("says of HEAD where Render chooses the commit what will not be part of it", () => {
    const head = theCommit({
      heldBy: [],
      tipOf: [],
      branch: "fog",
      changes: { changed: 1, untracked: 0 },
      relation: { kind: "behind", by: 2 },
    });
    const facts = { ...without(theFacts({ choice: { kind: "newest" } }), "commit"), head };
    assert.deepEqual(kinds(facts), ["notPushed", "uncommitted", "otherBranch"]);
  });

  it("says nothing of skip phrase and build filter while auto-deploy is off", () => {
    const service = aService({ autoDeploy: "off", buildFilter: { paths: ["api/**"], ignoredPaths: [] } });
    const commit = { commit: { id: sha, message: "[skip render]" }, changedPaths: ["docs/a.md"] };
    assert.deepEqual(kinds(withCommit(commit, { service })), []);
  });

  it("says everything for which auto-deploy passes over the commit", () => {
    const service = aService({ buildFilter: { paths: ["api/**"], ignoredPaths: [] } });
    const commit = { commit: { id: sha, message: "[skip render]" }, changedPaths: ["docs/a.md"] };
    assert.deepEqual(kinds(withCommit(commit, { service })), ["skipPhrase", "outsideBuildFilter"]);
  });

  it("says nothing of the build filter where no file changed or it is not known which", () => {
    const service = aService({ buildFilter: { paths: ["api/**"], ignoredPaths: [] } });
    assert.deepEqual(kinds(withCommit({ changedPaths: [] }, { service })), []);
    assert.deepEqual(kinds(withCommit({ changedPaths: ["docs/a.md", "api/b.ts"] }, { service })), []);
  });

  describe("auto-deploy after a push", () => {
    const pushed = (change: Partial<CommitFacts> = {}, rest: Partial<PreflightFacts> = {}): PreflightFacts =>
      withCommit({ pushedAt: 990_000, ...change }, { now: 1_000_000, ...rest });

    it("is expected for as long as it may take", () => {
      for (const when of ["commit", "checksPass"] as const) {
        const longest = automaticWithin[when];
        const service = aService({ autoDeploy: when });
        assert.deepEqual(kinds(pushed({}, { service, now: 990_000 + longest - 1 })), ["automatic"]);
        assert.deepEqual(kinds(pushed({}, { service, now: 990_000 + longest })), []);
      }
    });

    it("is expected where the push was not seen, but the commit is younger than that", () => {
      const made = (createdAt: number): PreflightFacts =>
        withCommit({ commit: { id: sha, message: "Cache", createdAt } }, { now: 1_000_000 });
      assert.deepEqual(kinds(made(1_000_000 - automaticWithin.commit + 1)), ["automatic"]);
      assert.deepEqual(kinds(made(1_000_000 - automaticWithin.commit)), []);
    });

    const unexpected: [name: string, facts: PreflightFacts][] = [
      ["auto-deploy is off", pushed({}, { service: aService({ autoDeploy: "off" }) })],
      ["it is not on the service's branch", pushed({ heldBy: ["fog"], tipOf: ["fog"] })],
      ["a later commit of the branch was pushed with it", pushed({ tipOf: [] })],
      ["the service is suspended", pushed({}, { service: aService({ suspended: true }) })],
      [
        "the commit says that it was made tomorrow",
        withCommit({ commit: { id: sha, message: "Cache", createdAt: 90_000_000 } }, { now: 1_000_000 }),
      ],
      ["a skip phrase holds it back", pushed({ commit: { id: sha, message: "[skip render]" } })],
      [
        "it was deployed and failed",
        pushed({}, { deploys: [{ ...automatic, status: "build_failed" }, live] }),
      ],
      ["no commit was chosen", pushed({}, { choice: { kind: "newest" } })],
    ];
    for (const [name, facts] of unexpected)
      it(`is not expected when ${name}`, () => {
        assert.ok(!kinds(facts).includes("automatic"), String(kinds(facts)));
      });

    const ours = (change: Partial<CommitFacts>, rest: Partial<PreflightFacts> = {}): Finding | undefined =>
      findingsOf(
        withCommit({ heldBy: [], pushTo: { remote: "origin", branch: "main" }, ...change }, rest),
      ).find(({ kind }) => kind === "notPushed");

    it("takes up a push to the service's branch, and only that", () => {
      const deploysItself = (finding: Finding | undefined): string | undefined =>
        finding?.kind === "notPushed" ? finding.deploysItself : undefined;
      assert.equal(deploysItself(ours({})), "commit");
      assert.equal(deploysItself(ours({ pushTo: { remote: "origin", branch: "fog" } })), "no");
      assert.equal(deploysItself(ours({ commit: { id: sha, message: "[skip render]" } })), "no");
      assert.equal(deploysItself(ours({}, { service: aService({ autoDeploy: "off" }) })), "no");
      assert.equal(deploysItself(ours({}, { service: aService({ suspended: true }) })), "no");
      assert.equal(
        deploysItself(ours({}, { service: aService({ autoDeploy: "checksPass" }) })),
        "checksPass",
      );
    });
  });

  it("says of an automatic deploy that waits what it waits for", () => {
    const waiting = { ...automatic, status: "queued" };
    assert.deepEqual(kinds(theFacts({ deploys: [waiting, other, live] })), ["automatic", "running"]);
  });

  it("speaks of the one that runs, not of one that waits for it, and counts those", () => {
    const waiting = aDeploy({ id: "dep-9", status: "queued" });
    const followed = aFollowedDeploy({ stage: { kind: "following", deploy: waiting }, behind: other });
    for (const deploys of [
      [waiting, other, live],
      [aDeploy({ id: "dep-10", status: "queued", commit: { id: "e".repeat(40) } }), waiting, other, live],
    ]) {
      const [found] = findingsOf(theFacts({ deploys, followed }));
      assert.deepEqual(found, {
        kind: "running",
        sameCommit: false,
        queued: deploys.length - 2,
        deploy: other,
      });
    }
    const [own] = findingsOf(
      theFacts({
        deploys: [waiting, other],
        followed: aFollowedDeploy({ stage: { kind: "following", deploy: other } }),
      }),
    );
    assert.ok(own?.kind === "running" && own.followed);
  });

  it("tells whether the running deploy is of the same commit", () => {
    const same = findingsOf(theFacts({ deploys: [aDeploy({ id: "dep-2" }), live] }));
    const inCapitals = aDeploy({ id: "dep-2", commit: { id: sha.toUpperCase() } });
    const alike = findingsOf(theFacts({ deploys: [inCapitals, live] }));
    const notSame = findingsOf(theFacts({ deploys: [other, live] }));
    assert.deepEqual(
      [same, alike, notSame].map(([first]) => first?.kind === "running" && first.sameCommit),
      [true, true, false],
    );
  });
});

describe("invariants", () => {
  const question = (facts: PreflightFacts) =>
    questionOf(facts, findingsOf(facts), "Harbor Labs", { clearCache: false });

  it("findings come gravest first, each kind at most once", () => {
    const rank = { high: 0, notice: 1, note: 2 };
    fc.assert(
      fc.property(someFacts, facts => {
        const found = findingsOf(facts).map(({ kind }) => kind);
        assert.equal(new Set(found).size, found.length);
        const ranks = found.map(kind => rank[gravityOf(kind)]);
        assert.deepEqual(ranks, [...ranks].sort());
        assert.deepEqual(
          found,
          findingKinds.filter(kind => found.includes(kind)),
        );
      }),
    );
  });

  it("nothing ever takes the button that deploys away", () => {
    fc.assert(
      fc.property(someFacts, facts => {
        assert.match(question(facts).deploy, /^Deploy(?: Anyway)?$/u);
      }),
    );
  });

  it("each finding is a line of the question and ends in a full stop", () => {
    fc.assert(
      fc.property(someFacts, facts => {
        const { details } = question(facts);
        for (const finding of findingsOf(facts)) {
          const text = findingText(finding, facts);
          assert.match(text, /^\S.*\.$/u);
          assert.ok(details.some(line => line.endsWith(text)));
        }
      }),
    );
  });

  it("there are at most four buttons, none twice, and every remedy is within reach", () => {
    fc.assert(
      fc.property(someFacts, facts => {
        const { instead, buttons, more } = question(facts);
        const shown = [...(instead ? [instead] : []), ...buttons];
        assert.ok(1 + shown.length + (more.length > 0 ? 1 : 0) <= 4);
        const reachable = [...shown, ...more.map(({ remedy }) => remedy)];
        assert.equal(new Set(reachable).size, reachable.length);
        for (const remedy of findingsOf(facts).flatMap(remediesOf))
          assert.ok(reachable.includes(remedy), remedy);
        assert.ok(reachable.includes("chooseOther"));
      }),
    );
  });

  it("the name is typed wherever the environment is, or may be, protected", () => {
    fc.assert(
      fc.property(someFacts, facts => {
        assert.equal(needsTyping(findingsOf(facts)), facts.protection !== "open");
      }),
    );
  });
});
