import assert from "node:assert/strict";
import { endings } from "../support/endings.js";
import { eventually } from "../vscode/eventually.js";
import { onStage, stage, window } from "./onStage.js";
import { lighthouse, threeCommits } from "./stage.js";

/** Short, whatever the log says: it is played faster then. */
const phases = { build: 20_000, pre_deploy: 10_000, update: 20_000 };

/** What is said of the step in which it fails, and what of it stands in the button and in the row. */
const saidOf = {
  build_failed: ["the build failed", "build failed", "Build failed"],
  pre_deploy_failed: [
    "the pre-deploy command failed",
    "pre-deploy command failed",
    "Pre-deploy command failed",
  ],
  update_failed: ["the start of the new version failed", "deploy failed", "Deploy failed"],
} as const;

describe("How a deploy ends", () => {
  onStage({ commits: threeCommits, view: true });

  async function deploy(): Promise<void> {
    await stage.button(window).click();
    await (await window.modal()).click("Deploy");
  }

  for (const [plays, text] of endings)
    it(`${plays}: is said in the notification, the output, the status bar and the row`, async () => {
      stage.simulator.nextDeploy(lighthouse.serviceId, { plays, phases });
      const before = (await stage.output(window)).length;
      await deploy();
      const toast = await window.toast("lighthouse was not deployed", 20_000);
      // What is said first may stand behind what Render says of the step.
      const reason = new RegExp(text.source.replaceAll("^", "").replace(/\$$/u, ""), text.flags);
      assert.match(toast.text, reason);
      assert.deepEqual(toast.buttons.slice(0, 1), ["Show Log"]);
      const story = (await stage.output(window)).slice(before);
      assert.match(story, reason);
      const [ended] = stage.simulator.deploysOf(lighthouse.serviceId);
      const said = saidOf[(ended?.status ?? "") as keyof typeof saidOf];
      assert.ok(toast.text.includes(said[0]), toast.text);
      await stage.button(window).waitForText(`lighthouse: ${said[1]}`);
      await (await window.tree().row("lighthouse")).expand();
      const row = await window.tree().row(`${said[2]} ${stage.head.slice(0, 7)}`);
      const tooltip = await row.tooltip();
      assert.match(tooltip, reason);
    });

  it("live: is said, and the log has a fold for each phase", async () => {
    stage.simulator.nextDeploy(lighthouse.serviceId, { plays: "liveNode", phases });
    await deploy();
    await window.toast("lighthouse is live with", 20_000);
    await stage.button(window).waitForText(`lighthouse: live ${stage.head.slice(0, 7)}`);
    await (await window.tree().row("lighthouse")).expand();
    const row = await window.tree().row(`Live ${stage.head.slice(0, 7)}`);
    await row.contextMenu("Show Log");
    const line = (part: string) =>
      window.page.locator(".editor-instance .view-line").filter({ hasText: part });
    await line("Your service is live").first().waitFor();
    const folds = window.page.locator(".editor-instance .margin .codicon-folding-expanded");
    await eventually("folds beside the lines", async () => ((await folds.count()) >= 3 ? true : undefined), {
      instead: async () => String(await folds.count()),
    });
    await window.palette("View: Close All Editors");
  });

  it("canceled at Render: is said, and by whom as far as it is known", async () => {
    stage.simulator.nextDeploy(lighthouse.serviceId, { plays: "canceled", phases });
    await deploy();
    const toast = await window.toast("canceled", 20_000);
    assert.match(toast.text, /lighthouse was canceled on Render, not from here/u);
  });
});
