import assert from "node:assert/strict";
import type {
  DeployStage,
  FollowedDeploy,
  LostReason,
} from "../../../../src/features/following/followedDeploy.js";
import {
  dashboardAddress,
  noticeOf,
  phaseText,
  progressText,
  silentEndText,
} from "../../../../src/features/following/followTexts.js";
import { leaveDetail } from "../../../../src/features/following/cancelTexts.js";
import { deployText, whoStarted } from "../../../../src/services/deployTexts.js";
import { deployStatuses, viewOf } from "../../../../src/services/deployStatus.js";
import { RenderError } from "../../../../src/render/errors.js";
import type { Deploy } from "../../../../src/render/shapes.js";
import { aDeploy, aFollowedDeploy, anOrder, aService, sha } from "../../../support/builders.js";
import { assertPlain, hostileTexts } from "../../../support/hostileText.js";
import { without } from "../../../support/without.js";

const error = new RenderError("unreachable", { method: "POST", path: "/services/srv-1/deploys" });
const sourceless: Deploy = without(aDeploy({ id: "dep-0" }), "commit");

const at = (stage: DeployStage, change: Partial<FollowedDeploy> = {}): FollowedDeploy =>
  aFollowedDeploy({ ...change, stage });
const following = (status: string, change: Partial<FollowedDeploy> = {}): FollowedDeploy =>
  at({ kind: "following", deploy: aDeploy({ status }) }, change);
const lost = (reason: LostReason): FollowedDeploy => at({ kind: "lost", reason });
function ended(status: string, change: Partial<FollowedDeploy> = {}, replacedBy?: Deploy): FollowedDeploy {
  const outcome = viewOf(status).outcome ?? "failed";
  return at(
    { kind: "ended", deploy: aDeploy({ status }), outcome, ...(replacedBy && { replacedBy }) },
    change,
  );
}

describe("phaseText", () => {
  for (const [followed, text] of [
    [at({ kind: "sending" }), "Sending"],
    [at({ kind: "lookingUp", error }), "Render's answer was lost, looking whether the deploy began"],
    [at({ kind: "queued" }), "Queued"],
    [at({ kind: "queued" }, { behind: aDeploy() }), "Queued behind 7c1f0e9"],
    [at({ kind: "queued" }, { behind: sourceless }), "Queued behind another deploy"],
    [following("queued"), "Queued"],
    [following("queued", { behind: aDeploy() }), "Queued behind 7c1f0e9"],
    [following("build_in_progress", { behind: aDeploy() }), "Building"],
    [following("warming_up"), "warming up"],
    [ended("live"), "Live"],
    [ended("pre_deploy_failed"), "Pre-deploy command failed"],
    [at({ kind: "notStarted", error }), "Not started"],
    [at({ kind: "unclear", error }), "Unclear"],
    [lost({ kind: "timeLimit" }), "No longer watched"],
  ] as const)
    it(`of ${followed.stage.kind} is "${text}"`, () => {
      assert.equal(phaseText(followed), text);
    });
});

describe("progressText", () => {
  it("tells the phase and the time since it was asked for", () => {
    assert.equal(progressText(following("build_in_progress"), 75_000), "Building · 1 min 5 s");
    assert.equal(progressText(following("build_in_progress"), 9_000), "Building · 0 s");
  });

  it("tells why it is late", () => {
    assert.equal(
      progressText(following("update_in_progress", { trouble: error }), 20_000),
      "Deploying · 10 s · Render cannot be read right now, trying again",
    );
  });
});

describe("noticeOf", () => {
  for (const followed of [
    at({ kind: "sending" }),
    at({ kind: "lookingUp", error }),
    at({ kind: "queued" }),
    following("live"),
    lost({ kind: "stopped" }),
    lost({ kind: "signedOut" }),
    lost({ kind: "elsewhere" }),
  ])
    it(`is silent while ${followed.stage.kind}${followed.stage.kind === "lost" ? " by the person's own doing" : ""}`, () => {
      assert.equal(noticeOf(followed, 75_000), undefined);
    });

  const what = "7c1f0e9 Cache port lookups (main)";
  const privateService = anOrder({ service: aService({ url: "harbor-api:10000" }) });
  for (const [followed, severity, text, remedies] of [
    [ended("live"), "info", `harbor-api is live with ${what}, after 1 min 5 s.`, ["openSite", "showOutput"]],
    [
      ended("live", { order: privateService }),
      "info",
      `harbor-api is live with ${what}, after 1 min 5 s.`,
      ["showOutput"],
    ],
    [
      ended("deactivated"),
      "info",
      `harbor-api went live with ${what}, and a later deploy has replaced it since.`,
      ["showOutput", "openDashboard"],
    ],
    [
      ended("build_failed"),
      "error",
      `harbor-api was not deployed: the build failed after 1 min 5 s (${what}). What was live before keeps running.`,
      ["showLog", "showOutput", "openDashboard"],
    ],
    [
      ended("pre_deploy_failed"),
      "error",
      `harbor-api was not deployed: the pre-deploy command failed after 1 min 5 s (${what}). What was live before keeps running.`,
      ["showLog", "showOutput", "openDashboard"],
    ],
    [
      ended("update_failed"),
      "error",
      `harbor-api was not deployed: the start of the new version failed after 1 min 5 s (${what}). What was live before keeps running.`,
      ["showLog", "showOutput", "openDashboard"],
    ],
    [
      ended("canceled", { cancelAsked: true }),
      "info",
      `You canceled the deploy of harbor-api (${what}). What was live before keeps running.`,
      ["showOutput"],
    ],
    [
      ended("canceled"),
      "warning",
      `The deploy of harbor-api was canceled on Render, not from here (${what}). What was live before keeps running.`,
      ["openDashboard", "showOutput"],
    ],
    [
      ended("canceled", {}, aDeploy({ id: "dep-2" })),
      "warning",
      `The deploy of harbor-api was canceled (${what}), as a later deploy took its place: 7c1f0e9 Cache port lookups (API).`,
      ["openDashboard", "showOutput"],
    ],
    [
      ended("canceled", {}, { ...sourceless, trigger: "new_commit" }),
      "warning",
      `The deploy of harbor-api was canceled (${what}), as a later deploy took its place: dep-0 (Render's auto-deploy).`,
      ["openDashboard", "showOutput"],
    ],
    [
      { ...at({ kind: "notStarted", error }), order: anOrder({ rollbackTo: aDeploy() }) },
      "error",
      "Could not roll harbor-api back: Render could not be reached. Check your connection, then try again. Nothing was deployed.",
      ["retry", "showOutput"],
    ],
    [
      at({ kind: "notStarted", error }),
      "error",
      "Could not deploy harbor-api: Render could not be reached. Check your connection, then try again. Nothing was deployed.",
      ["retry", "showOutput"],
    ],
    [
      at({ kind: "unclear", error }),
      "warning",
      "Render's answer was lost, and it cannot be told whether a deploy of harbor-api began. Look at the Dashboard before you try again, so that it is not deployed twice.",
      ["openDashboard", "showOutput"],
    ],
    [
      lost({ kind: "error", error: new RenderError("gone", { method: "GET", path: "/services/srv-1" }) }),
      "warning",
      "Could not go on watching the deploy of harbor-api: it no longer exists on Render. Refresh the services. It may still go on at Render.",
      ["openDashboard", "showOutput"],
    ],
    [
      lost({ kind: "timeLimit" }),
      "warning",
      "The deploy of harbor-api has not ended after six hours and is no longer watched. Look at the Dashboard.",
      ["openDashboard", "showOutput"],
    ],
    [
      lost({ kind: "skipped", later: aDeploy({ id: "dep-2" }) }),
      "warning",
      "The deploy of harbor-api did not run: Render went on with a later one, 7c1f0e9 Cache port lookups (API). Deploy again if yours is still wanted.",
      ["openDashboard", "showOutput"],
    ],
    [
      lost({ kind: "skipped", later: sourceless }),
      "warning",
      "The deploy of harbor-api did not run: Render went on with a later one, dep-0 (API). Deploy again if yours is still wanted.",
      ["openDashboard", "showOutput"],
    ],
    [
      lost({ kind: "neverAppeared" }),
      "warning",
      "Render accepted the deploy of harbor-api, but it has not appeared. Look at the Dashboard before you try again.",
      ["openDashboard", "showOutput"],
    ],
  ] as const)
    it(`says ${severity}: "${text}"`, () => {
      assert.deepEqual(noticeOf(followed, 75_000), { severity, text, remedies });
    });

  it("says something at the end, whatever the status, and nothing before", () => {
    for (const status of deployStatuses) {
      const over = viewOf(status).outcome !== undefined;
      assert.equal(noticeOf(over ? ended(status) : following(status), 75_000) !== undefined, over, status);
    }
  });

  it("is plain text, whatever the names are", () => {
    for (const text of hostileTexts) {
      const order = anOrder({ service: aService({ name: text }) });
      const later = { ...sourceless, id: text, image: { ref: text } };
      const unnamed = without(later, "image");
      for (const followed of [
        { ...ended("live"), order },
        { ...ended("canceled", {}, later), order },
        { ...lost({ kind: "skipped", later }), order },
        { ...lost({ kind: "skipped", later: unnamed }), order },
        { ...at({ kind: "notStarted", error }), order },
      ])
        assertPlain(noticeOf(followed, 0)?.text ?? "", 400);
      assertPlain(progressText(following(text, { behind: later }), 0), 400);
      assertPlain(phaseText(following("queued", { behind: later })), 100);
    }
  });
});

describe("dashboardAddress", () => {
  const page = "https://dashboard.render.com/web/srv-1";
  for (const [followed, address] of [
    [at({ kind: "sending" }), page],
    [lost({ kind: "neverAppeared" }), page],
    [following("live"), `${page}/deploys/dep-1`],
    [at({ kind: "following", deploy: aDeploy({ id: "../x?y" }) }), `${page}/deploys/..%2Fx%3Fy`],
  ] as const)
    it(`of ${followed.stage.kind} is ${address}`, () => {
      assert.equal(dashboardAddress(followed), address);
    });
});

describe("silentEndText", () => {
  for (const [followed, text] of [
    [lost({ kind: "stopped" }), "You stopped watching it. What has begun goes on at Render."],
    [
      lost({ kind: "signedOut" }),
      "It is no longer watched, as the API key was removed. It goes on at Render.",
    ],
    [lost({ kind: "elsewhere" }), "Another window watches it, and tells how it ends."],
  ] as const)
    it(`says "${text}"`, () => {
      assert.equal(silentEndText(followed), text);
    });
});

describe("deploys of others", () => {
  it("are named by what they deploy", () => {
    assert.equal(deployText(aDeploy()), "7c1f0e9 Cache port lookups");
    assert.equal(deployText(aDeploy({ commit: { id: "e".repeat(40) } })), "eeeeeee");
    assert.equal(deployText(sourceless), "dep-0");
  });

  it("say who started them", () => {
    assert.equal(whoStarted(aDeploy({ trigger: "new_commit" })), "Render's auto-deploy");
    assert.equal(whoStarted(aDeploy({ trigger: "manual" })), "Dashboard");
    assert.equal(whoStarted(without(aDeploy(), "trigger")), "somebody else");
  });
});

describe("what leaving an automatic deploy means", () => {
  const automatic = { commitId: sha, when: "commit", since: 0, isConfirmed: true } as const;
  const waiting = aFollowedDeploy({ order: anOrder({ automatic }), stage: { kind: "awaited" } });
  const left = (reason: LostReason): FollowedDeploy => ({ ...waiting, stage: { kind: "lost", reason } });

  it("says that nothing was sent, and never that it goes on at Render", () => {
    assert.match(
      leaveDetail(waiting, false),
      /^Nothing has been sent yet\. If you stop watching, yours is not sent;/u,
    );
    for (const kind of ["stopped", "signedOut"] as const)
      assert.match(silentEndText(left({ kind })), /nothing was sent in its place\.$/u);
    const error = new Error("refused");
    assert.match(noticeOf(left({ kind: "error", error }), 0)?.text ?? "", / Nothing was sent\.$/u);
  });

  it("says of what has begun that it goes on", () => {
    const begun: FollowedDeploy = { ...waiting, stage: { kind: "following", deploy: aDeploy() } };
    assert.match(leaveDetail(begun, false), /it goes on at Render\.$/u);
    assert.match(leaveDetail(begun, true), /^Canceling ends it at Render/u);
  });
});
