import assert from "node:assert/strict";
import { eventually } from "../vscode/eventually.js";
import type { ModalDialog } from "../vscode/modalDialog.js";
import { copy, onStage, stage, window } from "./onStage.js";
import { lighthouse, threeCommits } from "./stage.js";

const { serviceId } = lighthouse;

describe("Push and Deploy", () => {
  onStage({ commits: threeCommits, anew: "repository" });

  const short = (sha: string): string => sha.slice(0, 7);

  function switchAutoDeployOff(): void {
    const { service } = stage.simulator.service(serviceId);
    Object.assign(service, { autoDeploy: "no", autoDeployTrigger: "off" });
  }

  /** Runs Trigger Deploy for lighthouse and waits for the question. */
  async function asked(): Promise<ModalDialog> {
    await window.palette("Render: Trigger Deploy");
    await window.quick.pick("lighthouse");
    return window.modal();
  }

  /** The buttons besides Cancel, the default one first: VS Code on Linux draws them the other way round. */
  function offered({ buttons }: ModalDialog): string[] {
    return buttons.filter(button => button !== "Cancel").reverse();
  }

  /** In which ways the deploys of a commit were started. */
  function triggersOfDeploys(commit: string): string[] {
    return stage.simulator
      .deploysOf(serviceId)
      .filter(deploy => deploy.commit?.id === commit)
      .map(({ trigger }) => trigger);
  }

  async function isLive(commit: string): Promise<void> {
    await window.toast(`lighthouse is live with ${short(commit)}`, 20_000);
  }

  it("a commit that is not pushed: pushes it, waits until it is there, and deploys", async () => {
    switchAutoDeployOff();
    const head = await copy.commit("Polish the lens");
    const question = await asked();
    assert.match(
      question.detail,
      new RegExp(`⚠ ${short(head)} is on no branch of harbor-labs/lighthouse`, "u"),
    );
    assert.deepEqual(offered(question).slice(0, 2), ["Push and Deploy", "Deploy Anyway"]);
    await question.click("Push and Deploy");
    await isLive(head);
    assert.equal(await copy.pushed("main"), head);
    assert.deepEqual(stage.triggers(), [{ commitId: head }]);
  });

  it("a commit that is not pushed, with auto-deploy: pushes it and follows the one automatic deploy", async () => {
    const head = await copy.commit("Polish the lens twice");
    const question = await asked();
    assert.match(
      question.detail,
      /Auto-deploy takes up the push, so it is followed and no second deploy is sent\./u,
    );
    await question.click("Push and Deploy");
    await eventually("the push", async () => ((await copy.pushed("main")) === head ? true : undefined));
    await window.toast("Deploying lighthouse: Waiting for auto-deploy");
    await copy.arrives();
    await isLive(head);
    assert.deepEqual(stage.triggers(), []);
    assert.match(await stage.output(window), /asked for by Render's auto-deploy/u);
  });

  it("a root directory that the push does not touch: auto-deploy passes over it, so it is deployed", async () => {
    Object.assign(stage.simulator.service(serviceId).service, { rootDir: "services/api" });
    const head = await copy.commit("Paint the web", { "services/web/app.js": "// blue\n" });
    const question = await asked();
    assert.match(question.detail, /⚠ [0-9a-f]{7} is on no branch of/u);
    assert.doesNotMatch(question.detail, /Auto-deploy takes up the push/u);
    assert.match(
      question.detail,
      /• The changed file lies outside the root directory services\/api: auto-deploy ignores it, this deploy does not\./u,
    );
    await question.click("Push and Deploy");
    await eventually("the push", async () => ((await copy.pushed("main")) === head ? true : undefined));
    await copy.arrives();
    await isLive(head);
    assert.deepEqual(stage.triggers(), [{ commitId: head }]);
    assert.deepEqual(triggersOfDeploys(head), ["api"]);
  });

  it("a root directory that the push touches: follows the automatic deploy", async () => {
    Object.assign(stage.simulator.service(serviceId).service, { rootDir: "services/api" });
    const head = await copy.commit("Paint both", {
      "services/web/app.js": "// red\n",
      "services/api/app.js": "// red\n",
    });
    const question = await asked();
    assert.match(question.detail, /Auto-deploy takes up the push, so it is followed/u);
    await question.click("Push and Deploy");
    await window.toast("Deploying lighthouse: Waiting for auto-deploy");
    await copy.arrives();
    await isLive(head);
    assert.deepEqual(stage.triggers(), []);
  });

  it("ignored paths: auto-deploy passes over what they name, so it is deployed", async () => {
    const buildFilter = { paths: [], ignoredPaths: ["**/*.md"] };
    Object.assign(stage.simulator.service(serviceId).service, { buildFilter });
    const head = await copy.commit("Tell of the lamp", { "docs/lamp.md": "# The lamp\n" });
    const question = await asked();
    assert.match(question.detail, /• The changed file lies outside the build filter/u);
    await question.click("Push and Deploy");
    await eventually("the push", async () => ((await copy.pushed("main")) === head ? true : undefined));
    await copy.arrives();
    await isLive(head);
    assert.deepEqual(triggersOfDeploys(head), ["api"]);
  });

  it("an automatic deploy that does not come in its time: the confirmed deploy is sent, once", async function () {
    this.timeout(120_000);
    const head = await copy.commit("Polish the lens, unseen by Render");
    const question = await asked();
    assert.match(question.detail, /Auto-deploy takes up the push/u);
    await question.click("Push and Deploy");
    await window.toast("Deploying lighthouse: Waiting for auto-deploy");
    await window.toast(`lighthouse is live with ${short(head)}`, 90_000);
    assert.deepEqual(stage.triggers(), [{ commitId: head }]);
    assert.deepEqual(triggersOfDeploys(head), ["api"]);
    assert.match(await stage.output(window), /Render has made none in time, so yours is sent\./u);
  });

  it("a window that is reloaded while auto-deploy is awaited goes on waiting", async () => {
    const head = await copy.commit("Polish the lens across a reload");
    await (await asked()).click("Push and Deploy");
    await window.toast("Deploying lighthouse: Waiting for auto-deploy");
    await window.reload();
    await window.toast("Deploying lighthouse: Waiting for auto-deploy", 40_000);
    await copy.arrives();
    await isLive(head);
    assert.deepEqual(stage.triggers(), []);
  });

  it("a push that is refused: says why and deploys nothing", async () => {
    await copy.colleaguePushes("A colleague was first");
    await copy.commit("Polish the lens too late");
    await (await asked()).click("Push and Deploy");
    const refused = await window.toast(
      "Could not push main to origin: it has commits that this branch lacks.",
    );
    assert.deepEqual(refused.buttons, ["Open Source Control", "Retry"]);
    assert.deepEqual(stage.triggers(), []);
  });

  it("a push that the remote's rules forbid: gives the remote's reason, and not that a pull would help", async () => {
    await copy.refusePushes("Changes must be made through a pull request.");
    await copy.commit("Polish the lens against the rules");
    await (await asked()).click("Push and Deploy");
    const refused = await window.toast("Could not push main to origin: Git says");
    await copy.allowPushes();
    assert.match(refused.text, /“Changes must be made through a pull request\.”/u);
    assert.doesNotMatch(refused.text, /Pull/u);
    await refused.click("Retry");
    await (await window.modal()).cancel();
    assert.deepEqual(stage.triggers(), []);
  });

  it("a detached HEAD that is not pushed: says so, and offers no push that could not be made", async () => {
    await copy.git("checkout", "--quiet", "--detach");
    const head = await copy.commit("Drift");
    const question = await asked();
    assert.match(question.detail, new RegExp(`⚠ ${short(head)} is on no branch of`, "u"));
    assert.ok(!question.buttons.includes("Push and Deploy"), String(question.buttons));
    assert.ok(question.buttons.includes("Deploy Anyway"));
    await question.cancel();
  });

  it("a branch that was begun from main: is pushed under its own name, and main stays as it is", async () => {
    switchAutoDeployOff();
    await copy.git("checkout", "--quiet", "-B", "fog/horn", "origin/main");
    const head = await copy.commit("Nobody has reviewed this");
    const question = await asked();
    assert.match(question.detail, /Push and Deploy pushes it to origin\/fog\/horn\./u);
    await question.click("Push and Deploy");
    await isLive(head);
    assert.deepEqual([await copy.pushed("main"), await copy.pushed("fog/horn")], [stage.head, head]);
  });

  it("pushes what was asked about, whatever is checked out or committed by then", async () => {
    switchAutoDeployOff();
    const head = await copy.commit("Asked for");
    const question = await asked();
    const later = await copy.commit("Work in progress, from a terminal");
    await copy.git("checkout", "--quiet", "-B", "other");
    await copy.commit("Never seen in the question");
    await question.click("Push and Deploy");
    await isLive(head);
    assert.equal(await copy.pushed("main"), head);
    assert.notEqual(head, later);
    assert.deepEqual(stage.triggers(), [{ commitId: head }]);
  });

  it("a branch without an upstream has it from then on", async () => {
    switchAutoDeployOff();
    await copy.git("checkout", "--quiet", "-B", "dusk");
    const head = await copy.commit("At dusk");
    await (await asked()).click("Push and Deploy");
    await isLive(head);
    assert.equal((await copy.git("rev-parse", "--abbrev-ref", "dusk@{upstream}")).trim(), "origin/dusk");
  });

  it("a new branch of a clone that fetches main alone: is pushed and deployed", async () => {
    switchAutoDeployOff();
    await copy.git("config", "remote.origin.fetch", "+refs/heads/main:refs/remotes/origin/main");
    try {
      await copy.git("checkout", "--quiet", "-B", "single");
      const head = await copy.commit("In a single-branch clone");
      await (await asked()).click("Push and Deploy");
      await isLive(head);
    } finally {
      await copy.git("config", "remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*");
    }
  });

  it("behind an ssh alias: what is pushed is not called unpushed, and what is not can be", async () => {
    switchAutoDeployOff();
    const sure = await copy.git("remote", "get-url", "origin");
    await copy.git("remote", "set-url", "origin", "git@github-work:harbor-labs/lighthouse.git");
    try {
      const question = await asked();
      assert.doesNotMatch(question.detail, /is on no branch of/u);
      await question.cancel();
      const head = await copy.commit("Through the alias");
      await (await asked()).click("Push and Deploy");
      await isLive(head);
      assert.equal(await copy.pushed("main"), head);
    } finally {
      await copy.git("remote", "set-url", "origin", sure);
    }
  });

  it("a fork: says to which remote it is pushed, which is the service's", async () => {
    switchAutoDeployOff();
    await copy.git("remote", "rename", "origin", "upstream");
    await copy.git("remote", "add", "origin", "git@github.com:ada-marsh/lighthouse.git");
    try {
      await copy.git("branch", "--unset-upstream");
      await copy.commit("From the fork");
      const question = await asked();
      assert.match(question.detail, /Push and Deploy pushes it to upstream\/main\./u);
      await question.cancel();
    } finally {
      await copy.git("remote", "remove", "origin");
      await copy.git("remote", "rename", "upstream", "origin");
    }
  });
});
