import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { newService } from "../simulator/simulator.js";
import { eventually } from "../vscode/eventually.js";
import { onStage, stage, window } from "./onStage.js";
import { lighthouse } from "./stage.js";

const path = "infra/blueprint.yaml";
const good = `# The lighthouse: "services" of Harbor Labs

services:
  # Burns all night.
  - type: web
    name: lighthouse
    runtime: node
`;
const nameless = good.replace("    name: lighthouse\n", "");
const boat = good.replace("type: web", "type: boat");
const workflow = `name: ci
on: push
services:
  db: {}
`;

describe("a Blueprint's file of another name", () => {
  onStage({
    files: { [path]: good, "notes.md": "# Notes\n", "ci.yml": workflow },
    withRender: () => {
      blueprint("lighthouse", path, [lighthouse.serviceId]);
    },
  });

  async function write(name: string, text: string): Promise<void> {
    await mkdir(dirname(join(stage.folder, name)), { recursive: true });
    await writeFile(join(stage.folder, name), text);
  }

  /** A Blueprint made from a file of the lighthouse's repository. */
  function blueprint(name: string, file: string, serviceIds: readonly string[]): void {
    const resources = serviceIds.map(id => {
      const { service } = stage.simulator.service(id);
      return { id, name: service.name, type: service.type };
    });
    const id = `exs-${name
      .replace(/[^a-z0-9]/gu, "")
      .padEnd(20, "0")
      .slice(0, 20)}`;
    stage.simulator.blueprints.push({
      id,
      name,
      status: "in_sync",
      autoSync: true,
      repo: lighthouse.remote,
      branch: "main",
      path: file,
      resources,
    });
  }

  const asked = (of: RegExp): number =>
    stage.simulator.requests.filter(request => of.test(`${request.method} ${request.path}`)).length;
  const validations = (): number => asked(/^POST \/blueprints\/validate$/u);

  async function saveInEditor(name: string, text: string, line: string): Promise<void> {
    await write(name, text);
    await window.editorShows(line);
    await window.palette("File: Save");
  }

  async function problemsAre(expected: readonly string[]): Promise<void> {
    const shown = async (): Promise<string> =>
      JSON.stringify((await window.problems()).map(row => row.trim()));
    await eventually(
      `the problems ${JSON.stringify(expected)}`,
      async () => ((await shown()) === JSON.stringify(expected) ? true : undefined),
      { instead: shown },
    );
  }

  const live = /^live [0-9a-f]{7} · .+\|Deploy\|Show Deploys\|Open$/u;

  it("has its lines when nothing else is open, and after the services were loaded anew", async () => {
    await window.openFile("blueprint.yaml");
    await window.lensesShow([live]);
    assert.equal(asked(/^GET \/blueprints$/u), 1);
    await window.palette("Render: Refresh Services");
    await eventually("another reading of the Blueprints", () =>
      Promise.resolve(asked(/^GET \/blueprints$/u) === 2 || undefined),
    );
    await window.lensesShow([live]);
  });

  it("is checked when it is saved, and its errors stand where they point", async () => {
    await window.palette("Render: Refresh Services");
    await saveInEditor(path, nameless, "  - type: web");
    await problemsAre(["a name is required (services[0].name)"]);
    assert.deepEqual(await window.problemPlaces(), ["[Ln 5, Col 5]"]);
    await saveInEditor(path, good, "    name: lighthouse");
    await problemsAre([]);
    assert.equal(validations(), 2);
  });

  it("is validated on the command", async () => {
    await window.palette("Render: Validate Blueprint");
    await window.toast("blueprint.yaml is valid.");
    assert.equal(validations(), 1);
  });

  it("shows a service that was renamed at Render, and under which name", async () => {
    stage.simulator.service(lighthouse.serviceId).service.name = "fog-light";
    await window.palette("Render: Refresh Services");
    await window.lensesShow([/^fog-light · live [0-9a-f]{7} · .+\|Deploy\|Show Deploys\|Open$/u]);
    await window.clickLens("Deploy");
    const question = await window.modal();
    assert.match(question.text, / to fog-light\?$/u);
    await question.click("Cancel");
  });

  it("offers the original and the copy that another Blueprint made", async () => {
    const { service } = stage.simulator.service(lighthouse.serviceId);
    const copy = newService({
      name: "lighthouse-k3xp",
      ownerId: service.ownerId,
      repo: service.repo ?? "",
    });
    stage.simulator.addService(copy);
    blueprint("lighthouse copy", path, [copy.service.id]);
    await window.palette("Render: Refresh Services");
    await window.lensesShow(["2 services: lighthouse, lighthouse-k3xp|Deploy…|Show Deploys…|Open…"]);
    await window.clickLens("Deploy…");
    const rows = (await window.quick.rows()).filter(({ detail }) => detail !== "");
    assert.deepEqual(rows.map(({ label }) => label).sort(), ["lighthouse", "lighthouse-k3xp"]);
    await window.quick.cancel();
  });

  it("shows the copy alone where only the copy is made from it", async () => {
    const { service } = stage.simulator.service(lighthouse.serviceId);
    const copy = newService({ name: "lighthouse-k3xp", ownerId: service.ownerId, repo: service.repo ?? "" });
    stage.simulator.addService(copy);
    stage.simulator.blueprints.length = 0;
    blueprint("lighthouse copy", path, [copy.service.id]);
    await window.palette("Render: Refresh Services");
    await window.lensesShow(["lighthouse-k3xp · no deploys yet|Deploy|Show Deploys|Open"]);
  });

  it("is sent only where it is YAML and a Blueprint is made from it", async () => {
    blueprint("notes", "notes.md", [lighthouse.serviceId]);
    await window.palette("Render: Refresh Services");
    for (const [name, text, line] of [
      ["notes.md", "# Notes\nservices:\n", "services:"],
      ["ci.yml", `${workflow}# more\n`, "# more"],
    ] as const) {
      await window.openFile(name);
      await saveInEditor(name, text, line);
    }
    await window.openFile("blueprint.yaml");
    await saveInEditor(path, boat, "  - type: boat");
    await problemsAre(['invalid service type "boat" (services[0].type)']);
    assert.equal(validations(), 1);
    assert.doesNotMatch(
      JSON.stringify(stage.simulator.requests.map(({ body }) => body)),
      /# Notes|name: ci/u,
    );
  });
});

describe("a Blueprint's file in Restricted Mode", () => {
  onStage({ trusted: false, anew: "nothing", files: { "render.yml": good } });

  it("is not read, whatever it looks like", async () => {
    await window.openFile("render.yml");
    await window.palette("File: Save");
    await window.palette("Render: Validate Blueprint");
    await window.toast("This workspace is in Restricted Mode, so no file of it is sent to Render.");
    assert.deepEqual(await window.lenses(), []);
    assert.ok(!stage.simulator.requests.some(({ path: asked }) => asked.startsWith("/blueprints")));
  });
});
