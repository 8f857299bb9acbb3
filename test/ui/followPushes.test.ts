import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { eventually } from "../vscode/eventually.js";
import type { EditorWindow } from "../vscode/editorWindow.js";
import { lighthouse, Stage, type StageOptions } from "./stage.js";
import { WorkingCopy } from "./workingCopy.js";

const { serviceId } = lighthouse;

describe("Following pushes", () => {
  let stage: Stage;
  let window: EditorWindow;
  let copy: WorkingCopy;

  async function open(options: StageOptions = {}): Promise<void> {
    stage = await Stage.open(options);
    copy = await WorkingCopy.of(stage);
    window = await stage.signedInWindow();
  }
  afterEach(() => stage.close());

  /** Commits, and waits until VS Code knows that HEAD is not pushed. */
  async function commitSeen(message: string): Promise<string> {
    const head = await copy.commit(message);
    await window.palette("Render: Trigger Deploy");
    await window.quick.pick("lighthouse");
    const question = await window.modal();
    assert.match(question.detail, /is on no branch of harbor-labs\/lighthouse/u);
    await question.cancel();
    return head;
  }

  it("follows the deploy that a push started until it is live, without a click", async () => {
    await open();
    const head = await commitSeen("Polish the lens");
    await copy.git("push", "--quiet");
    await copy.arrives();
    await window.toast(`lighthouse is live with ${head.slice(0, 7)} Polish the lens`, 40_000);
    assert.deepEqual(stage.triggers(), []);
    assert.match(await stage.output(window), /asked for by Render's auto-deploy, after your push/u);
  });

  it("follows a push of a branch without an upstream, and tells in one of two windows", async () => {
    await open();
    await copy.git("branch", "--unset-upstream");
    const other = await stage.newWindow({ sameUserAs: window });
    const head = await commitSeen("Polish the lens");
    await copy.git("push", "--quiet", "origin", "main");
    await copy.arrives();
    const isLive = `lighthouse is live with ${head.slice(0, 7)} Polish the lens`;
    const tellings = async (): Promise<number> =>
      (await Promise.all([window.toasts(), other.toasts()]))
        .flat()
        .filter(({ text }) => text.includes(isLive)).length;
    await eventually("one of the windows to tell", async () => ((await tellings()) > 0 ? true : undefined), {
      timeoutMs: 40_000,
    });
    // Both look at the same pace: what the other one had to tell would come within this time.
    await setTimeout(5_000);
    assert.equal(await tellings(), 1);
    await other.close();
  });

  it("explains a push that Render ignores, and deploys it if that is wanted", async () => {
    await open();
    const message = "Fix a typo [skip render]";
    const head = await commitSeen(message);
    await copy.git("push", "--quiet");
    await copy.arrives();
    const notice = await window.toast("Your push started no deploy of lighthouse", 40_000);
    assert.match(notice.text, new RegExp(`the message of ${head.slice(0, 7)} says \\[skip render\\]`, "u"));
    assert.deepEqual(notice.buttons, ["Deploy", "Open in Dashboard"]);
    await notice.click("Deploy");
    const question = await window.modal();
    assert.match(question.text, new RegExp(`^Deploy ${head.slice(0, 7)} `, "u"));
    await question.click("Deploy");
    await window.toast(`lighthouse is live with ${head.slice(0, 7)}`, 40_000);
    assert.deepEqual(stage.triggers(), [{ commitId: head }]);
  });

  it("follows nothing when the setting is off", async () => {
    await open({ settings: { "render.followPushes": false } });
    const head = await commitSeen("Polish the lens");
    await copy.git("push", "--quiet");
    const deploy = stage.simulator.push(serviceId, { id: head, message: "Polish the lens" });
    await eventually("VS Code to know of the push, and the deploy to be live", async () => {
      await window.palette("Render: Trigger Deploy");
      await window.quick.pick("lighthouse");
      const question = await window.modal();
      await question.cancel();
      return question.detail.includes("is on no branch") || deploy?.status !== "live" ? undefined : true;
    });
    assert.doesNotMatch(await stage.output(window), /after your push/u);
    const asked = stage.simulator.requests.map(({ path }) => path);
    assert.ok(!asked.some(path => path.includes("/deploys/") || path.endsWith("/events")), asked.join("\n"));
  });
});
