import assert from "node:assert/strict";
import { RenderError } from "../../../../src/render/errors.js";
import type { ServiceDeploys } from "../../../../src/services/deployHistory.js";
import { deployNodes } from "../../../../src/features/servicesView/servicesNode.js";
import { aDeploy, aService } from "../../../support/builders.js";

const service = aService({ id: "srv-1" });

/** The rows in short: the id of a deploy's, the text of a problem's. */
function rows(read: ServiceDeploys | undefined): string[] {
  return deployNodes(service, read).map(node => (node.kind === "problem" ? node.text : node.id));
}

describe("deployNodes", () => {
  const deploys = [aDeploy({ id: "dep-2" }), aDeploy({ id: "dep-1" })];

  it("are the deploys as they were read", () => {
    assert.deepEqual(rows({ deploys, complete: true, loading: false }), ["srv-1/dep-2", "srv-1/dep-1"]);
  });

  it("say so where there are none", () => {
    assert.deepEqual(rows({ deploys: [], complete: true, loading: false }), ["No deploys yet."]);
    assert.deepEqual(rows(undefined), ["No deploys yet."]);
  });

  it("say last how many could not be read", () => {
    const read = { complete: true, loading: false, unread: 1 };
    assert.deepEqual(rows({ ...read, deploys: [] }), ["1 deploy could not be read: see the output."]);
    assert.deepEqual(rows({ ...read, deploys, unread: 2 }), [
      "srv-1/dep-2",
      "srv-1/dep-1",
      "2 deploys could not be read: see the output.",
    ]);
  });

  it("say first why the last reading failed, and keep what is known", () => {
    const error = new RenderError("dns", { method: "GET", path: "/services/srv-1/deploys" });
    const [problem, ...others] = rows({ deploys, complete: true, loading: false, error });
    assert.match(problem ?? "", /^Could not load the deploys: /u);
    assert.deepEqual(others, ["srv-1/dep-2", "srv-1/dep-1"]);
  });
});
