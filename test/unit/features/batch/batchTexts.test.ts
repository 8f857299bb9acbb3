import assert from "node:assert/strict";
import type { BatchMember, BatchState } from "../../../../src/features/batch/batch.js";
import {
  batchCancelQuestion,
  batchNotice,
  batchProgressText,
  unstartedLine,
  unstartedText,
} from "../../../../src/features/batch/batchTexts.js";
import type { DeployStage, FollowedDeploy } from "../../../../src/features/following/followedDeploy.js";
import { RenderError } from "../../../../src/render/errors.js";
import { aDeploy, aFollowedDeploy, anOrder, aService } from "../../../support/builders.js";
import { assertPlain, hostileTexts } from "../../../support/hostileText.js";

const error = new RenderError("conflict", { method: "POST", path: "/services/srv-1/deploys" });

function member(name: string, stage?: DeployStage, change: Partial<FollowedDeploy> = {}): BatchMember {
  const order = anOrder({ service: aService({ id: `srv-${name}`, name }) });
  return { order, ...(stage && { followed: aFollowedDeploy({ ...change, order, stage }) }) };
}

function automatic(name: string, stage: "awaited" | "overdue" | "missing" = "awaited"): BatchMember {
  if (stage === "missing") return member(name, { kind: "lost", reason: { kind: "automaticMissing" } });
  return member(name, { kind: "awaited", ...(stage === "overdue" && { isOverdue: true }) });
}

const batch = (...members: BatchMember[]): BatchState => ({ members, isCanceled: false });
const building: DeployStage = { kind: "following", deploy: aDeploy() };
const live: DeployStage = { kind: "ended", deploy: aDeploy({ status: "live" }), outcome: "live" };
const replaced: DeployStage = {
  kind: "ended",
  deploy: aDeploy({ status: "deactivated" }),
  outcome: "replaced",
};
const failed: DeployStage = {
  kind: "ended",
  deploy: aDeploy({ status: "build_failed" }),
  outcome: "failed",
};
const canceled: DeployStage = {
  kind: "ended",
  deploy: aDeploy({ status: "canceled" }),
  outcome: "canceled",
};

describe("batchProgressText", () => {
  const rows: [state: BatchState, text: string][] = [
    [batch(member("a", building), member("b")), "0 of 2 live · a: Building · 1 min 5 s"],
    [
      batch(member("a", live), member("b", replaced), member("c", building)),
      "2 of 3 live · c: Building · 1 min 5 s",
    ],
    [
      batch(member("a", failed), member("b", { kind: "queued" })),
      "0 of 2 live, 1 not deployed · b: Queued · 1 min 5 s",
    ],
    [
      batch(...["a", "b", "c", "d", "e"].map(name => member(name, building))),
      "0 of 5 live · a: Building, b: Building, c: Building, 2 more · 1 min 5 s",
    ],
    [
      batch(member("a", building, { trouble: error })),
      "0 of 1 live · a: Building · 1 min 5 s · Render cannot be read right now, trying again",
    ],
    [
      { ...batch(member("a", building), member("b")), isCanceled: true },
      "0 of 2 live · a: Building · no more are started · 1 min 5 s",
    ],
    [
      batch(member("a", building), automatic("b"), automatic("c", "missing")),
      "0 of 3 live, 1 not deployed · a: Building, b: Waiting for auto-deploy · 1 min 5 s",
    ],
    [
      batch(member("a", building), automatic("b", "overdue")),
      "0 of 2 live · a: Building, b: Waiting for its turn · 1 min 5 s",
    ],
    [{ ...batch(automatic("a")), isCanceled: true }, "0 of 1 live · a: Waiting for auto-deploy · 1 min 5 s"],
    [{ ...batch(member("a", building)), isCanceled: true }, "0 of 1 live · a: Building · 1 min 5 s"],
  ];
  for (const [state, text] of rows)
    it(`says "${text}"`, () => {
      assert.equal(batchProgressText(state, 65_000), text);
    });
});

describe("batchNotice", () => {
  const conflict =
    "Could not deploy b: the service is in a state that does not allow it now. See what is going on in the Dashboard, then try again.";
  const later = aDeploy({ id: "dep-2" });
  const rows: [state: BatchState, severity: string, text: string, retries: boolean][] = [
    [batch(member("a", live), member("b", live)), "info", "All 2 services are live, after 42 s.", false],
    [batch(member("a", live)), "info", "a is live, after 42 s.", false],
    [
      batch(member("a", live), member("b", replaced)),
      "info",
      "All 2 services are live, after 42 s. On b a later deploy has replaced it since.",
      false,
    ],
    [
      batch(member("a", live), member("b", failed), member("c")),
      "error",
      "1 of 3 services is live. b was not deployed: the build failed. c was not started.",
      true,
    ],
    [
      batch(member("a", live), member("b", live), member("c", failed), member("d"), member("e")),
      "error",
      "2 of 5 services are live. c was not deployed: the build failed. d and e were not started.",
      true,
    ],
    [
      batch(member("a", failed), ...["b", "c", "d", "e"].map(name => member(name))),
      "error",
      "0 of 5 services are live. a was not deployed: the build failed. 4 were not started.",
      true,
    ],
    [
      batch(member("a", live), member("b", { kind: "notStarted", error })),
      "error",
      `1 of 2 services is live. ${conflict}`,
      true,
    ],
    [
      batch(member("a", live), member("b", { kind: "unclear", error })),
      "warning",
      "1 of 2 services is live. Whether a deploy of b began cannot be told: look at the Dashboard before you try it again.",
      false,
    ],
    [
      batch(member("a", live), member("b", { kind: "lost", reason: { kind: "timeLimit" } })),
      "warning",
      "1 of 2 services is live. How the deploy of b ends is not known here: look at the Dashboard.",
      false,
    ],
    [
      batch(member("a", live), member("b", { kind: "lost", reason: { kind: "elsewhere" } })),
      "warning",
      "1 of 2 services is live. Another window tells how the deploy of b ends.",
      false,
    ],
    [
      batch(member("a", live), automatic("b", "missing"), member("c")),
      "warning",
      "1 of 3 services is live. Render has not started an automatic deploy of b. Deploy again if you do not want to wait. c was not started.",
      true,
    ],
    [
      { ...batch(member("a", live), automatic("b", "missing")), isCanceled: true },
      "warning",
      "1 of 2 services is live. Render has not started an automatic deploy of b. Deploy again if you do not want to wait.",
      true,
    ],
    [
      batch(...["a", "b", "c", "d", "e", "f"].map(name => member(name, failed))),
      "error",
      "0 of 6 services are live. a was not deployed: the build failed. b was not deployed: the build failed. c was not deployed: the build failed. The output tells of 3 more.",
      true,
    ],
    [
      batch(member("a", live), member("b", { ...canceled, replacedBy: later })),
      "warning",
      "1 of 2 services is live. The deploy of b was canceled for a later one, 7c1f0e9.",
      true,
    ],
    [
      batch(member("a", live), member("b", { kind: "lost", reason: { kind: "skipped", later } })),
      "warning",
      "1 of 2 services is live. The deploy of b did not run, as Render went on with a later one, 7c1f0e9.",
      false,
    ],
    [
      batch(member("a", live), member("b", canceled)),
      "warning",
      "1 of 2 services is live. The deploy of b was canceled on Render, not from here.",
      true,
    ],
    [
      batch(
        member("a", {
          ...failed,
          reason: {
            text: 'Likely cause: package.json has no script "bild". Add it.',
            lines: ["npm ERR! Missing"],
          },
        }),
        member("b", { ...failed, reason: { text: "The last line of its log: exit 1", lines: ["exit 1"] } }),
        member("c"),
      ),
      "error",
      '0 of 3 services are live. a was not deployed: the build failed. Likely cause: package.json has no script "bild". b was not deployed: the build failed. The last line of its log: exit 1. c was not started.',
      true,
    ],
    [
      { ...batch(member("a", canceled, { cancelAsked: true }), member("b")), isCanceled: true },
      "info",
      "0 of 2 services are live. The deploy of a was canceled. b was not started.",
      true,
    ],
  ];
  for (const [state, severity, text, retries] of rows)
    it(`says "${text}"`, () => {
      const notice = batchNotice(state, 42_000);
      assert.equal(notice?.text, text);
      assert.equal(notice.severity, severity);
      assert.equal(notice.remedies.includes("retry"), retries);
    });

  for (const kind of ["stopped", "signedOut"] as const)
    it(`says nothing where the person knows: ${kind}`, () => {
      const state = batch(member("a", { kind: "lost", reason: { kind } }), member("b"));
      assert.equal(batchNotice(state, 0), undefined);
    });

  it("says nothing where the person left before an automatic deploy appeared", () => {
    const left = member("a", { kind: "lost", reason: { kind: "stopped" } });
    assert.equal(batchNotice(batch(left), 0), undefined);
  });

  it("shows names as plain text", () => {
    for (const name of hostileTexts) {
      const state = batch(member(name, failed), member(name, building), member(name));
      assertPlain(batchNotice(state, 0)?.text ?? "", 300);
      assertPlain(batchProgressText(state, 0), 300);
    }
  });
});

describe("unstartedText", () => {
  it("says what was not started, and offers to deploy it", () => {
    assert.deepEqual(unstartedText(["harbor-web", "harbor-worker"]), {
      severity: "warning",
      text: "The window was closed in the middle of a batch. harbor-web and harbor-worker were not started.",
      remedies: ["deploy"],
    });
    assert.equal(
      unstartedLine(["a", "b", "c", "d"]),
      "The window was closed in the middle of a batch. Not started: a, b, c, d",
    );
    for (const name of hostileTexts) {
      assertPlain(unstartedText([name]).text, 160);
      assertPlain(unstartedLine([name]), 160);
    }
  });
});

describe("batchCancelQuestion", () => {
  it("says what becomes of what runs and of what waits", () => {
    const { text, detail } = batchCancelQuestion(batch(member("a", building), member("b")), true);
    assert.equal(text, "Cancel the deploy of 2 services?");
    assert.equal(
      detail,
      "Canceling ends what runs at Render, and what is live now keeps running. 1 service has not been started, and will not be. If you only stop watching, what runs goes on at Render.",
    );
  });

  it("says that auto-deploy goes on", () => {
    const { detail } = batchCancelQuestion(batch(automatic("a"), member("b")), false);
    assert.equal(
      detail,
      "Render cannot cancel what runs at this point. 1 service has not been started, and will not be. Auto-deploy may still deploy 1 service. If you only stop watching, what runs goes on at Render.",
    );
  });

  it("says that Render cannot cancel, where it cannot", () => {
    const { detail } = batchCancelQuestion(batch(member("a", building)), false);
    assert.equal(
      detail,
      "Render cannot cancel what runs at this point. If you only stop watching, what runs goes on at Render.",
    );
  });
});
