import assert from "node:assert/strict";
import { eventually } from "../vscode/eventually.js";
import type { Fault } from "../simulator/simulator.js";
import { onStage, stage, window } from "./onStage.js";
import { lighthouse } from "./stage.js";

const page: Fault = {
  kind: "status",
  status: 403,
  body: "<!doctype html><title>Access denied</title><p>Blocked by your organization.</p>",
  headers: { "content-type": "text/html", "render-request-id": null },
};

describe("Answers that are not as they should be", () => {
  onStage({ view: true });

  it("one service that cannot be read hides no other, and is counted and named", async () => {
    const [odd, , old] = stage.simulator.services.filter(
      ({ service }) => service.id !== lighthouse.serviceId,
    );
    assert.ok(odd && old);
    Object.assign(odd.service, { name: null });
    const oldName = old.service.name;
    Object.assign(old.service, { dashboardUrl: undefined, createdAt: "0001-01-01T00:00:00Z", updatedAt: "" });
    await window.palette("Render: Refresh Services");
    await window.tree().row("lighthouse");
    await eventually(
      "the count",
      async () =>
        (await window.tree().welcome()).text === "1 service could not be read: see the output." || undefined,
    );
    await eventually(
      "the line in the output",
      async () =>
        (await stage.output(window)).includes(
          `The entry ${odd.service.id} of /services was left out, as service.name is not as it should be`,
        ) || undefined,
    );
    await window.palette("Render: Filter Services…");
    await window.quick.answer(oldName);
    const row = await window.tree().row(oldName);
    const address = await window.openedExternally(() => row.contextMenu("Open in Dashboard"));
    assert.match(address, new RegExp(`^https://dashboard\\.render\\.com/[a-z]+/${old.service.id}$`, "u"));
    await window.palette("Render: Clear Services Filter");
  });

  it("a page in Render's place is called what it is, and ends no deploy that is followed", async () => {
    await window.palette("Render: Refresh Services");
    await (await window.tree().row("lighthouse")).contextMenu("Trigger Deploy");
    await (await window.modal()).click("Deploy");
    await eventually("the deploy", () => stage.triggers().length === 1 || undefined);
    const path = new RegExp(`/${lighthouse.serviceId}/deploys/`, "u");
    const blocked = stage.simulator.fail({ method: "GET", path, times: 2, with: page });
    await eventually("looks that are blocked", () => blocked.hits === 2 || undefined, { timeoutMs: 20_000 });
    await window.toast("lighthouse is live with", 30_000);
    assert.match(await stage.output(window), /what is between says: "Access denied"/u);
  });

  it("a page in place of the services says so, with a way on", async () => {
    stage.simulator.fail({ path: /^\/services$/u, times: Infinity, with: page });
    await window.palette("Render: Refresh Services");
    await eventually(
      "the text above the rows",
      async () =>
        (await window.tree().welcome()).text.startsWith(
          "Could not refresh the services: something between you and Render answered in its place",
        ) || undefined,
    );
    const other = await stage.newWindow({ sameUserAs: window });
    await other.openView("Render");
    await eventually("the welcome text", async () => {
      const { text, buttons } = await other.tree().welcome();
      return (
        (text.startsWith("Something between you and Render answered in its place") &&
          buttons.join() === "Retry,Show Output") ||
        undefined
      );
    });
    stage.simulator.clearFaults();
    await other.tree().clickWelcome("Retry");
    await other.tree().row("lighthouse");
    await other.close();
  });
});
