import assert from "node:assert/strict";
import type { EditorWindow } from "../vscode/editorWindow.js";
import { eventually } from "../vscode/eventually.js";
import { Stage } from "./stage.js";

describe("A secret storage that fails", () => {
  let stage: Stage;
  let window: EditorWindow;

  before(async () => {
    stage = await Stage.open();
    window = await stage.newWindow({ deniesSecrets: true });
    await window.openView("Render");
  });
  beforeEach(async () => {
    await window.clearToasts();
  });
  after(() => stage.close());

  async function seeUnreadable(): Promise<void> {
    await eventually("the text about the secret storage", async () => {
      const { text, buttons } = await window.tree().welcome();
      return text.startsWith("VS Code's secret storage, which keeps the API key, cannot be read.") &&
        buttons.join() === "Retry,Set API Key for This Session,Show Output"
        ? true
        : undefined;
    });
  }

  it("is not taken for having no key: the view says what failed and what helps, and the output why", async () => {
    await seeUnreadable();
    assert.match((await window.tree().welcome()).text, /gnome-keyring or KWallet.*--password-store=basic/u);
    await eventually(
      "the reason in the output",
      async () =>
        /The services could not be loaded: .*keyUnreadable.*denied/u.test(await stage.output(window)) ||
        undefined,
    );
    assert.deepEqual(stage.simulator.requests, []);
  });

  it("is said by a command that needs the key, with a line in the output", async () => {
    await window.palette("Render: Trigger Deploy");
    const toast = await window.toast("Could not deploy: VS Code's secret storage");
    assert.deepEqual(toast.buttons, ["Retry", "Set API Key for This Session", "Show Output"]);
    await eventually(
      "the reason in the output",
      async () =>
        /Could not deploy: The secret storage could not read the API key: .*denied/u.test(
          await stage.output(window),
        ) || undefined,
    );
  });

  it("keeps no key that the person does not want for this session", async () => {
    await window.palette("Render: Set API Key");
    await window.quick.answer(stage.simulator.key);
    const question = await window.modal();
    assert.match(question.text, /^Could not keep the API key: VS Code's secret storage did not take it\./u);
    assert.match(question.detail, /^Render accepts the key\. .*memory of this window.*closed or reloaded/u);
    await question.cancel();
    await seeUnreadable();
  });

  it("lets a person go on for this session, who chooses that when the key is not taken", async () => {
    await window.palette("Render: Set API Key");
    await window.quick.answer(`Authorization: Bearer ${stage.simulator.key}`);
    await (await window.modal()).click("Use for This Session");
    const { text } = await window.toast("Signed in");
    assert.equal(
      text,
      "Signed in to Render as Ada Marsh, in this window and until it is closed or reloaded.",
    );
    await window.tree().row("lighthouse");
  });

  it("has kept nothing after a reload, and a key for this session is one click away", async () => {
    await window.reload();
    await window.openView("Render");
    await seeUnreadable();
    await window.tree().clickWelcome("Set API Key for This Session");
    assert.match(await window.quick.message(), /memory of this window only/u);
    await window.quick.answer(stage.simulator.key);
    await window.toast("Signed in to Render as Ada Marsh, in this window");
    await window.tree().row("lighthouse");
  });

  it("does not keep a key of this session from being removed, and says what it may still hold", async () => {
    await window.palette("Render: Remove API Key");
    await (await window.modal()).click("Remove");
    await window.toast("Could not remove the API key: VS Code's secret storage did not give it up");
    await seeUnreadable();
  });
});
