import assert from "node:assert/strict";
import { undeployedNotice } from "../../../../src/features/followPushes/pushTexts.js";
import type { NoDeployReason } from "../../../../src/features/followPushes/pushWatch.js";
import { aPush } from "../../../support/aPush.js";
import { aService } from "../../../support/builders.js";

function text(...undeployed: readonly (readonly [name: string, reason: NoDeployReason])[]): string {
  return undeployedNotice(
    aPush(),
    undeployed.map(([name, reason]) => ({ kind: "noDeploy", service: aService({ name }), reason })),
  ).text;
}

const around = (reason: string): string =>
  `Your push started no deploy of harbor-api: ${reason} Deploy if you want it all the same.`;

describe("why a push made no deploy", () => {
  const rows: readonly [NoDeployReason, string][] = [
    [
      { kind: "skipPhrase", phrase: "[skip render]" },
      "the message of 7c1f0e9 says [skip render], so Render ignored it.",
    ],
    [
      { kind: "outsideBuildFilter", files: 1 },
      "the changed file lies outside the build filter, so Render ignored it.",
    ],
    [
      { kind: "outsideBuildFilter", files: 3 },
      "all 3 changed files lie outside the build filter, so Render ignored them.",
    ],
    [{ kind: "ignored" }, "Render ignored 7c1f0e9 and does not say why."],
    [
      { kind: "checks" },
      "the checks of 7c1f0e9 are still pending, failed, or there are none, and Render waits for them.",
    ],
    [{ kind: "notStarted" }, "auto-deploy is on, but no automatic deploy of 7c1f0e9 began in time."],
  ];
  for (const [reason, sentence] of rows)
    it(`${reason.kind}: ${sentence}`, () => {
      assert.equal(text(["harbor-api", reason]), around(sentence));
    });

  it("is said once for services of one reason, and shows nothing of a name but its letters", () => {
    const ignored = { kind: "ignored" } as const;
    assert.equal(
      text(["a", ignored], ["b", { kind: "notStarted" }], ["$(x)\nc", ignored]),
      "Your push started no deploy of a and $ (x) c: Render ignored 7c1f0e9 and does not say why. b: auto-deploy is on, but no automatic deploy of 7c1f0e9 began in time. Deploy if you want it all the same.",
    );
    const many = ["a", "b", "c", "d", "e", "f", "g"].map(name => [name, ignored] as const);
    assert.match(text(...many), /^Your push started no deploy of a, b, c, d, e and 2 more: Render/u);
  });

  it("offers to deploy, and the Dashboard", () => {
    const undeployed = [{ kind: "noDeploy", service: aService(), reason: { kind: "ignored" } }] as const;
    assert.deepEqual(undeployedNotice(aPush(), undeployed).remedies, ["deploy", "openDashboard"]);
  });
});
