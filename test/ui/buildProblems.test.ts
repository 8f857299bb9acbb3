import assert from "node:assert/strict";
import { eventually } from "../vscode/eventually.js";
import { copy, onStage, stage, window } from "./onStage.js";
import { lighthouse } from "./stage.js";

/** What the local Render's builds print when they fail. */
const printed = "Type 'string' is not assignable to type 'number'.";

describe("Errors that a build printed", () => {
  const berths = Array.from({ length: 60 }, (_, i) => `export const berth${i + 1}: number = ${i + 1};\n`);
  const message = "Number the berths";
  let head: string;

  onStage({
    // Its log would come before the problems, in the same panel.
    settings: { "render.showLog": "never" },
    prepare: async () => {
      head = await copy.commit(message, { "src/berths.ts": berths.join("") });
      await copy.git("push", "--quiet");
    },
    withRender: () => {
      stage.simulator.knowCommit({ id: head, message });
    },
  });

  async function deploy(): Promise<void> {
    await stage.button(window).click();
    await (await window.modal()).click("Deploy");
  }

  async function fails(): Promise<void> {
    stage.simulator.nextDeploy(lighthouse.serviceId, { fails: "build" });
    await deploy();
    await window.toast("lighthouse was not deployed: the build failed", 20_000);
  }

  async function problemsAre(expected: readonly string[]): Promise<void> {
    await eventually(
      `the problems ${JSON.stringify(expected)}`,
      async () => (JSON.stringify(await window.problems()) === JSON.stringify(expected) ? true : undefined),
      { instead: async () => JSON.stringify(await window.problems()) },
    );
  }

  const row = () => window.page.locator(".part.panel .markers-panel .marker-message-line").first();
  const tab = () => window.page.locator(".tab.active");
  const cursor = () => window.page.locator(".part.statusbar").getByText("Ln 42, Col 7");

  it("stand in the Problems panel at file and line until the next deploy begins", async () => {
    await fails();
    await problemsAre([printed]);
    assert.deepEqual(await window.problemPlaces(), ["[Ln 42, Col 7]"]);
    const panel = window.page.locator(".part.panel .markers-panel");
    assert.match(await panel.innerText(), /berths\.ts[\s\S]*tsc · lighthouse[\s\S]*TS2322/u);
    await row().click();
    await cursor().waitFor();
    assert.equal(await tab().getAttribute("data-resource-name"), "berths.ts");
    await window.editorShows("export const berth42: number = 42;");

    stage.simulator.nextDeploy(lighthouse.serviceId, {});
    await deploy();
    await problemsAre([]);
    await window.toast("lighthouse is live with", 20_000);
    await problemsAre([]);
  });

  it("stand in the file as it was deployed, once it is another one here", async () => {
    await copy.write("src/berths.ts", `// None of them is taken.\n${berths.join("")}`);
    await fails();
    await problemsAre([printed]);
    await row().click();
    await cursor().waitFor();
    await window.editorShows("export const berth42: number = 42;");
    await copy.git("checkout", "--quiet", "--", "src/berths.ts");
  });
});
