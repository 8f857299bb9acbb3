import assert from "node:assert/strict";
import { deployStatuses, hasEnded, viewOf } from "../../../src/services/deployStatus.js";
import { assertPlain, hostileTexts } from "../../support/hostileText.js";

describe("viewOf", () => {
  const table = [
    ["created", undefined, "Starting", true],
    ["queued", undefined, "Queued", true],
    ["build_in_progress", undefined, "Building", true],
    ["pre_deploy_in_progress", undefined, "Running pre-deploy command", true],
    ["update_in_progress", undefined, "Deploying", true],
    ["live", "live", "Live", false],
    ["deactivated", "replaced", "Replaced", false],
    ["build_failed", "failed", "Build failed", false],
    ["pre_deploy_failed", "failed", "Pre-deploy command failed", false],
    ["update_failed", "failed", "Deploy failed", false],
    ["canceled", "canceled", "Canceled", false],
  ] as const;

  for (const [status, outcome, label, cancelable] of table)
    it(`${status} ${outcome === undefined ? "goes on" : `ends as ${outcome}`}`, () => {
      const view = viewOf(status);
      assert.equal(view.outcome, outcome);
      assert.equal(view.label, label);
      assert.equal(view.cancelable, cancelable);
      assert.match(view.icon, /^[a-z-]+$/u);
      assert.notEqual(view.phase, "");
      assert.equal(hasEnded(status), outcome !== undefined);
    });

  it("covers every documented status", () => {
    assert.deepEqual(
      table.map(([status]) => status),
      [...deployStatuses],
    );
  });

  for (const status of ["warming_up", "toString", "__proto__", "constructor"])
    it(`takes the unknown ${status} for still running, under its own name`, () => {
      const view = viewOf(status);
      assert.equal(view.outcome, undefined);
      assert.equal(view.label, status.replaceAll("_", " ").trim());
      assert.equal(view.cancelable, true);
      assert.equal(hasEnded(status), false);
    });

  it("shows a hostile status as plain text", () => {
    for (const status of hostileTexts) {
      assertPlain(viewOf(status).label, 40);
      assertPlain(viewOf(status).phase, 40);
    }
  });
});
