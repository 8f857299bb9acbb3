import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { eventually } from "../vscode/eventually.js";
import { copy, onStage, stage, window } from "./onStage.js";
import { lighthouse } from "./stage.js";

const refused =
  "Could not load the deploys: your Render account is not allowed to do this. Ask an admin of the workspace.";

describe("The services view", () => {
  onStage({
    view: true,
    anew: "nothing",
    files: { "notes.txt": "Nothing that a row shows.\n", "more.txt": "Nothing that a row shows.\n" },
  });

  /** The labels of the rows that VS Code drew anew since `watchRows`. */
  async function redrawn(): Promise<string[]> {
    return await window.page.evaluate<string[]>("[...globalThis.redrawn].sort()");
  }

  async function watchRows(): Promise<void> {
    await window.page.evaluate(`{
      globalThis.redrawn = new Set();
      const note = ({ target, addedNodes }) => {
        const row = (target.closest ? target : target.parentElement)?.closest(".monaco-list-row");
        for (const each of row ? [row] : addedNodes)
          redrawn.add(each.querySelector?.(".label-name")?.textContent ?? "?");
      };
      const rows = document.querySelector(".part.sidebar .monaco-list-rows");
      new MutationObserver(all => all.forEach(note)).observe(rows, { childList: true, subtree: true, characterData: true });
    }`);
  }

  /** True once no row was drawn anew for a second: what is read one after the other at the start may open groups. */
  async function restingRows(): Promise<true | undefined> {
    await window.page.evaluate("redrawn.clear()");
    await setTimeout(1_000);
    return (await redrawn()).length === 0 ? true : undefined;
  }

  it("draws anew only the row in which something has changed, so that the menus of the others stay", async () => {
    await window.tree().describedRow("lighthouse", /^HEAD is 1 ahead · live [0-9a-f]{7} · /u);
    await watchRows();
    await eventually("rows that have come to rest", restingRows);
    await window.openFile("notes.txt");
    await copy.write("even-more.txt", "Nothing that a row shows either.\n");
    await copy.commit("Light it again");
    await window.tree().describedRow("lighthouse", /^HEAD is 2 ahead · live [0-9a-f]{7} · /u);
    assert.deepEqual(await redrawn(), ["lighthouse"]);
  });

  it("says why the deploys of a service cannot be read, and does not ask again and again", async () => {
    const path = new RegExp(`/${lighthouse.serviceId}/deploys$`, "u");
    const asked = (): number => stage.simulator.requests.filter(request => path.test(request.path)).length;
    stage.simulator.fail({ method: "GET", path, times: Infinity, with: { kind: "status", status: 403 } });
    const before = asked();
    await window.palette("Render: Refresh Services");
    await (await window.tree().row("lighthouse")).expand();
    await window.tree().row(refused);
    await copy.commit("Light it once more");
    await window.openFile("more.txt");
    await window.tree().row(refused);
    assert.ok(asked() - before <= 2, `asked ${asked() - before} times`);

    stage.simulator.clearFaults();
    await window.palette("Render: Refresh Services");
    await window.tree().describedRow("lighthouse", /^HEAD is 3 ahead · live [0-9a-f]{7} · /u);
    await eventually(
      "deploys in place of the reason",
      async () =>
        (await window.tree().shownRows()).some(({ label }) => label.startsWith("Live ")) || undefined,
    );
  });

  it("says in the tooltip of a deploy why it failed, and asks for that once", async () => {
    const read = (): number => stage.simulator.requests.filter(({ path }) => path.endsWith("/logs")).length;
    stage.simulator.nextDeploy(lighthouse.serviceId, { fails: "build" });
    stage.simulator.deployElsewhere(lighthouse.serviceId);
    const label = `Build failed ${stage.head.slice(0, 7)}`;
    await eventually("a failed deploy", () =>
      Promise.resolve(
        stage.simulator.service(lighthouse.serviceId).deploys[0]?.status === "build_failed" || undefined,
      ),
    );
    await window.palette("Render: Refresh Services");
    await (await window.tree().row("lighthouse")).expand();
    const row = await window.tree().row(label, 20_000);
    assert.equal(read(), 0);
    await eventually(
      "the cause in the tooltip",
      async () => (await row.tooltip()).includes("Likely cause: ") || undefined,
    );
    const asked = read();
    assert.ok(asked > 0);
    assert.match(await row.tooltip(), /Status: Build failed/u);
    assert.equal(read(), asked);
  });
});
