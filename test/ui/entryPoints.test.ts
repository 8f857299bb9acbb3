import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { live, onStage, stage, window } from "./onStage.js";

describe("From where people are", () => {
  onStage({
    files: { "render.yaml": "services:\n  - type: web\n    name: lighthouse\n" },
    prepare: () => {
      // As the palette does not offer the command.
      const keys = [{ key: "ctrl+alt+shift+d", command: "render.deployCommit" }];
      return writeFile(join(stage.server.dataFolder, "data/User/keybindings.json"), JSON.stringify(keys));
    },
  });

  async function confirmHead(): Promise<void> {
    const question = await window.modal();
    assert.equal(
      question.text,
      `Deploy ${stage.head.slice(0, 7)} Turn the lamp faster in fog (main) to lighthouse?`,
    );
    await question.click("Deploy");
    await window.toast("lighthouse is live with", 30_000);
    assert.deepEqual(stage.triggers(), [{ commitId: stage.head }]);
  }

  it("the button in the title of Source Control deploys HEAD of that repository", async () => {
    await window.openView("Source Control");
    await window.tree().titleAction("Trigger Deploy");
    await confirmHead();
  });

  it("the button in the title of render.yaml deploys the service of its repository", async () => {
    await window.openFile("render.yaml");
    await window.editorAction("Trigger Deploy");
    await confirmHead();
  });

  async function confirmOlder(): Promise<void> {
    const question = await window.modal();
    assert.equal(question.text, `Deploy ${live.slice(0, 7)} Light the lamp to lighthouse?`);
    await question.click("Deploy");
    await window.toast("lighthouse is live with", 30_000);
    assert.deepEqual(stage.triggers(), [{ commitId: live }]);
  }

  // The VS Code of these tests is code-server's, which tells extensions the row; Microsoft's does not.
  it("a commit of the Timeline is deployed by its whole SHA", async () => {
    await window.openFile("README.md");
    await window.openView("Explorer");
    const timeline = window.tree("Timeline");
    await timeline.open();
    await (await timeline.row("Light the lamp")).contextMenu("Deploy This Commit…");
    await confirmOlder();
  });

  it("a commit of the file is chosen where VS Code does not tell the row", async () => {
    await window.openFile("README.md");
    await window.page.keyboard.press("Control+Alt+Shift+D");
    const labels = (await window.quick.rows()).map(({ label }) => label);
    assert.deepEqual(labels, [
      `${stage.head.slice(0, 7)} Turn the lamp faster in fog`,
      `${live.slice(0, 7)} Light the lamp`,
    ]);
    await window.quick.pick(`${live.slice(0, 7)} Light the lamp`);
    await confirmOlder();
  });
});
