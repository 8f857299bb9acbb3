import assert from "node:assert/strict";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { eventually } from "../vscode/eventually.js";
import { newService } from "../simulator/simulator.js";
import { onStage, stage, window } from "./onStage.js";
import { lighthouse } from "./stage.js";

const good = `services:
  - type: web
    name: lighthouse
    runtime: node
  - type: keyvalue
    name: lamp-cache
  - type: worker
    name: bell-buoy
    runtime: node
`;
const bad = good.replace("type: worker", "type: boat");

describe("render.yaml", () => {
  onStage({ files: { "render.yaml": good } });

  const file = (): string => join(stage.folder, "render.yaml");

  const validations = (): number =>
    stage.simulator.requests.filter(({ path }) => path === "/blueprints/validate").length;

  const lensesShow = (expected: readonly (string | RegExp)[]): Promise<void> => window.lensesShow(expected);

  /** Puts a text into the file from outside, waits until the editor has it, and saves it there. */
  async function saveInEditor(text: string, line: string): Promise<void> {
    await writeFile(file(), text);
    await window.editorShows(line);
    await window.palette("File: Save");
  }

  async function problems(): Promise<string[]> {
    return (await window.problems()).map(row => row.trim());
  }

  const problemsAre = async (expected: readonly string[]): Promise<void> => {
    await eventually(
      `the problems ${JSON.stringify(expected)}`,
      async () => (JSON.stringify(await problems()) === JSON.stringify(expected) ? true : undefined),
      { instead: async () => JSON.stringify(await problems()) },
    );
  };

  const boat = 'invalid service type "boat" (services[2].type)';

  it("shows above each service what is live, and says what is not on Render", async () => {
    await window.openFile("render.yaml");
    await lensesShow([/^live [0-9a-f]{7} · .+\|Deploy\|Show Deploys\|Open$/u, /^not on Render yet$/u]);
  });

  it("deploys HEAD from the lens, which follows it until it is live", async () => {
    await window.clickLens("Deploy");
    const question = await window.modal();
    assert.match(question.text, / to lighthouse\?$/u);
    await question.click("Deploy");
    await window.toast("lighthouse is live with", 30_000);
    assert.deepEqual(stage.triggers(), [{ commitId: stage.head }]);
    await lensesShow([`live ${stage.head.slice(0, 7)} · now|Deploy|Show Deploys|Open`, "not on Render yet"]);
    assert.match(await stage.output(window), /from the Blueprint file/u);
  });

  it("opens the site from the lens", async () => {
    assert.equal(
      await window.openedExternally(() => window.clickLens("Open")),
      "https://lighthouse.onrender.com/",
    );
  });

  it("shows the deploys from the lens, whatever the view is filtered by", async () => {
    await window.openView("Render");
    await window.palette("Render: Filter Services…");
    await window.quick.answer("fog-horn");
    await window.tree().row("fog-horn");
    await window.clickLens("Show Deploys");
    const row = await window.tree().row("lighthouse");
    await eventually("the service to be open", async () => (await row.isExpanded()) || undefined);
  });

  it("validates on the command, with the workspace of the services in it", async () => {
    await window.palette("Render: Validate Blueprint");
    const toast = await window.toast("render.yaml is valid.");
    assert.match(toast.text, /would create 2 services and 1 Key Value instance, in 3 actions\.$/u);
    const { service } = stage.simulator.services.find(each => each.service.name === "lighthouse") ?? {};
    const sent = stage.simulator.requests.find(({ path }) => path === "/blueprints/validate");
    assert.match(
      String(sent?.body),
      new RegExp(`name="ownerId"\\r\\n\\r\\n${service?.ownerId ?? ""}\\r\\n`, "u"),
    );
    assert.match(String(sent?.body), /name="file"; filename="render\.yaml"\r\n/u);
  });

  it("marks the errors when the file is saved, and clears them when they are gone", async () => {
    await saveInEditor(bad, "  - type: boat");
    await problemsAre([boat]);
    await saveInEditor(good, "  - type: worker");
    await problemsAre([]);
    assert.equal(validations(), 2);
  });

  it("says how many errors there are on the command, and leads to them", async () => {
    await saveInEditor(bad, "  - type: boat");
    await window.palette("Render: Validate Blueprint");
    const toast = await window.toast("Render found an error in render.yaml.");
    assert.deepEqual(toast.buttons, ["Show Problems"]);
    await toast.click("Show Problems");
    await problemsAre([boat]);
  });

  it("shows no stale error when Render cannot be asked, and says why only on the command", async () => {
    stage.simulator.fail({
      method: "POST",
      path: /validate$/u,
      times: 2,
      with: { kind: "status", status: 503 },
    });
    await saveInEditor(bad, "  - type: boat");
    await problemsAre([]);
    assert.match(await stage.output(window), /render\.yaml was not validated: POST \/blueprints\/validate/u);
    assert.deepEqual(await window.toasts(), []);
    await window.palette("Render: Validate Blueprint");
    const toast = await window.toast("Could not validate the Blueprint: Render is not available right now.");
    await toast.click("Retry");
    await problemsAre([boat]);
  });

  it("is not sent on saving when the folder's settings say so", async () => {
    const folderSettings = join(stage.folder, ".vscode", "settings.json");
    await mkdir(dirname(folderSettings));
    await writeFile(folderSettings, JSON.stringify({ "render.validateBlueprintOnSave": false }));
    // What was found on saving goes with the setting.
    await problemsAre([]);
    await saveInEditor(good, "  - type: worker");
    // Only the command sends it then.
    await window.palette("Render: Validate Blueprint");
    await window.toast("render.yaml is valid.");
    assert.equal(validations(), 1);
    await rm(folderSettings);
  });

  it("says that two workspaces have the service, and asks once which is meant", async () => {
    const { service } = stage.simulator.service(lighthouse.serviceId);
    const [elsewhere] = stage.simulator.services.filter(each => each.service.ownerId !== service.ownerId);
    const { ownerId } = elsewhere?.service ?? assert.fail();
    stage.simulator.addService(
      newService({ id: `srv-${"0".repeat(20)}`, name: service.name, ownerId, repo: service.repo ?? "" }),
    );
    await writeFile(file(), good);
    await window.palette("Render: Refresh Services");
    await window.lensesShow(["2 services of this name|Deploy…|Show Deploys…|Open…", "not on Render yet"]);
    await window.clickLens("Deploy…");
    assert.deepEqual(
      (await window.quick.rows()).filter(({ detail }) => detail !== "").map(({ label }) => label),
      ["lighthouse", "lighthouse"],
    );
    await window.quick.cancel();
    await saveInEditor(bad, "  - type: boat");
    const toast = await window.toast("Render can check render.yaml whenever you save it.");
    await toast.click("Choose Workspace");
    await window.quick.pick("Harbor Labs");
    await problemsAre([boat]);
    await saveInEditor(good, "  - type: worker");
    await problemsAre([]);
    assert.equal(validations(), 2);
  });

  it("forgets the errors of a file that is closed or deleted", async () => {
    await saveInEditor(bad, "  - type: boat");
    await problemsAre([boat]);
    await window.palette("View: Close All Editors");
    await problemsAre([]);
    await window.openFile("render.yaml");
    await window.palette("Render: Validate Blueprint");
    await problemsAre([boat]);
    await rm(file());
    await problemsAre([]);
  });
});

describe("render.yaml in Restricted Mode", () => {
  onStage({ trusted: false, anew: "nothing", files: { "render.yaml": good } });

  it("has no lenses and is not sent to Render", async () => {
    await window.openFile("render.yaml");
    await window.palette("File: Save");
    await window.palette("Render: Validate Blueprint");
    const toast = await window.toast(
      "This workspace is in Restricted Mode, so no file of it is sent to Render.",
    );
    assert.deepEqual(toast.buttons, ["Manage Workspace Trust"]);
    assert.deepEqual(await window.lenses(), []);
    assert.ok(!stage.simulator.requests.some(({ path }) => path.startsWith("/blueprints")));
  });
});
