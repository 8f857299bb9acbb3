import assert from "node:assert/strict";
import type { Finding } from "../../../../src/features/preflight/findings.js";
import { findingText, typingPrompt } from "../../../../src/features/preflight/findingTexts.js";
import {
  fetchFailedText,
  notFetchedText,
  pullFailedText,
  pushFailedText,
  pushUnseenText,
} from "../../../../src/git/gitTexts.js";
import { protectedPrompt } from "../../../../src/services/protectionTexts.js";
import { typingMismatch } from "../../../../src/text/typingTexts.js";
import { aDeploy, aFollowedDeploy, aService, sha } from "../../../support/builders.js";
import { assertPlain, hostileTexts } from "../../../support/hostileText.js";
import { theFacts } from "../../../support/preflightFacts.js";

const live = "b2c3d4e".padEnd(40, "0");
const overlap =
  " Where the workspace says Wait, yours waits for it; where it says Override, Render cancels it for yours. Which one holds cannot be read.";

describe("findingText", () => {
  const facts = theFacts({ now: 100_000 });
  const rows: [finding: Finding, text: string][] = [
    [
      { kind: "protected", known: true, environment: "Harbor / production" },
      "Harbor / production is protected: you will be asked to type the service's name.",
    ],
    [
      { kind: "protected", known: false },
      "Its environment could not be read and may be protected: you will be asked to type the service's name.",
    ],
    [
      { kind: "suspended", by: ["user", "billing"] },
      "harbor-api is suspended (by user, billing). Resume it in the Dashboard first; Render may refuse a deploy before that.",
    ],
    [
      { kind: "suspended", by: [] },
      "harbor-api is suspended. Resume it in the Dashboard first; Render may refuse a deploy before that.",
    ],
    [
      { kind: "notPushed", commit: sha, deploysItself: "no" },
      "7c1f0e9 is on no branch of harbor-labs/harbor that this clone knows of. Render can build it only after a push.",
    ],
    [
      { kind: "notPushed", commit: sha, deploysItself: "commit" },
      "7c1f0e9 is on no branch of harbor-labs/harbor that this clone knows of. Render can build it only after a push. Auto-deploy takes up the push, so it is followed and no second deploy is sent.",
    ],
    [
      {
        kind: "notPushed",
        commit: sha,
        deploysItself: "checksPass",
        pushTo: { remote: "upstream", branch: "main" },
      },
      "7c1f0e9 is on no branch of harbor-labs/harbor that this clone knows of. Render can build it only after a push. Push and Deploy pushes it to upstream/main. Auto-deploy deploys it once more when its checks have passed.",
    ],
    [
      { kind: "automatic", when: "commit", deploy: aDeploy({ createdAt: 88_000 }) },
      "Auto-deploy is already deploying this commit (building, 12 s). Follow it instead of starting a second deploy.",
    ],
    [
      { kind: "automatic", when: "commit" },
      "This commit was just pushed and auto-deploy is on: Render is about to deploy it. Follow that instead of starting a second deploy.",
    ],
    [
      { kind: "automatic", when: "checksPass" },
      "This commit was just pushed: Render deploys it once its checks pass. Follow that instead of starting a second deploy.",
    ],
    [
      { kind: "running", sameCommit: false, deploy: aDeploy({ trigger: "manual", createdAt: 40_000 }) },
      `A deploy of 7c1f0e9 is already running (building, 1 min, started by: Dashboard).${overlap}`,
    ],
    [
      {
        kind: "running",
        sameCommit: false,
        deploy: { id: "dep-1", status: "update_in_progress" },
        queued: 1,
      },
      `A deploy is already running (deploying), and 1 more is queued.${overlap.replace("waits for it", "waits for it in place of what is queued")}`,
    ],
    [
      { kind: "running", sameCommit: false, deploy: { id: "dep-1", status: "created" } },
      `A deploy is already running (starting).${overlap}`,
    ],
    [
      { kind: "running", sameCommit: false, followed: aFollowedDeploy({ askedAt: 90_000 }) },
      `A deploy of 7c1f0e9 Cache port lookups (main) is already running (building, 10 s, asked for by Ada, from the status bar).${overlap}`,
    ],
    [{ kind: "goesBack", by: 1, live }, "This goes back by 1 commit: b2c3d4e, which is live, is newer."],
    [
      { kind: "diverged", behind: 2, live },
      "This takes back 2 commits of b2c3d4e, which is live and is not part of this history.",
    ],
    [{ kind: "noHead", text: "No folder is open.", remedies: [] }, "No folder is open."],
    [
      { kind: "linkedClone", address: "git@github.com:harbor-labs/quay.git" },
      "The address of this clone is github.com/harbor-labs/quay, while the service is built from github.com/harbor-labs/harbor. You linked them, so this clone is taken for the service's.",
    ],
    [
      { kind: "linkedClone", address: "https://ada:secret@host.example/" },
      "The address of this clone is https://***@host.example/, while the service is built from github.com/harbor-labs/harbor. You linked them, so this clone is taken for the service's.",
    ],
    [
      { kind: "linkedClone", address: "" },
      "This clone has no remote, while the service is built from github.com/harbor-labs/harbor. You linked them, so this clone is taken for the service's.",
    ],
    [{ kind: "liveAlready" }, "This very commit is live already."],
    [{ kind: "liveAlready", since: 99_000 }, "This very commit is live already (since just now)."],
    [
      { kind: "uncommitted", changes: { changed: 2, untracked: 1 } },
      "2 uncommitted changes and 1 untracked file will not ship, as only commits are deployed.",
    ],
    [
      { kind: "uncommitted", changes: { changed: 1, untracked: 0 } },
      "1 uncommitted change will not ship, as only commits are deployed.",
    ],
    [
      { kind: "uncommitted", changes: { changed: 0, untracked: 3 } },
      "3 untracked files will not ship, as only commits are deployed.",
    ],
    [{ kind: "detached", serviceBranch: "main" }, "HEAD is detached, while the service follows main."],
    [
      { kind: "otherBranch", branch: "fog", serviceBranch: "main" },
      "You are on fog, while the service follows main.",
    ],
    [
      { kind: "behindUpstream", upstream: "origin/main", by: 2 },
      "origin/main has 2 commits that HEAD lacks.",
    ],
    [
      { kind: "skipPhrase", phrase: "[skip render]" },
      "The commit message says [skip render]: auto-deploy ignores this commit, this deploy does not.",
    ],
    [
      { kind: "outsideBuildFilter", files: 1 },
      "The changed file lies outside the build filter: auto-deploy ignores it, this deploy does not.",
    ],
    [
      { kind: "outsideBuildFilter", files: 3 },
      "All 3 changed files lie outside the build filter: auto-deploy ignores them, this deploy does not.",
    ],
    [
      { kind: "notCompared", live, why: "targetNotHere" },
      "The commit to deploy is not in this clone, so it could not be compared with b2c3d4e, which is live. Fetch to get it.",
    ],
    [
      { kind: "notCompared", live, why: "notHere" },
      "b2c3d4e, which is live, is not in this clone, so it could not be compared. Fetch to get it.",
    ],
    [
      { kind: "notCompared", live, why: "noCommonHistory" },
      "b2c3d4e, which is live, shares no history with this commit in this clone, so they could not be compared. Fetch to complete it.",
    ],
    [
      { kind: "notCompared", live, why: "unreadable" },
      "b2c3d4e, which is live, could not be compared: Git gave no answer in time.",
    ],
    [{ kind: "gitUnread" }, "Whether the commit is pushed could not be read from Git."],
    [
      { kind: "deploysUnread" },
      "The service's deploys could not be read, so nothing is said of what is live or running.",
    ],
  ];
  for (const [finding, text] of rows)
    it(text, () => {
      assert.equal(findingText(finding, facts), text);
    });

  it("lets no text of others mean anything", () => {
    for (const hostile of hostileTexts) {
      const service = aService({ name: hostile });
      const findings: Finding[] = [
        { kind: "suspended", by: [hostile] },
        { kind: "otherBranch", branch: hostile, serviceBranch: hostile },
        { kind: "behindUpstream", upstream: hostile, by: 1 },
      ];
      for (const finding of findings) assertPlain(findingText(finding, { service, now: 0 }), 300);
    }
  });
});

describe("typing the name", () => {
  it("is asked for with the reason", () => {
    const facts = theFacts({ protection: "protected", environment: "Harbor / production" });
    const found: Finding[] = [{ kind: "protected", known: true, environment: "Harbor / production" }];
    assert.deepEqual(typingPrompt(facts, found), {
      prompt: "Type harbor-api to deploy to it: Harbor / production is protected.",
      expected: "harbor-api",
    });
    assert.equal(
      typingPrompt(theFacts({ protection: "unknown" }), [{ kind: "protected", known: false }])?.prompt,
      "Type harbor-api to deploy to it: its environment may be protected.",
    );
    assert.equal(typingPrompt(facts, []), undefined);
  });

  it("says what is missing while it is something else", () => {
    assert.equal(
      typingMismatch("harbor-api"),
      "That is not the service's name. Type harbor-api, or press Escape to leave.",
    );
    assert.equal(
      typingMismatch("Harbor / production", "environment"),
      "That is not the environment's name. Type Harbor / production, or press Escape to leave.",
    );
  });
});

describe("when Git refuses", () => {
  const target = { remote: "origin", branch: "main" };
  const rows: [text: string, expected: string][] = [
    [
      pushFailedText(target, { kind: "behind" }),
      "Could not push main to origin: it has commits that this branch lacks. Pull, then try again. Nothing was deployed.",
    ],
    [
      pushFailedText(target, { kind: "signIn" }),
      "Could not push main to origin: the remote did not accept your sign-in. Check it in Source Control, then try again. Nothing was deployed.",
    ],
    [
      pushFailedText(target, { kind: "other", reason: "fatal: no route" }),
      "Could not push main to origin: Git says “fatal: no route”. Look at Source Control, then try again. Nothing was deployed.",
    ],
    [
      pushUnseenText(sha, target),
      "The push was done, but 7c1f0e9 has not appeared on origin/main. Nothing was deployed. Look at Source Control, then try again.",
    ],
    [
      pullFailedText({ kind: "conflicts" }),
      "Could not pull: there are conflicts to resolve. Look at Source Control, then try again. Nothing was deployed.",
    ],
    [
      pullFailedText({ kind: "localChanges" }),
      "Could not pull: files that are not committed stand in the way. Commit or stash them, then try again. Nothing was deployed.",
    ],
    [
      fetchFailedText({ kind: "other", reason: "fatal: no" }),
      "Could not fetch: Git says “fatal: no”. Look at Source Control, then try again.",
    ],
    [
      notFetchedText(live),
      "b2c3d4e is on no remote of this clone, so it may come from another repository or a branch that is gone.",
    ],
  ];
  for (const [text, expected] of rows)
    it(expected, () => {
      assert.equal(text, expected);
    });
});

describe("protectedPrompt", () => {
  const place = { workspace: "Harbor Labs", environment: "Harbor / production", isProtected: true };

  it("has the service's name typed, and says why", () => {
    assert.deepEqual(protectedPrompt(aService(), place, "roll it back"), {
      prompt: "Type harbor-api to roll it back: Harbor / production is protected.",
      expected: "harbor-api",
    });
  });

  it("asks for nothing elsewhere", () => {
    assert.equal(protectedPrompt(aService(), { ...place, isProtected: false }, "roll it back"), undefined);
  });
});
