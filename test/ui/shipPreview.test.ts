import assert from "node:assert/strict";
import { eventually } from "../vscode/eventually.js";
import { copy, live, onStage, stage, window } from "./onStage.js";
import { lighthouse, threeCommits } from "./stage.js";

describe("What will ship", () => {
  onStage({ commits: threeCommits, view: true, anew: "repository" });
  beforeEach(async () => {
    await window.palette("View: Close All Editors");
  });

  const title = (head: string): string => `lighthouse: ${live.slice(0, 7)} → ${head.slice(0, 7)}`;

  async function tab(name: string): Promise<void> {
    const tabs = window.page.locator(".part.editor .tab");
    await eventually(
      `the editor "${name}"`,
      async () =>
        (await tabs.allInnerTexts()).some(text => text.replaceAll("\n", "").includes(name))
          ? true
          : undefined,
      { instead: async () => JSON.stringify(await tabs.allInnerTexts()) },
    );
  }

  it("lists commits and files, marks what deserves a look, and opens all in one editor", async () => {
    const head = await copy.commit("Keep a log of the fog", {
      "README.md": "# Sample\n\nA log.\n",
      "db/migrations/0001_log.sql": "create table fog ();\n",
      "package-lock.json": "{}\n",
      "render.yaml": "services: []\n",
    });
    await window.palette("Render: Show What Will Ship");
    assert.equal((await window.quick.box()).title, title(head));
    const rows = await window.quick.rows();
    assert.deepEqual(
      rows.map(({ label, description }) => [label, description.replace(/ · 1 d$/u, "")]),
      [
        ["All changes in one editor", "2 commits, 4 files; render.yaml, 1 migration, 1 lock file"],
        ["Keep a log of the fog", head.slice(0, 7)],
        ["Turn the lamp faster in fog", stage.head.slice(0, 7)],
        ["render.yaml", "added · ⚠ render.yaml: a Blueprint sync may change services"],
        ["0001_log.sql", "db/migrations · added · ⚠ migration: changes the database"],
        ["package-lock.json", "added · ⚠ lock file: other versions of packages"],
        ["README.md", ""],
      ],
    );
    await tab(title(head));
    const changed = await window.page.locator(".multiDiffEntry .file-path .title").allInnerTexts();
    assert.ok(
      changed.some(text => text.includes("0001_log.sql")),
      JSON.stringify(changed),
    );
    await window.quick.cancel();
  });

  it("opens one file, or what one commit changed, while the list stays", async () => {
    const head = await copy.commit("Paint the door", { "door.txt": "green\n" });
    await (await window.tree().row("lighthouse")).contextMenu("Show What Will Ship");
    await window.quick.type("README");
    await window.quick.accept();
    await tab("README.md");
    await window.quick.type("Paint the door");
    await window.quick.accept();
    await tab(`${stage.head.slice(0, 7)} → ${head.slice(0, 7)}`);
    assert.equal((await window.quick.box()).title, title(head));
    await window.quick.cancel();
  });

  it("says that nothing would change where HEAD is live", async () => {
    await copy.git("reset", "--quiet", "--hard", live);
    await window.palette("Render: Show What Will Ship");
    await window.toast(`${live.slice(0, 7)} is live on lighthouse already, so nothing would change.`);
  });

  it("fetches what is live where the clone lacks it", async () => {
    await copy.makeShallow();
    await window.palette("Render: Show What Will Ship");
    const missing = await window.toast(`${live.slice(0, 7)}, which is live, is not in this clone`);
    await missing.click("Fetch");
    const rows = await window.quick.rows();
    assert.equal(rows[0]?.description, "1 commit, 1 file");
    await window.quick.cancel();
  });

  it("says so where what is live comes from another repository", async () => {
    const strange = "f".repeat(40);
    const [newest] = stage.simulator.service(lighthouse.serviceId).deploys;
    assert.ok(newest?.status === "live");
    newest.commit = { id: strange, message: "From elsewhere", createdAt: "2026-06-12T08:01:17Z" };
    await window.palette("Render: Show What Will Ship");
    await (await window.toast("fffffff, which is live, is not in this clone")).click("Fetch");
    const failed = await window.toast("fffffff is on no remote of this clone");
    assert.deepEqual(failed.buttons, ["Open Source Control"]);
  });

  it("says why there is nothing to compare without a clone of the service's repository", async () => {
    await (await window.tree().row("tide-tables")).contextMenu("Show What Will Ship");
    const without = await window.toast(
      "No clone of the repository that tide-tables is built from is open here.",
    );
    assert.deepEqual(without.buttons, ["Open Folder"]);
  });
});
