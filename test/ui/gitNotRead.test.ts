import assert from "node:assert/strict";
import { chown, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commit, createRepository, git } from "../support/gitRepository.js";
import type { EditorWindow } from "../vscode/editorWindow.js";
import { pinnedEditors } from "../vscode/pinned.js";
import type { WindowOptions } from "../vscode/startServer.js";
import { eventually } from "../vscode/eventually.js";
import { withStage } from "./onStage.js";
import { lighthouse, type Stage } from "./stage.js";
import { editorUnderTest } from "./underTest.js";

describe("A repository that VS Code has not opened, or not read yet", () => {
  async function deployLighthouse(window: EditorWindow): Promise<void> {
    await window.palette("Render: Trigger Deploy");
    await window.quick.type("lighthouse");
    await window.quick.pick("lighthouse");
  }

  const gitHasBegun = /Initial repository scan completed|> git rev-parse|\[doInitialScan\]/u;
  const isNotOpened = (log: string): boolean => !log.includes("Opened repository (path)");

  /**
   * A signed-in window in which Git has begun with the stage's settings. They reach it too late at times, as VS Code starts
   * its extensions without waiting for settings that lie on the server's side.
   */
  async function windowWhere(
    stage: Stage,
    isSo: (gitLog: string) => boolean,
    options: WindowOptions = {},
  ): Promise<EditorWindow> {
    const window = await stage.signedInWindow(options);
    let earlier = 0;
    for (let reloads = 0; ; reloads++) {
      // What Git said before the window was loaded again stands in front, and tells nothing about this start.
      const log = await eventually("Git's first words", async () => {
        const words = (await window.outputText("vscode.git", "Git")).slice(earlier);
        return words.includes("Validating found git") && gitHasBegun.test(words) ? words : undefined;
      });
      if (isSo(log)) return window;
      assert.ok(reloads < 5, `Git does not begin with the settings: ${log}`);
      earlier += log.length;
      await window.reload();
    }
  }

  it("in a folder above: says so, and is opened by Source Control's own button", () =>
    withStage({ settings: { "git.openRepositoryInParentFolders": "prompt" } }, async stage => {
      const folder = join(stage.folder, "lamps");
      await commit(stage.folder, "Add lamps", { "lamps/first.txt": "1\n" });
      const window = await stage.signedInWindow({ folder });
      await deployLighthouse(window);
      const question = await window.modal();
      assert.equal(question.text, "Deploy the newest commit of main to lighthouse?");
      assert.match(question.detail, /The folder lamps lies in a Git repository that VS Code has not opened/u);
      assert.doesNotMatch(question.detail, /no Git repository|no clone of/iu);
      await question.click("Open Repository Above…");
      await window.quick.pick("lighthouse");
      const again = await window.modal();
      assert.match(again.text, /^Deploy [0-9a-f]{7} Add lamps \(main\) to lighthouse\?$/u);
      await again.cancel();
      assert.deepEqual(stage.triggers(), []);
    }));

  it("of another user: says so, and Source Control can mark it as safe", () =>
    withStage({ env: { GIT_TEST_ASSUME_DIFFERENT_OWNER: "1" } }, async stage => {
      // Only root can give a folder away; for anybody else Git just believes it, which VS Code 1.100 does not tell.
      const isRoot = process.getuid?.() === 0;
      if (isRoot) await chown(stage.folder, 65_534, 65_534);
      const isTold = isRoot || editorUnderTest() !== pinnedEditors.oldest;
      const window = await stage.signedInWindow();
      await deployLighthouse(window);
      const question = await window.modal();
      assert.equal(question.text, "Deploy the newest commit of main to lighthouse?");
      assert.match(question.detail, isTold ? /belongs to another user of this machine/u : /has not opened/u);
      assert.doesNotMatch(question.detail, /no Git repository|no clone of/iu);
      await question.click(isTold ? "Manage Unsafe Repositories…" : "Open Repository");
      if (isTold) {
        assert.match(JSON.stringify(await window.quick.rows()), /lighthouse/u);
        await window.quick.cancel();
      }
      await (await window.modal()).cancel();
      assert.deepEqual(stage.triggers(), []);
    }));

  it("below the open folder, as detection is switched off: says so, and opens it", () =>
    withStage({ settings: { "git.autoRepositoryDetection": false } }, async stage => {
      const window = await windowWhere(stage, isNotOpened, { folder: stage.temporary });
      await deployLighthouse(window);
      const question = await window.modal();
      assert.match(question.detail, /holds a Git repository that VS Code has not opened/u);
      await question.click("Open Repository");
      assert.match((await window.modal()).text, new RegExp(`^Deploy ${stage.head.slice(0, 7)} `, "u"));
    }));

  it("as a submodule, as detection of those is switched off: says so where it is the service's, and opens it", () =>
    withStage({ settings: { "git.detectSubmodules": false } }, async stage => {
      const folder = join(stage.temporary, "coast");
      const remote = "git@github.com:harbor-labs/coast.git";
      await createRepository({ folder, remote, commits: ["Draw the coast"] });
      // Deeper than VS Code looks for repositories of a folder.
      const path = "towers/tall/lighthouse";
      await git(
        folder,
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "--quiet",
        "add",
        stage.folder,
        path,
      );
      await git(join(folder, path), "remote", "set-url", "origin", lighthouse.remote);
      await git(folder, "commit", "--quiet", "--message", "Add the lighthouse");
      const window = await windowWhere(stage, log => !log.includes(path), { folder });
      await deployLighthouse(window);
      const question = await window.modal();
      assert.match(
        question.detail,
        /The folder lighthouse holds a Git repository that VS Code has not opened/u,
      );
      await question.click("Open Repository");
      assert.match((await window.modal()).text, new RegExp(`^Deploy ${stage.head.slice(0, 7)} `, "u"));
    }));

  it("closed by a person: What Will Ship says so too, and opens it", () =>
    withStage({}, async stage => {
      const window = await stage.signedInWindow();
      await window.palette("Git: Close Repository");
      await window.palette("Render: Show What Will Ship");
      await window.quick.type("lighthouse");
      await window.quick.pick("lighthouse");
      const toast = await window.toast("holds a Git repository that VS Code has not opened");
      await toast.click("Open Repository");
      await stage.button(window).waitForText(/Deploy lighthouse/u);
      await window.palette("Git: Close Repository");
      await window.palette("Render: Trigger Deploy with Options…");
      await window.quick.type("lighthouse");
      await window.quick.pick("lighthouse");
      const [newest] = await window.quick.rows();
      assert.match(JSON.stringify(newest), /holds a Git repository that VS Code has not opened/u);
    }));

  describe("whose first reading takes long", () => {
    let tools: string;
    before(async () => {
      tools = await mkdtemp(join(tmpdir(), "render-slow-git-"));
    });
    after(() => rm(tools, { recursive: true, force: true }));

    /** A Git that waits, while the gate is there, where the shell command says so of an argument `$each`. */
    async function slowGit(name: string, waits: string): Promise<{ gate: string; path: string }> {
      const [path, gate] = [join(tools, `git-${name}`), join(tools, `gate-${name}`)];
      await mkdir(gate);
      const loop = `for each; do ${waits} && while [ -e "${gate}" ]; do sleep 0.1; done; done`;
      await writeFile(path, `#!/bin/sh\n${loop}\nexec git "$@"\n`, { mode: 0o755 });
      return { gate, path };
    }

    it("as status takes long, with HEAD known or not by then: nothing but HEAD is deployed", async () => {
      const { gate, path } = await slowGit("status", `[ "$each" = status ]`);
      await withStage({ settings: { "git.path": path } }, async stage => {
        const window = await windowWhere(stage, log => log.includes(`from "${path}"`));
        await deployLighthouse(window);
        // VS Code 1.100 tells HEAD before it knows what was changed, at times before the click and at times after it.
        await rm(gate, { recursive: true });
        const question = await window.modal();
        assert.match(question.text, new RegExp(`^Deploy ${stage.head.slice(0, 7)} `, "u"));
        await question.click("Deploy");
        await window.toast("lighthouse is live with", 30_000);
        assert.deepEqual(stage.triggers(), [{ commitId: stage.head }]);
      });
    });

    for (const step of ["for-each-ref", "rev-parse"])
      it(`as ${step} takes long: HEAD is waited for with a way to leave, and nothing else is deployed`, async () => {
        const { gate, path } = await slowGit(step, `[ "$each" = ${step} ]`);
        await withStage({ settings: { "git.path": path } }, async stage => {
          const window = await windowWhere(stage, log => log.includes(`from "${path}"`));
          await deployLighthouse(window);
          await (await window.toast("Waiting for VS Code to read the Git repository")).click("Cancel");
          await deployLighthouse(window);
          await window.toast("Waiting for VS Code to read the Git repository");
          assert.deepEqual(stage.triggers(), []);
          await rm(gate, { recursive: true });
          const question = await window.modal();
          assert.match(question.text, new RegExp(`^Deploy ${stage.head.slice(0, 7)} `, "u"));
          await question.click("Deploy");
          await window.toast("lighthouse is live with", 30_000);
          assert.deepEqual(stage.triggers(), [{ commitId: stage.head }]);
        });
      });

    it("and that is no clone of the service's repository: holds nothing back", async () => {
      const isOther = `case "$PWD" in */breakwater*) [ "$each" = status ] ;; *) false ;; esac`;
      const { gate, path } = await slowGit("other", isOther);
      await withStage({ settings: { "git.path": path } }, async stage => {
        const other = join(stage.temporary, "breakwater");
        const remote = "git@github.com:harbor-labs/breakwater.git";
        await createRepository({ folder: other, remote, commits: ["Pile up stones"] });
        const isSlow = (log: string): boolean => log.includes(`from "${path}"`);
        const window = await windowWhere(stage, isSlow, { folder: stage.temporary });
        await deployLighthouse(window);
        const question = await window.modal();
        assert.match(question.text, new RegExp(`^Deploy ${stage.head.slice(0, 7)} `, "u"));
        await question.click("Deploy");
        await window.toast("lighthouse is live with", 30_000);
        assert.deepEqual(stage.triggers(), [{ commitId: stage.head }]);
        // As a clone of that repository, it is waited for at once.
        await git(other, "remote", "set-url", "origin", lighthouse.remote);
        await deployLighthouse(window);
        await window.toast("Waiting for VS Code to read the Git repository");
        await rm(gate, { recursive: true });
        assert.match(JSON.stringify(await window.quick.rows()), /breakwater/u);
        await window.quick.cancel();
      });
    });
  });
});
