import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { eventually } from "../vscode/eventually.js";
import type { ModalDialog } from "../vscode/modalDialog.js";
import { copy, onStage, stage, window } from "./onStage.js";
import { lighthouse } from "./stage.js";

const { serviceId } = lighthouse;

/** What Git has is what is said and done, whatever names the Git extension gives it. */
describe("What Git says", () => {
  /** The user's Git configuration. */
  const userConfig = (): string => join(dirname(stage.server.dataFolder), "home", ".gitconfig");

  onStage({
    commits: ["Light the lamp", "Turn the lamp at dusk"],
    anew: "repository",
    withRender: () => {
      Object.assign(stage.simulator.service(serviceId).service, {
        autoDeploy: "no",
        autoDeployTrigger: "off",
      });
    },
  });

  const short = (sha: string): string => sha.slice(0, 7);

  /** Runs Trigger Deploy, picks lighthouse once the list has come to rest, and waits for the question. */
  async function asked(): Promise<ModalDialog> {
    await window.palette("Render: Trigger Deploy");
    await window.quick.type("lighthouse");
    await window.quick.rows();
    await window.quick.pick("lighthouse");
    return window.modal();
  }

  /** Clicks Deploy in the status bar, which knows the service without asking, and waits for the question. */
  async function clicked(): Promise<ModalDialog> {
    await stage.button(window).click();
    return window.modal();
  }

  async function isLive(commit: string): Promise<void> {
    await window.toast(`lighthouse is live with ${short(commit)}`, 20_000);
    assert.deepEqual(stage.triggers(), [{ commitId: commit }]);
  }

  const branches = (): Promise<string> => copy.git("ls-remote", "--heads", "origin");

  for (const [name, checkOut] of [
    ["a tag", ["checkout", "--quiet", "v1.2.0"]],
    ["a remote's branch", ["checkout", "--quiet", "--detach", "origin/main"]],
    ["a tag called like a branch", ["checkout", "--quiet", "refs/tags/main"]],
  ] as const)
    it(`${name} is checked out: HEAD is detached, and nothing is pushed to a branch of that name`, async () => {
      await copy.git("tag", "--force", "v1.2.0");
      await copy.git("tag", "--force", "main");
      const before = await branches();
      await copy.git(...checkOut);
      const head = await copy.commit("Drift");
      await copy.git("tag", "--force", "v1.2.0");
      await copy.git("tag", "--force", "main");
      const question = await asked();
      assert.match(question.text, new RegExp(`^Deploy ${short(head)} Drift to lighthouse`, "u"));
      assert.match(question.detail, /HEAD is detached, while the service follows main\./u);
      assert.match(question.detail, new RegExp(`${short(head)} is on no branch of`, "u"));
      assert.doesNotMatch(question.detail, /v1\.2\.0|pushes it to|You are on/u);
      assert.ok(!question.buttons.includes("Push and Deploy"), String(question.buttons));
      await question.cancel();
      await copy.git("tag", "--delete", "main", "v1.2.0");
      assert.equal(await branches(), before);
    });

  it("in the middle of a rebase: HEAD is detached", async () => {
    await copy.git("checkout", "--quiet", "-B", "fog");
    await copy.commit("Sound the horn");
    await copy.git(
      "-c",
      "sequence.editor=sed -i 1s/pick/edit/",
      "rebase",
      "--quiet",
      "--interactive",
      "HEAD~1",
    );
    const question = await asked();
    assert.match(question.detail, /HEAD is detached/u);
    await question.cancel();
    await copy.git("rebase", "--abort");
  });

  it("a branch that follows a local one: is pushed to the remote, and follows the local one still", async () => {
    await copy.git("checkout", "--quiet", "-B", "fog", "main");
    await copy.git("branch", "--quiet", "--set-upstream-to", "main");
    const head = await copy.commit("Sound the horn");
    const question = await asked();
    assert.match(question.detail, /Push and Deploy pushes it to origin\/fog\./u);
    assert.doesNotMatch(question.detail, /\.\/(?:fog|main)/u);
    await question.click("Push and Deploy");
    await isLive(head);
    assert.equal(await copy.pushed("fog"), head);
    assert.equal(await copy.git("config", "branch.fog.remote"), ".");
    await copy.git("push", "--quiet", "--delete", "origin", "fog");
  });

  it("a remote whose name has a slash, and begins with another's: what is pushed is known, and pushing goes there", async () => {
    await copy.git("remote", "rename", "origin", "acme/upstream");
    await copy.git("remote", "add", "acme", "git@github.com:ada-marsh/lighthouse.git");
    try {
      const pushed = await asked();
      assert.doesNotMatch(pushed.detail, /is on no branch of|could not be read/u);
      await pushed.cancel();
      const head = await copy.commit("Polish the lens");
      const question = await asked();
      assert.match(question.detail, /Push and Deploy pushes it to acme\/upstream\/main\./u);
      await question.click("Push and Deploy");
      await isLive(head);
      assert.equal(await copy.pushed("main"), head);
    } finally {
      await copy.git("remote", "remove", "acme");
      await copy.git("remote", "rename", "acme/upstream", "origin");
    }
  });

  it("a remote whose name has a slash: a new branch is pushed there, and follows it from then on", async () => {
    await copy.git("remote", "rename", "origin", "acme/upstream");
    try {
      await copy.git("checkout", "--quiet", "-B", "horn/low");
      const head = await copy.commit("Sound the horn");
      await (await asked()).click("Push and Deploy");
      await isLive(head);
      assert.equal(await copy.pushed("horn/low"), head);
      await eventually("the upstream", async () => {
        const remote = await copy.git("config", "branch.horn/low.remote").catch(() => "");
        return remote === "acme/upstream" ? true : undefined;
      });
    } finally {
      await copy.git("remote", "rename", "acme/upstream", "origin");
    }
  });

  describe("of an address that is rewritten", () => {
    let address: string;

    beforeEach(async () => {
      address = await copy.git("remote", "get-url", "origin");
    });
    afterEach(async () => {
      await copy.git("remote", "set-url", "origin", address);
      await rm(userConfig(), { force: true });
    });

    it("to another host: is no clone of the service's repository", async () => {
      await writeFile(userConfig(), "[include]\n\tpath = urls\n");
      await writeFile(join(dirname(userConfig()), "urls"), '[url "git@gitlab.com:"]\n\tinsteadOf = gl:\n');
      await copy.git("remote", "set-url", "origin", "gl:harbor-labs/lighthouse");
      const question = await asked();
      assert.equal(question.text, "Deploy the newest commit of main to lighthouse?");
      assert.match(question.detail, /No clone of .* is open in VS Code/u);
      assert.doesNotMatch(question.detail, /ssh alias/u);
      await question.cancel();
    });

    it("to the service's: is its clone for sure, and is pushed to", async () => {
      await writeFile(userConfig(), '[url "git@github.com:"]\n\tinsteadOf = gh:\n');
      await copy.git("remote", "set-url", "origin", "gh:harbor-labs/lighthouse");
      const head = await copy.commit("Polish the lens");
      const question = await clicked();
      assert.match(question.text, new RegExp(`^Deploy ${short(head)}`, "u"));
      assert.doesNotMatch(question.detail, /ssh alias/u);
      await question.click("Push and Deploy");
      await isLive(head);
    });

    it("for pushing alone, by the repository: is fetched from the service's and not pushed there", async () => {
      await copy.git("config", "url.git@gitlab.com:.pushInsteadOf", "git@github.com:");
      await copy.commit("Polish the lens");
      const question = await asked();
      assert.match(question.detail, /is on no branch of/u);
      assert.doesNotMatch(question.detail, /pushes it to/u);
      await question.cancel();
      await copy.git("config", "--unset", "url.git@gitlab.com:.pushInsteadOf");
    });
  });

  it("a push that a hook of the clone forbids: says why in the hook's words, and all of it in the output", async () => {
    const hook = join(stage.folder, ".git/hooks/pre-push");
    const text = "echo 'running 2 checks' >&2; echo 'lamp.ts: the lens is dirty' >&2; exit 1";
    await writeFile(hook, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    await copy.commit("Leave the lens dirty");
    await (await asked()).click("Push and Deploy");
    const refused = await window.toast("Could not push main to origin: Git says");
    await rm(hook);
    assert.match(refused.text, /lamp\.ts: the lens is dirty”/u);
    assert.doesNotMatch(refused.text, /failed to push some refs/u);
    const output = await stage.output(window);
    for (const line of [/running 2 checks/u, /lamp\.ts: the lens is dirty/u, /failed to push some refs to/u])
      assert.match(output, line);
    assert.deepEqual(stage.triggers(), []);
  });

  it("a repository that was renamed, linked by hand: HEAD is deployed and pushed, and the difference is said", async () => {
    await window.openView("Render");
    await (await window.tree().row("lighthouse")).contextMenu("Link Service to Folder…");
    await window.toast("is linked to the folder lighthouse.");
    await copy.git("remote", "set-url", "origin", "git@github.com:harbor-labs/beacon.git");
    try {
      const head = await copy.commit("Rename it");
      const question = await clicked();
      assert.match(question.text, new RegExp(`^Deploy ${short(head)} Rename it`, "u"));
      assert.match(
        question.detail,
        /The address of this clone is github\.com\/harbor-labs\/beacon, while the service is built from github\.com\/harbor-labs\/lighthouse\. You linked them, so this clone is taken for the service's\./u,
      );
      assert.match(question.detail, /Push and Deploy pushes it to origin\/main\./u);
      await question.click("Push and Deploy");
      await isLive(head);
      assert.equal(await copy.pushed("main"), head);
    } finally {
      await copy.git("remote", "set-url", "origin", "git@github.com:harbor-labs/lighthouse.git");
      await window.palette("Render: Unlink Service from Folder");
    }
  });
});
