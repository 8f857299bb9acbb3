import assert from "node:assert/strict";
import { git } from "../support/gitRepository.js";
import { onStage, stage, window } from "./onStage.js";
import { lighthouse } from "./stage.js";

describe("Which deploy is ours", () => {
  onStage({ quirks: { newDeployHiddenMs: 60_000 } });

  /** Confirms a deploy of the service status-page, which is configured with `docker.io/library/nginx:latest`. */
  async function deployImage(typed: string): Promise<void> {
    await window.palette("Render: Trigger Deploy with Options…");
    await window.quick.type("status-page");
    await window.quick.pick("status-page");
    await window.quick.pick("Another tag or digest…");
    await window.quick.answer(typed);
    const question = await window.modal();
    assert.equal(question.text, "Deploy the image docker.io/library/nginx:1.27 to status-page?");
    await question.click("Deploy");
  }

  it("of one that a colleague's takes the place of: says so, and follows theirs to its end", async () => {
    stage.simulator.setQuirks({ newDeployHiddenMs: 0 });
    stage.simulator.setOverlap("override");
    stage.simulator.nextDeploy(lighthouse.serviceId, { phases: { build: 400_000 } });
    await window.palette("Render: Trigger Deploy");
    await window.quick.pick("lighthouse");
    await (await window.modal()).click("Deploy");
    await stage.button(window).waitForText(/^lighthouse: Building · /u);
    stage.simulator.deployElsewhere(lighthouse.serviceId);
    const commit = `${stage.head.slice(0, 7)} Turn the lamp faster in fog`;
    const end = await window.toast("as a later deploy took its place", 20_000);
    assert.equal(end.severity, "warning");
    assert.equal(
      end.text,
      `The deploy of lighthouse was canceled (${commit} (main)), as a later deploy took its place: ${commit} (Dashboard, ada@harbor.example).`,
    );
    await window.toast(`lighthouse is live with ${commit}, after`, 30_000);
    await stage.button(window).waitForText(new RegExp(`^lighthouse: live ${stage.head.slice(0, 7)}`, "u"));
    assert.equal(stage.triggers().length, 1);
    assert.match(
      await stage.output(window),
      /asked for by Dashboard, ada@harbor\.example, in place of the deploy before/u,
    );
  });

  it("is found after a lost answer by an image that was typed under another name", async () => {
    stage.simulator.fail({ method: "POST", path: /\/deploys$/u, with: { kind: "cutAfter" } });
    await deployImage("nginx:1.27");
    await window.toast("status-page is live with the image docker.io/library/nginx:1.27", 30_000);
    assert.deepEqual(stage.triggers(), [{ imageUrl: "docker.io/library/nginx:1.27" }]);
    assert.match(await stage.output(window), /Render's answer was lost, but the deploy was found/u);
  });

  it("is found in the same way where the name is one of Docker Hub's others", async () => {
    stage.simulator.fail({
      method: "POST",
      path: /\/deploys$/u,
      with: { kind: "status", status: 502, acts: true },
    });
    await deployImage("index.docker.io/library/nginx:1.27");
    await window.toast("status-page is live with the image docker.io/library/nginx:1.27", 30_000);
    assert.deepEqual(stage.triggers(), [{ imageUrl: "docker.io/library/nginx:1.27" }]);
  });

  it("of one that runs and one that waits: the button and the row show the running one", async () => {
    const running = stage.head.slice(0, 7);
    const older = await git(stage.folder, "rev-parse", "HEAD~1");
    stage.simulator.nextDeploy(lighthouse.serviceId, { phases: { build: 400_000 } });
    await window.openView("Render");
    await window.palette("Render: Trigger Deploy");
    await window.quick.pick("lighthouse");
    await (await window.modal()).click("Deploy");
    await stage.button(window).waitForText(/^lighthouse: Building · /u);
    await window.palette("Render: Trigger Deploy with Options…");
    await window.quick.type("lighthouse");
    await window.quick.pick("lighthouse");
    await window.quick.pick("A commit from the history…");
    await window.quick.pick(`${older.slice(0, 7)} Light the lamp`);
    await window.quick.pick("Keep the build cache");
    const question = await window.modal();
    assert.match(question.detail, new RegExp(`A deploy of ${running} .* is already running`, "u"));
    await question.click("Deploy Anyway");
    await stage.button(window).waitForText(`lighthouse: building ${running} · 1 queued`);
    await window.tree().describedRow("lighthouse", `building ${running} · 1 queued`);
    await window.toast(`lighthouse is live with ${older.slice(0, 7)}`, 60_000);
    await stage.button(window).waitForText(new RegExp(`^lighthouse: live ${older.slice(0, 7)}`, "u"));
  });
});
