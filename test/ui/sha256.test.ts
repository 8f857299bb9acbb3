import assert from "node:assert/strict";
import { git } from "../support/gitRepository.js";
import { eventually } from "../vscode/eventually.js";
import { onStage, stage, window } from "./onStage.js";

describe("A repository with SHA-256", () => {
  onStage({ objectFormat: "sha256", quirks: { sha256Commit: "accept" }, view: true });

  async function deployed(text: string): Promise<unknown[]> {
    const question = await window.modal();
    assert.equal(question.text, `Deploy ${text} to lighthouse?`);
    assert.match(question.detail, /Whether the commit is pushed could not be read from Git\./u);
    assert.doesNotMatch(question.detail, /is on no branch/u);
    await question.click(question.buttons.includes("Deploy") ? "Deploy" : "Deploy Anyway");
    await window.toast("lighthouse is live with", 30_000);
    return stage.triggers();
  }

  async function choose(...items: string[]): Promise<void> {
    await window.palette("Render: Trigger Deploy with Options…");
    await window.quick.type("lighthouse");
    await window.quick.pick("lighthouse");
    for (const item of items) await window.quick.pick(item);
  }

  it("is sent HEAD whole", async () => {
    assert.match(stage.head, /^[0-9a-f]{64}$/u);
    await stage.button(window).waitForText("Deploy lighthouse · HEAD is 1 ahead");
    await stage.button(window).click();
    const text = `${stage.head.slice(0, 7)} Turn the lamp faster in fog (main)`;
    assert.deepEqual(await deployed(text), [{ commitId: stage.head }]);
  });

  it("is sent a commit of its history whole", async () => {
    const older = await git(stage.folder, "rev-parse", "HEAD~1");
    const text = `${older.slice(0, 7)} Light the lamp`;
    await choose("A commit from the history…", text, "Keep the build cache");
    assert.deepEqual(await deployed(text), [{ commitId: older }]);
  });

  it("is sent a commit whole that was typed with 40 of its digits", async () => {
    const older = await git(stage.folder, "rev-parse", "HEAD~1");
    await choose("A commit by its SHA…");
    await window.quick.answer(older.slice(0, 40));
    await window.quick.pick("Keep the build cache");
    assert.deepEqual(await deployed(`${older.slice(0, 7)} Light the lamp`), [{ commitId: older }]);
  });

  it("is sent nothing for the last 40 digits of a SHA, as VS Code shows them", async () => {
    await choose("A commit by its SHA…");
    await window.quick.type(stage.head.slice(-40));
    await eventually(
      "the box to refuse it",
      async () => (await window.quick.message()).startsWith("That is not a commit: ") || undefined,
    );
    await window.quick.cancel();
    assert.deepEqual(stage.triggers(), []);
  });

  it("is sent HEAD whole when it is detached", async () => {
    await git(stage.folder, "checkout", "--quiet", "--detach");
    await stage.button(window).click();
    const text = `${stage.head.slice(0, 7)} Turn the lamp faster in fog`;
    assert.deepEqual(await deployed(text), [{ commitId: stage.head }]);
    await git(stage.folder, "checkout", "--quiet", "main");
  });
});
