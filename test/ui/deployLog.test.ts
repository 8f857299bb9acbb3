import assert from "node:assert/strict";
import { eventually } from "../vscode/eventually.js";
import { copy, onStage, stage, window } from "./onStage.js";
import { lighthouse, threeCommits } from "./stage.js";

describe("The log of a deploy", () => {
  const message = "Read the tides of a berth";
  const table = Array.from({ length: 20 }, (_, i) => `export const tide${i + 1} = ${i + 1};\n`);
  let head: string;

  onStage({
    commits: threeCommits,
    view: true,
    prepare: async () => {
      head = await copy.commit(message, { "packages/quay/src/tides/table.ts": table.join("") });
      await copy.git("push", "--quiet");
    },
    withRender: () => {
      stage.simulator.knowCommit({ id: head, message });
    },
  });

  const deploys = "Render Log: lighthouse";

  async function shows(channel: string, ...texts: readonly RegExp[]): Promise<void> {
    await eventually(
      `${channel} to hold ${texts.map(String).join(", ")}`,
      async () => {
        const text = await window.channelText(channel);
        return texts.every(each => each.test(text)) ? true : undefined;
      },
      { timeoutMs: 20_000, instead: () => window.channelText(channel) },
    );
    // What is kept must be what is seen.
    const last = (await window.panelLines()).filter(line => line !== "").at(-1) ?? "";
    assert.ok((await window.channelText(channel)).includes(last), last);
  }

  async function deploy(plays: Parameters<typeof stage.simulator.nextDeploy>[1]): Promise<void> {
    stage.simulator.nextDeploy(lighthouse.serviceId, plays);
    await stage.button(window).click();
    await (await window.modal()).click("Deploy");
  }

  /** Clicks a place that the log in the editor names, as a person does who follows links. */
  async function followsLink(place: string): Promise<void> {
    const link = window.page.locator(".editor-instance .detected-link").filter({ hasText: place }).first();
    await link.click({ modifiers: ["Control"] });
  }

  const closePanel = (): Promise<void> => window.palette("View: Hide Panel");

  it("grows in a channel of its own while the deploy runs, and its status follows at once", async () => {
    await deploy({ plays: "liveNode", phases: { build: 120_000, update: 60_000 } });
    await window.toast("Deploying lighthouse: Building");
    await window.palette("Render: Show Log");
    await window.quick.pick("lighthouse");
    await window.quick.pick(head.slice(0, 7));
    await shows(
      deploys,
      /^lighthouse · [0-9a-f]{7} Read the tides of a berth$/mu,
      /^\d\d:\d\d:\d\d {2}==> Cloning from/mu,
    );
    assert.doesNotMatch(await window.channelText(deploys), /Your service is live/u);
    await shows(deploys, /==> Your service is live/u);
    await window.toast("lighthouse is live with", 20_000);
    await closePanel();
  });

  it("shows by itself when the deploy fails, with the lines that say why, and compares with the last good one", async () => {
    await deploy({ plays: "typeError" });
    const failed = await window.toast("lighthouse was not deployed: the build failed", 20_000);
    await shows(deploys, /error TS\d+/u, /==> Build failed/u);
    await failed.click("Show Log");
    const line = (text: string) =>
      window.page.locator(".editor-instance .view-line").filter({ hasText: text });
    await line("==> Build failed").first().waitFor();
    await followsLink("src/tides/table.ts(12,24)");
    await window.page.locator(".part.statusbar").getByText("Ln 12, Col 24").waitFor();
    assert.equal(await window.page.locator(".tab.active").getAttribute("data-resource-name"), "table.ts");
    await window.palette("View: Close All Editors");
    await (await window.tree().row("lighthouse")).expand();
    const failedRow = await window.tree().row(`Build failed ${head.slice(0, 7)}`);
    await failedRow.contextMenu("Compare with the Last Good Deploy's Log");
    await window.page.locator(".monaco-diff-editor").waitFor();
    await window.palette("View: Close All Editors");
    await closePanel();
  });

  const tail = "Render Tail: lighthouse";

  it("of the service that runs is tailed with a filter, until it is stopped", async () => {
    await (await window.tree().row("lighthouse")).contextMenu("Tail Logs");
    await window.quick.rows();
    await window.page.keyboard.press("Enter");
    await window.quick.answer("");
    await shows(
      tail,
      /lighthouse · all lines · the last ten minutes, and what comes/u,
      /\d\d:\d\d:\d\d {2}\S/u,
    );
    await window.palette("Render: Stop Tailing Logs");
    await shows(tail, /\(Stopped\. Nothing more is read\.\)/u);
    await closePanel();
  });
});
