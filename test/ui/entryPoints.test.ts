import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { git } from "../support/gitRepository.js";
import type { EditorWindow } from "../vscode/editorWindow.js";
import { Stage } from "./stage.js";

describe("From where people are", () => {
  let stage: Stage;
  let window: EditorWindow;
  /** The commit that changed the README last but one. */
  let older = "";

  before(async () => {
    stage = await Stage.open();
    older = await git(stage.folder, "rev-parse", "HEAD~1");
    await mkdir(stage.folder, { recursive: true });
    await writeFile(join(stage.folder, "render.yaml"), "services:\n  - type: web\n    name: lighthouse\n");
    window = await stage.signedInWindow();
  });
  beforeEach(async () => {
    stage.simulator.reset();
    await window.clearToasts();
  });
  after(() => stage.close());

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

  it("a commit of the Timeline is chosen and deployed by its whole SHA", async () => {
    await window.openFile("README.md");
    await window.openView("Explorer");
    const timeline = window.tree("Timeline");
    await timeline.open();
    const row = await timeline.row("Light the lamp");
    await row.click();
    await row.contextMenu("Deploy This Commit…");
    const [first] = await window.quick.rows();
    assert.equal(first?.label, `${older.slice(0, 7)} Light the lamp`);
    await window.quick.accept();
    const question = await window.modal();
    assert.equal(question.text, `Deploy ${older.slice(0, 7)} Light the lamp to lighthouse?`);
    await question.click("Deploy");
    await window.toast("lighthouse is live with", 30_000);
    assert.deepEqual(stage.triggers(), [{ commitId: older }]);
  });
});
