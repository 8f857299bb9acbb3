import assert from "node:assert/strict";
import { eventually } from "../vscode/eventually.js";
import { onStage, stage, window } from "./onStage.js";
import { lighthouse } from "./stage.js";

describe("service actions", () => {
  onStage({ view: true, anew: "nothing" });
  beforeEach(async () => {
    stage.simulator.reset();
    await window.palette("Render: Refresh Services");
    const isRead = (path: string): boolean => stage.simulator.requests.some(seen => seen.path === path);
    // A menu that is open while the rows are made anew belongs to none of them.
    await eventually(
      "everything to be read and the row to say what is live",
      async () =>
        (["/services", "/environments", `/services/${serviceId}/deploys`].every(isRead) &&
          /\blive [0-9a-f]{7} · /u.test(await state())) ||
        undefined,
    );
    await window.clearToasts();
  });

  const { serviceId } = lighthouse;

  /** What the service's row says. */
  async function state(): Promise<string> {
    return (await window.tree().rows()).find(({ label }) => label === "lighthouse")?.description ?? "";
  }

  /** Chooses it in the menu of the service's row and answers the question with yes. */
  async function confirmed(entry: string, button: string): Promise<{ text: string; detail: string }> {
    await (await window.tree().row("lighthouse")).contextMenu(entry);
    const question = await window.modal();
    assert.deepEqual([...question.buttons].sort(), ["Cancel", button].sort());
    await question.click(button);
    return question;
  }

  const entries = async (): Promise<string[]> =>
    (await (await window.tree().row("lighthouse")).contextMenuItems()).filter(entry =>
      entry.endsWith(" Service"),
    );

  const posts = (action: string): unknown[] =>
    stage.simulator.requests
      .filter(({ method, path }) => method === "POST" && path === `/services/${serviceId}/${action}`)
      .map(({ body }) => body);

  it("suspends a service, shows it, and resumes it", async () => {
    assert.deepEqual(await entries(), ["Restart Service", "Suspend Service"]);
    const question = await confirmed("Suspend Service", "Suspend");
    assert.equal(question.text, "Suspend lighthouse?");
    assert.equal(question.detail, "It stops until it is resumed.\n\nIt is in Harbor Labs.");
    const suspended = await window.toast("lighthouse is suspended");
    assert.deepEqual([suspended.text, suspended.severity], ["lighthouse is suspended.", "info"]);
    await window.tree().describedRow("lighthouse", "suspended");
    assert.equal(posts("suspend").length, 1);
    assert.deepEqual(await entries(), ["Resume Service"]);

    assert.equal((await confirmed("Resume Service", "Resume")).text, "Resume lighthouse?");
    const resumed = await window.toast("lighthouse is resumed");
    assert.equal(resumed.text, "lighthouse is resumed, and Render starts it again.");
    await eventually(
      "the row to say that it starts",
      async () => /^(?:deploying|live) /u.test(await state()) || undefined,
    );
    assert.equal(posts("resume").length, 1);
    assert.equal(stage.simulator.service(serviceId).service.suspended, "not_suspended");
  });

  it("restarts a service", async () => {
    const before = await state();
    const question = await confirmed("Restart Service", "Restart");
    assert.equal(question.text, "Restart lighthouse?");
    const restarted = await window.toast("lighthouse restarts");
    assert.deepEqual([restarted.text, restarted.severity], ["lighthouse restarts.", "info"]);
    assert.equal(posts("restart").length, 1);
    assert.equal(await state(), before);
  });

  it("does nothing when the question is left", async () => {
    await (await window.tree().row("lighthouse")).contextMenu("Suspend Service");
    await (await window.modal()).cancel();
    await window.tree().row("lighthouse");
    assert.deepEqual(posts("suspend"), []);
  });

  it("finds out by looking what became of a suspension whose answer was lost", async () => {
    stage.simulator.fail({ method: "POST", path: /\/suspend$/u, with: { kind: "cutAfter" } });
    await confirmed("Suspend Service", "Suspend");
    const told = await window.toast("lighthouse is suspended", 20_000);
    assert.equal(
      told.text,
      "lighthouse is suspended. Render's answer was lost on the way, but the service shows it.",
    );
    assert.equal(told.severity, "info");
    await window.tree().describedRow("lighthouse", "suspended");
    assert.equal(posts("suspend").length, 1);
  });

  it("says why Render refused, and does it after a retry, which a second click joins", async () => {
    const suspend = { method: "POST", path: /\/suspend$/u } as const;
    stage.simulator.fail({ ...suspend, with: { kind: "status", status: 409 } });
    stage.simulator.fail({ ...suspend, with: { kind: "delay", ms: 4_000 } });
    await confirmed("Suspend Service", "Suspend");
    const refused = await window.toast(
      "Could not suspend lighthouse: the service is in a state that does not allow it now.",
    );
    assert.deepEqual([refused.severity, refused.buttons], ["error", ["Open in Dashboard", "Retry"]]);
    await refused.click("Retry");
    await eventually("the retry to be sent", () => posts("suspend").length === 2 || undefined);
    await (await window.tree().row("lighthouse")).contextMenu("Suspend Service");
    await window.toast("lighthouse is suspended.");
    assert.equal(await window.page.locator(".monaco-dialog-box").count(), 0);
    await window.tree().describedRow("lighthouse", "suspended");
    assert.equal(posts("suspend").length, 2);
  });

  it("rolls back to an earlier deploy and follows it until it is live", async () => {
    const target = stage.simulator.deploysOf(serviceId).find(({ status }) => status === "deactivated");
    assert.ok(target?.commit);
    const sha = target.commit.id.slice(0, 7);
    await (await window.tree().row("lighthouse")).expand();
    await (await window.tree().row(`Replaced ${sha}`)).contextMenu("Roll Back to This Deploy");
    const question = await window.modal();
    assert.equal(question.text, `Roll lighthouse back to ${sha}?`);
    assert.equal(
      question.detail,
      [
        "Render deploys the build of that time again, with part of the settings it had then. What is configured now stays as it is.",
        "Auto-deploy stays on: the next push that it takes up replaces it. Switch it off in the Dashboard to keep it.",
        "It goes to Harbor Labs.",
      ].join("\n\n"),
    );
    await question.click("Roll Back");
    const end = await window.toast("lighthouse is live with", 20_000);
    assert.match(
      end.text,
      new RegExp(`^lighthouse is live with ${sha} .* \\(rollback\\), after \\d+ s\\.$`, "u"),
    );
    assert.deepEqual(posts("rollback"), [{ deployId: target.id }]);
    assert.deepEqual(stage.triggers(), []);
    await window.tree().describedRow("lighthouse", `live ${sha} · now`);
    await (await window.tree().row("lighthouse")).collapse();
  });
});
