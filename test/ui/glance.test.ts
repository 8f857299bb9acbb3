import assert from "node:assert/strict";
import { eventually } from "../vscode/eventually.js";
import { copy, live, onStage, stage, window } from "./onStage.js";
import { threeCommits } from "./stage.js";

describe("Live against HEAD", () => {
  onStage({ commits: threeCommits, view: true, anew: "nothing" });

  /** Waits until both the row and the status bar say this; an empty text means that they say nothing. */
  async function says(row: string, statusBar: string): Promise<void> {
    const state = `live ${live.slice(0, 7)} · \\d+ h`;
    // The end is cut off in a narrow view: it is where "HEAD is live" stands.
    const parts = row === "HEAD is live" ? [state, row] : [row, state].filter(part => part !== "");
    const pattern = new RegExp(`^${parts.join(" · ")}$`, "u");
    await eventually(
      `the row to say "${row}"`,
      async () => {
        const rows = await window.tree().shownRows();
        return rows.some(each => each.label === "lighthouse" && pattern.test(each.description))
          ? true
          : undefined;
      },
      {
        timeoutMs: 20_000,
        instead: async () => JSON.stringify((await window.tree().shownRows()).slice(0, 3)),
      },
    );
    await stage
      .button(window)
      .waitForText(statusBar === "" ? "Deploy lighthouse" : `Deploy lighthouse · ${statusBar}`);
  }

  it("follows each change of Git, and asks Render for nothing", async () => {
    await says("HEAD is 1 ahead", "HEAD is 1 ahead");
    assert.match(
      await stage.button(window).ariaLabel(),
      new RegExp(
        `HEAD \\(${stage.head.slice(0, 7)}, main\\) is 1 commit ahead of what is live \\(${live.slice(0, 7)}\\)\\.`,
        "u",
      ),
    );
    const row = (await window.tree().rows()).find(({ label }) => label === "lighthouse");
    assert.match(row?.ariaLabel ?? "", /HEAD is 1 ahead/u);
    const before = stage.simulator.requests.length;

    await copy.commit("One more");
    await says("HEAD is 2 ahead", "HEAD is 2 ahead");
    await copy.git("reset", "--quiet", "--hard", live);
    await says("HEAD is live", "live");
    await copy.git("reset", "--quiet", "--hard", "HEAD~1");
    await says("live is 1 ahead", "live is 1 ahead");
    await copy.commit("Another way");
    await says("diverged", "diverged");
    await copy.git("checkout", "--quiet", "-b", "fog");
    await says("another branch", "another branch");

    // The view refreshes itself while it is seen, each list at its own pace; a change of Git would come in between.
    const times = new Map<string, number>();
    for (const { method, path, at } of stage.simulator.requests.slice(before)) {
      const name = `${method} ${path}`;
      assert.match(name, /^GET .*\/deploys$/u);
      assert.ok(at - (times.get(name) ?? 0) > 14_000, name);
      times.set(name, at);
    }
  });

  it("says nothing where the two cannot be compared", async () => {
    await copy.reset();
    await says("HEAD is 1 ahead", "HEAD is 1 ahead");
    await copy.makeShallow();
    await copy.commit("On a cut history");
    await says("", "");
    // It is tried again when something was fetched, not with each switch of the editor.
    const asked = async (): Promise<number> =>
      (await window.outputText("vscode.git", "Git")).split("\n").filter(line => / log .*--stdin/u.test(line))
        .length;
    const before = await asked();
    for (let i = 0; i < 5; i++) for (const file of ["README.md", "lamp.txt"]) await window.openFile(file);
    assert.equal(await asked(), before);
    await copy.makeWhole();
    await says("HEAD is 2 ahead", "HEAD is 2 ahead");
  });
});
