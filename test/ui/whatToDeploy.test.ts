import assert from "node:assert/strict";
import { git } from "../support/gitRepository.js";
import { eventually } from "../vscode/eventually.js";
import { onStage, stage, window } from "./onStage.js";

describe("What is deployed", () => {
  onStage();

  /** Runs Trigger Deploy with Options for a service and waits for the first question. */
  async function optionsOf(service: string): Promise<string[]> {
    await window.palette("Render: Trigger Deploy with Options…");
    await window.quick.type(service);
    await window.quick.pick(service);
    return (await window.quick.rows()).map(({ label }) => label.trim());
  }

  async function boxSays(text: RegExp): Promise<void> {
    await eventually(
      `the box to say ${String(text)}`,
      async () => text.test(await window.quick.message()) || undefined,
    );
  }

  async function confirmed(service: string): Promise<unknown> {
    const question = await window.modal();
    assert.match(question.text, new RegExp(` to ${service}\\?$`, "u"));
    await question.click("Deploy");
    await window.toast(`${service} is live with`, 30_000);
    const [body, ...others] = stage.triggers();
    assert.deepEqual(others, []);
    return body;
  }

  it("offers HEAD first, then the rest", async () => {
    const labels = await optionsOf("lighthouse");
    assert.deepEqual(labels, [
      `HEAD: ${stage.head.slice(0, 7)} Turn the lamp faster in fog (main)`,
      "The newest commit of main",
      "A commit from the history…",
      "A commit by its SHA…",
      "The last successful build, without building again",
    ]);
    await window.quick.cancel();
  });

  it("the newest commit of the branch: an empty body", async () => {
    await optionsOf("lighthouse");
    await window.quick.pick("The newest commit of main");
    await window.quick.pick("Keep the build cache");
    assert.deepEqual(await confirmed("lighthouse"), {});
  });

  it("HEAD with a cleared build cache", async () => {
    await optionsOf("lighthouse");
    await window.quick.accept();
    await window.quick.pick("Clear the build cache");
    assert.deepEqual(await confirmed("lighthouse"), { commitId: stage.head, clearCache: "clear" });
  });

  it("a commit from the history", async () => {
    const older = await git(stage.folder, "rev-parse", "HEAD~1");
    await optionsOf("lighthouse");
    await window.quick.pick("A commit from the history…");
    await window.quick.pick(`${older.slice(0, 7)} Light the lamp`);
    await window.quick.pick("Keep the build cache");
    assert.deepEqual(await confirmed("lighthouse"), { commitId: older });
  });

  it("a short SHA, completed from the repository; nonsense is refused in the box", async () => {
    const older = await git(stage.folder, "rev-parse", "HEAD~1");
    await optionsOf("lighthouse");
    await window.quick.pick("A commit by its SHA…");
    await window.quick.type("not a commit");
    await boxSays(/^That is not a commit: /u);
    await window.quick.answer(older.slice(0, 8));
    await window.quick.pick("Keep the build cache");
    assert.deepEqual(await confirmed("lighthouse"), { commitId: older });
  });

  it("the last build once more: that alone in the body", async () => {
    await optionsOf("lighthouse");
    await window.quick.pick("The last successful build, without building again");
    assert.deepEqual(await confirmed("lighthouse"), { deployMode: "deploy_only" });
  });

  it("another tag of an image; another image is refused before anything is sent", async () => {
    const labels = await optionsOf("fog-horn");
    assert.ok(!labels.some(label => label.includes("commit")));
    await window.quick.pick("Another tag or digest…");
    await window.quick.type("ghcr.io/someone-else/fog-horn:2.0");
    await boxSays(/^Only the tag or the digest can change: /u);
    await window.quick.answer("1.28");
    assert.deepEqual(await confirmed("fog-horn"), { imageUrl: "ghcr.io/harbor-labs/fog-horn:1.28" });
  });

  it("a cron job never gets a commit", async () => {
    const labels = await optionsOf("buoy-census");
    assert.deepEqual(labels, [
      "The configured image",
      "Another tag or digest…",
      "The last successful build, without building again",
    ]);
    await window.quick.accept();
    assert.deepEqual(await confirmed("buoy-census"), {});
  });

  it("a suspended service: says so, with a way on", async () => {
    await window.palette("Render: Trigger Deploy");
    await window.quick.type("old-ferry");
    await window.quick.pick("old-ferry");
    const question = await window.modal();
    assert.match(question.detail, /old-ferry is suspended/u);
    assert.ok(question.buttons.includes("Deploy Anyway"));
    assert.ok(question.buttons.includes("Open in Dashboard"));
    await question.cancel();
    assert.deepEqual(stage.triggers(), []);
  });

  it("a service of another repository: says why HEAD is not deployed", async () => {
    await window.palette("Render: Trigger Deploy");
    await window.quick.type("anchor-watch");
    await window.quick.pick("anchor-watch");
    const question = await window.modal();
    assert.equal(question.text, "Deploy the newest commit of master to anchor-watch?");
    assert.match(question.detail, /No clone of https:\/\/gitlab\.com\/harbor-labs\/anchor-watch/u);
    assert.ok(question.buttons.includes("Open Folder"));
    await question.click("Choose What to Deploy");
    await window.quick.rows();
    await window.quick.cancel();
    assert.deepEqual(stage.triggers(), []);
  });
});
