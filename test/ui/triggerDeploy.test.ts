import assert from "node:assert/strict";
import { onStage, stage, window } from "./onStage.js";
import { lighthouse } from "./stage.js";

describe("Trigger Deploy", () => {
  onStage();

  const what = (): string => `${stage.head.slice(0, 7)} Turn the lamp faster in fog (main)`;

  async function confirmAndSeeLive(): Promise<void> {
    const question = await window.modal();
    assert.equal(question.text, `Deploy ${what()} to lighthouse?`);
    assert.match(
      question.detail,
      /^Web Service in Harbor Labs\n1 commit ahead of [0-9a-f]{7}, which is live\.$/u,
    );
    await question.click("Deploy");
    const end = await window.toast("lighthouse is live with", 20_000);
    assert.match(end.text, /, after \d+ s\.$/u);
    assert.ok(end.text.includes(what()));
    assert.deepEqual(end.buttons, ["Open Site", "Show Output"]);
    assert.deepEqual(stage.triggers(), [{ commitId: stage.head }]);
  }

  it("from the command palette: choose the service, confirm", async () => {
    await window.palette("Render: Trigger Deploy");
    const [first] = await window.quick.rows();
    assert.equal(first?.label.trim(), "lighthouse");
    await window.quick.pick("lighthouse");
    await confirmAndSeeLive();
  });

  it("from the services view: the context menu", async () => {
    await window.openView("Render");
    await (await window.tree().row("lighthouse")).contextMenu("Trigger Deploy");
    await confirmAndSeeLive();
  });

  it("from the services view: the icon on the row", async () => {
    await window.openView("Render");
    await (await window.tree().row("lighthouse")).inlineAction("Trigger Deploy");
    await confirmAndSeeLive();
  });

  it("from the status bar: the service of this workspace, in two clicks", async () => {
    await stage.button(window).click();
    await confirmAndSeeLive();
    await stage.button(window).waitForText(`lighthouse: live ${stage.head.slice(0, 7)}`);
  });

  it("shows the phases while it runs: notification, status bar, row", async () => {
    await window.openView("Render");
    await stage.button(window).click();
    await (await window.modal()).click("Deploy");
    const progress = await window.toast(/^Deploying lighthouse: Building · \d+ s · usually \d0 s more$/u);
    assert.deepEqual(progress.buttons, ["Cancel"]);
    await stage.button(window).waitForText(/^lighthouse: Building · \d+ s$/u);
    await window.tree().describedRow("lighthouse", `building ${stage.head.slice(0, 7)}`);
    await window.toast("lighthouse is live with", 20_000);
    await window.tree().describedRow("lighthouse", `live ${stage.head.slice(0, 7)} · now · HEAD is live`);
  });

  it("tells what is usual of it by the last ones: in the tooltip of the button, and in its row", async () => {
    await window.openView("Render");
    await (await window.tree().row("lighthouse")).expand();
    stage.simulator.nextDeploy(lighthouse.serviceId, { phases: { build: 200_000 } });
    await stage.button(window).click();
    await (await window.modal()).click("Deploy");
    await window
      .tree()
      .describedRow(`Building ${stage.head.slice(0, 7)}`, /^usually about \d0 s · Turn the lamp/u);
    assert.match(
      await stage.button(window).tooltip(),
      /^Deploying .* to lighthouse\. Usually live after about \d0 s; the last ones took /u,
    );
    await window.toast("lighthouse is live with", 30_000);
    assert.match(await stage.output(window), /\] {3}Phases: build \d+ s, start of the new version \d+ s$/mu);
  });

  it("tells the story in the output, opened from the notification", async () => {
    await stage.button(window).click();
    await (await window.modal()).click("Deploy");
    const end = await window.toast("lighthouse is live with", 20_000);
    await end.click("Show Output");
    assert.ok((await window.panelLines()).length > 0);
    const story = await stage.output(window);
    for (const line of [
      `Deploy ${what()}`,
      `to lighthouse (${lighthouse.serviceId}), Harbor Labs`,
      "asked for by Ada Marsh, from the status bar",
      "Render started dep-",
      "Building took",
      "Site: https://lighthouse.onrender.com",
      "Dashboard: https://dashboard.render.com/web/",
    ])
      assert.ok(story.includes(line), `${line}\n\n${story}`);
    assert.ok(!story.includes(stage.simulator.key));
  });

  it("opens the site and the Dashboard from the notification", async () => {
    await stage.button(window).click();
    await (await window.modal()).click("Deploy");
    const live = await window.toast("lighthouse is live with", 20_000);
    assert.equal(
      await window.openedExternally(() => live.click("Open Site")),
      "https://lighthouse.onrender.com/",
    );
    await window.clearToasts();
    stage.simulator.nextDeploy(lighthouse.serviceId, { fails: "build" });
    await stage.button(window).click();
    await (await window.modal()).click("Deploy");
    const failed = await window.toast("lighthouse was not deployed: the build failed", 20_000);
    assert.equal(failed.severity, "error");
    assert.deepEqual(failed.buttons, ["Show Log", "Show Output", "Open in Dashboard"]);
    const address = await window.openedExternally(() => failed.click("Open in Dashboard"));
    assert.match(
      address,
      new RegExp(`^https://dashboard\\.render\\.com/web/${lighthouse.serviceId}/deploys/dep-`, "u"),
    );
    await stage.button(window).waitForText("lighthouse: build failed");
    assert.equal(await stage.button(window).kind(), "error");
  });

  it("says why a deploy failed, and shows its log", async () => {
    const memory = { evicted: false, oomKilled: { memoryLimit: "512Mi" } };
    stage.simulator.nextDeploy(lighthouse.serviceId, { fails: "build", failure: memory });
    await stage.button(window).click();
    await (await window.modal()).click("Deploy");
    const failed = await window.toast("lighthouse was not deployed: the build failed", 20_000);
    assert.match(
      failed.text,
      /\. It ran out of memory \(limit 512Mi\)\. .*What was live before keeps running\.$/u,
    );
    const printed = "src/berths.ts(42,7): error TS2322: Type 'string' is not assignable to type 'number'.";
    const story = await stage.output(window);
    assert.ok(story.includes("It ran out of memory (limit 512Mi)."), story);
    assert.ok(story.includes(`[lighthouse]   | ${printed}`), story);
    await failed.click("Show Log");
    const shown = (text: string) =>
      window.page.locator(".editor-instance .view-line").filter({ hasText: text });
    await shown("==> Build failed").waitFor();
    await shown("not assignable to type").first().waitFor();
    const tab = window.page.locator(".tab.active");
    assert.equal(await tab.getAttribute("data-resource-name"), `lighthouse ${stage.head.slice(0, 7)}.log`);
    await window.palette("View: Close All Editors");
    await window.palette("Render: Show Log");
    await window.quick.pick("lighthouse");
    await window.quick.pick(stage.head.slice(0, 7));
    await shown("==> Build failed").waitFor();
    await window.palette("View: Close All Editors");
  });

  it("sends one trigger for a double click", async () => {
    await stage.button(window).click();
    await stage.button(window).click();
    await (await window.modal()).click("Deploy");
    await window.toast("lighthouse is live with", 20_000);
    assert.equal(stage.triggers().length, 1);
  });

  it("says that a deploy is running before it starts another one", async () => {
    await stage.button(window).click();
    await (await window.modal()).click("Deploy");
    await window.toast("Deploying lighthouse: Building");
    await stage.button(window).click();
    const question = await window.modal();
    assert.match(
      question.detail,
      /A deploy of .* is already running \(building, \d+ s, asked for by Ada Marsh, /u,
    );
    assert.ok(question.buttons.includes("Deploy Anyway"));
    await question.cancel();
    await window.toast("lighthouse is live with", 20_000);
    assert.equal(stage.triggers().length, 1);
  });

  it("cancels the deploy at Render from the notification", async () => {
    await stage.button(window).click();
    await (await window.modal()).click("Deploy");
    await (await window.toast("Deploying lighthouse: Building")).click("Cancel");
    const question = await window.modal();
    assert.equal(question.text, "Cancel the deploy of lighthouse?");
    await question.click("Cancel Deploy");
    const end = await window.toast("You canceled the deploy of lighthouse");
    assert.equal(end.severity, "info");
    await stage.button(window).waitForText("lighthouse: canceled");
  });

  it("stops watching without canceling, and keeps watching when nothing is chosen", async () => {
    await stage.button(window).click();
    await (await window.modal()).click("Deploy");
    await (await window.toast("Deploying lighthouse: Building")).click("Cancel");
    await (await window.modal()).cancel();
    await (await window.toast("Deploying lighthouse:")).click("Cancel");
    await (await window.modal()).click("Stop Watching");
    await stage.button(window).waitForText("Deploy lighthouse · HEAD is 1 ahead");
    assert.ok(!stage.simulator.requests.some(({ path }) => path.endsWith("/cancel")));
  });

  it("offers a way on when Render refuses, and deploys after a retry", async () => {
    stage.simulator.fail({
      method: "POST",
      path: /\/deploys$/u,
      with: { kind: "status", status: 409, body: { message: "busy" } },
    });
    await stage.button(window).click();
    await (await window.modal()).click("Deploy");
    const refused = await window.toast(
      "Could not deploy lighthouse: the service is in a state that does not allow it now.",
    );
    assert.deepEqual(refused.buttons, ["Open in Dashboard", "Retry"]);
    assert.match(
      await stage.output(window),
      /status 409 \(conflict\), Render says: "busy", Render-Request-Id /u,
    );
    await refused.click("Retry");
    await window.toast("lighthouse is live with", 20_000);
    assert.equal(stage.triggers().length, 2);
  });

  it("asks for a new key when Render no longer takes the old one", async () => {
    stage.simulator.fail({ method: "POST", path: /\/deploys$/u, with: { kind: "status", status: 401 } });
    await stage.button(window).click();
    await (await window.modal()).click("Deploy");
    const refused = await window.toast("Render did not accept the API key.");
    await refused.click("Set API Key");
    assert.equal((await window.quick.box()).title, "Render: Set API Key");
    await window.quick.cancel();
  });
});
