import assert from "node:assert/strict";
import { RenderError } from "../../../../src/render/errors.js";
import type { ActionResult, ServiceAction } from "../../../../src/features/serviceActions/serviceSwitch.js";
import { switchQuestion, switchResultText } from "../../../../src/features/serviceActions/switchTexts.js";
import { aService } from "../../../support/builders.js";
import { assertPlain, hostileTexts } from "../../../support/hostileText.js";

const actions = ["suspend", "resume", "restart"] as const;
const service = aService();
const place = { workspace: "Harbor Labs", environment: "Harbor / production", isProtected: true };
const error = new RenderError("conflict", { method: "POST", path: "/services/srv-1/suspend" });
const done: ActionResult = { kind: "done", answerLost: false };
const answerLost: ActionResult = { kind: "done", answerLost: true };

describe("switchQuestion", () => {
  for (const [action, text, button, effect] of [
    ["suspend", "Suspend harbor-api?", "Suspend", /^It stops until it is resumed\./u],
    ["resume", "Resume harbor-api?", "Resume", /^Render starts it again, with a new deploy\./u],
    [
      "restart",
      "Restart harbor-api?",
      "Restart",
      /^Its instances are replaced by new ones with .* takes effect with the next one\./u,
    ],
  ] as const)
    it(`of ${action}: what, where, and what comes of it`, () => {
      const question = switchQuestion(service, place, action);
      assert.deepEqual([question.text, question.button], [text, button]);
      assert.match(question.detail, effect);
      assert.ok(question.detail.endsWith("\n\nIt is in Harbor Labs · Harbor / production (protected)."));
    });
});

describe("switchResultText", () => {
  const lostText = "Render's answer was lost on the way, but the service shows it.";
  const unclear = (whether: string): string =>
    `Render's answer was lost, and it cannot be told whether harbor-api was ${whether}. Look at the Dashboard before you try again.`;
  for (const [action, result, severity, text, remedies] of [
    ["suspend", done, "info", "harbor-api is suspended.", []],
    ["resume", done, "info", "harbor-api is resumed, and Render starts it again.", []],
    ["restart", done, "info", "harbor-api restarts.", []],
    ["suspend", answerLost, "info", `harbor-api is suspended. ${lostText}`, []],
    ["resume", answerLost, "info", `harbor-api is resumed, and Render starts it again. ${lostText}`, []],
    ["restart", answerLost, "info", `harbor-api restarts. ${lostText}`, []],
    ...(
      [
        ["suspend", "suspended"],
        ["resume", "resumed"],
        ["restart", "restarted"],
      ] as const
    ).map(
      ([action, whether]) =>
        [
          action,
          { kind: "unclear", error },
          "warning",
          unclear(whether),
          ["openDashboard", "showOutput"],
        ] as const,
    ),
    [
      "suspend",
      { kind: "failed", error },
      "error",
      "Could not suspend harbor-api: the service is in a state that does not allow it now. See what is going on in the Dashboard, then try again.",
      ["openDashboard", "retry"],
    ],
    [
      "restart",
      { kind: "failed", error: new Error("a bug") },
      "error",
      "Could not restart harbor-api: something unexpected happened. The output has the details.",
      ["showOutput"],
    ],
  ] as const satisfies readonly (readonly [ServiceAction, ActionResult, ...unknown[]])[])
    it(`of ${action}, ${result.kind}: "${text}"`, () => {
      assert.deepEqual(switchResultText(service, action, result), { severity, text, remedies });
    });

  it("offers no retry where it cannot be told whether it was done", () => {
    for (const action of actions)
      assert.ok(!switchResultText(service, action, { kind: "unclear", error }).remedies.includes("retry"));
  });

  it("is plain text, whatever the name is", () => {
    for (const name of hostileTexts)
      for (const action of actions) {
        assertPlain(switchQuestion({ name }, place, action).text, 80);
        for (const result of [done, answerLost, { kind: "unclear", error } as const])
          assertPlain(switchResultText({ name }, action, result).text, 300);
      }
  });
});
