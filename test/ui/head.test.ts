import assert from "node:assert/strict";
import { git } from "../support/gitRepository.js";
import type { EditorWindow } from "../vscode/editorWindow.js";
import { withStage } from "./onStage.js";
import { lighthouse, type Stage, type StageOptions } from "./stage.js";

describe("HEAD", () => {
  const on = (
    options: StageOptions,
    work: (stage: Stage, window: EditorWindow) => Promise<void>,
  ): Promise<void> => withStage(options, async stage => work(stage, await stage.signedInWindow()));

  /** Where HEAD cannot be read: the sentence, the way on, and what is sent all the same. */
  const without: readonly [name: string, options: StageOptions, sentence: RegExp, wayOn: string][] = [
    ["of an unborn branch", { commits: [] }, /The branch main has no commit yet\./u, "Open Source Control"],
    ["without a folder", { folder: "none" }, /No folder is open here/u, "Open Folder"],
    [
      "of a folder without Git",
      { folder: "plain" },
      /No Git repository was found in the open folder/u,
      "Open Folder",
    ],
    ["in Restricted Mode", { trusted: false }, /in Restricted Mode/u, "Manage Workspace Trust"],
    [
      "with Git switched off",
      { settings: { "git.enabled": false } },
      /Git extension is not available/u,
      "Open Git Settings",
    ],
  ];
  for (const [name, options, sentence, wayOn] of without)
    it(`${name}: says why, and deploys the newest commit if that is wanted`, () =>
      on(options, async (stage, window) => {
        await window.palette("Render: Trigger Deploy");
        await window.quick.type("lighthouse");
        await window.quick.pick("lighthouse");
        const question = await window.modal();
        assert.equal(question.text, "Deploy the newest commit of main to lighthouse?");
        assert.match(question.detail, sentence);
        assert.ok(question.buttons.includes(wayOn), String(question.buttons));
        await question.click("Deploy");
        await window.toast("lighthouse is live with the newest commit of main", 30_000);
        assert.deepEqual(stage.triggers(), [{}]);
      }));

  it("committed outside VS Code a moment ago is what is sent; never asked when the setting says so", () =>
    on({ settings: { "render.confirmDeploy": "never" } }, async (stage, window) => {
      // With auto-deploy, a push of this moment would be asked about.
      const { service } = stage.simulator.service(lighthouse.serviceId);
      Object.assign(service, { autoDeploy: "no", autoDeployTrigger: "off" });
      await git(stage.folder, "commit", "--quiet", "--allow-empty", "--message", "At the last moment");
      await git(stage.folder, "push", "--quiet");
      const head = await git(stage.folder, "rev-parse", "HEAD");
      await stage.button(window).click();
      await window.toast(`lighthouse is live with ${head.slice(0, 7)} At the last moment (main)`, 30_000);
      assert.deepEqual(stage.triggers(), [{ commitId: head }]);
    }));

  it("detached is sent too", () =>
    on({}, async (stage, window) => {
      await git(stage.folder, "checkout", "--quiet", "--detach", "HEAD~1");
      const head = await git(stage.folder, "rev-parse", "HEAD");
      await stage.button(window).click();
      const question = await window.modal();
      assert.equal(question.text, `Deploy ${head.slice(0, 7)} Light the lamp to lighthouse?`);
      await question.click("Deploy");
      await window.toast("lighthouse is live with", 30_000);
      assert.deepEqual(stage.triggers(), [{ commitId: head }]);
    }));

  it("waits behind a running deploy when Render says so", () =>
    on({}, async (stage, window) => {
      stage.simulator.setOverlap("wait");
      stage.simulator.push(
        stage.simulator.services.find(({ service }) => service.name === "lighthouse")?.service.id ?? "",
        {
          id: "e".repeat(40),
          message: "A colleague's push",
        },
      );
      await stage.button(window).click();
      await (await window.modal()).click("Deploy Anyway");
      await window.toast("Deploying lighthouse: Queued behind eeeeeee");
      await window.toast("lighthouse is live with", 30_000);
      assert.deepEqual(stage.triggers(), [{ commitId: stage.head }]);
    }));
});
