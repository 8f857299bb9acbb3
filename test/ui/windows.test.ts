import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import type { EditorWindow } from "../vscode/editorWindow.js";
import { eventually } from "../vscode/eventually.js";
import { lighthouse, Stage } from "./stage.js";

describe("Windows that come and go", () => {
  let stage: Stage;
  let window: EditorWindow;

  before(async () => {
    stage = await Stage.open();
    window = await stage.signedInWindow();
  });
  beforeEach(async () => {
    stage.simulator.reset();
    await window.clearToasts();
  });
  after(() => stage.close());

  /** Starts a deploy that takes about 15 s and waits until it is seen to build. */
  async function startSlowDeploy(in_: EditorWindow): Promise<void> {
    stage.simulator.nextDeploy(lighthouse.serviceId, { phases: { build: 250_000 } });
    await stage.button(in_).click();
    await (await in_.modal()).click("Deploy");
    await in_.toast("Deploying lighthouse: Building", 15_000);
  }

  const ends = async (in_: EditorWindow): Promise<number> =>
    (await in_.toasts()).filter(({ text }) => text.includes("lighthouse is live with")).length;

  it("a deploy goes on being followed after a reload, and is told once", async () => {
    await startSlowDeploy(window);
    await window.reload();
    await window.toast("Deploying lighthouse: Building", 30_000);
    await window.toast("lighthouse is live with", 30_000);
    await sleep(1_000);
    assert.equal(await ends(window), 1);
    assert.equal(stage.triggers().length, 1);
  });

  it("of two windows only the one that follows it tells how it ends", async () => {
    const other = await stage.newWindow({ sameUserAs: window });
    await startSlowDeploy(window);
    await window.toast("lighthouse is live with", 30_000);
    await sleep(1_000);
    assert.equal(await ends(window), 1);
    assert.equal(await ends(other), 0);
    await other.close();
  });

  it("when the window that follows it is closed, another one takes over and tells", async () => {
    const other = await stage.newWindow({ sameUserAs: window });
    await startSlowDeploy(other);
    await other.close();
    await window.toast("lighthouse is live with", 60_000);
    assert.equal(stage.triggers().length, 1);
  });

  it("what ended while no window was open is told when one opens", async () => {
    const profileDir = `${stage.temporary}/profile`;
    const first = await stage.signedInWindow({ profileDir });
    await startSlowDeploy(first);
    await first.close();
    // The other window of this test knows nothing of this user's key, so it is closed as well.
    await window.close();
    await eventually(
      "the deploy to be live",
      () =>
        stage.simulator
          .deploysOf(lighthouse.serviceId)
          .find(({ status, trigger }) => status === "live" && trigger === "api"),
      { timeoutMs: 40_000 },
    );
    const next = await stage.newWindow({ profileDir });
    await next.toast("lighthouse is live with", 60_000);
    await next.close();
    window = await stage.signedInWindow();
  });

  it("without a key nothing is followed any more", async () => {
    await startSlowDeploy(window);
    await window.palette("Render: Remove API Key");
    await (await window.modal()).click("Remove");
    await window.toast("The Render API key was removed from VS Code.");
    await stage.button(window).waitForText(/^Deploy/u);
    const asked = stage.simulator.requests.length;
    await sleep(5_000);
    assert.equal(stage.simulator.requests.length, asked);
    await window.palette("Render: Set API Key");
    await window.quick.answer(stage.simulator.key);
    await window.toast("Signed in to Render as");
  });

  it("the services view keeps itself up to date while it is seen, and asks nothing while it is not", async () => {
    await window.openView("Render");
    await window.tree().row("lighthouse");
    stage.simulator.deployElsewhere(lighthouse.serviceId);
    await window.tree().describedRow("lighthouse", /now/u, 40_000);
    await window.openView("Explorer");
    await sleep(1_000);
    const asked = stage.simulator.requests.length;
    await sleep(20_000);
    assert.equal(stage.simulator.requests.length, asked);
  });

  it("what cannot be read again is shown as it was, with the reason and the time", async () => {
    await window.openView("Render");
    await window.tree().row("lighthouse");
    stage.simulator.fail({ path: /^\/services$/u, times: 1_000, with: { kind: "status", status: 403 } });
    await window.palette("Render: Refresh Services");
    const { text } = await window.tree().welcome();
    assert.match(text, /Could not refresh the services: .* Shown is what was known at /u);
    await window.tree().row("lighthouse");
    stage.simulator.clearFaults();
    await window.palette("Render: Refresh Services");
  });
});
