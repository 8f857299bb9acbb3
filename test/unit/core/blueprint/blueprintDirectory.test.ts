import assert from "node:assert/strict";
import { BlueprintDirectory } from "../../../../src/core/blueprint/blueprintDirectory.js";
import type { Blueprint } from "../../../../src/core/render/blueprintShapes.js";
import type { RenderClient } from "../../../../src/core/render/client.js";
import { aRepository } from "../../../support/builders.js";

const repository = aRepository();
const aBlueprint = (change: Partial<Blueprint> = {}): Blueprint => ({
  id: "exs-1",
  name: "harbor",
  repo: "https://github.com/harbor-labs/harbor",
  branch: "main",
  path: "render.yaml",
  ...change,
});
const api = { id: "srv-1", name: "harbor-api", type: "web_service" };
const nightly = { id: "crn-1", name: "harbor-nightly", type: "cron_job" };
const database = { id: "dpg-1", name: "harbor-db", type: "postgres" };

/** A Render with these Blueprints, each with what it controls. */
class FakeRender implements Pick<RenderClient, "blueprints" | "blueprint"> {
  readonly calls: string[] = [];
  fails = false;

  constructor(private readonly known: readonly (Blueprint & { resources: (typeof api)[] })[]) {}

  async *blueprints(signal: AbortSignal): AsyncGenerator<Blueprint[]> {
    this.calls.push("list");
    await Promise.resolve();
    signal.throwIfAborted();
    if (this.fails) throw new Error("down");
    yield [...this.known];
  }

  async blueprint(id: string): Promise<Blueprint & { resources: (typeof api)[] }> {
    this.calls.push(id);
    await Promise.resolve();
    return this.known.find(each => each.id === id) ?? assert.fail();
  }
}

function setUp(...known: (Blueprint & { resources: (typeof api)[] })[]) {
  const render = new FakeRender(known);
  const failures: unknown[] = [];
  return { render, failures, directory: new BlueprintDirectory(render, error => failures.push(error)) };
}

describe("BlueprintDirectory", () => {
  it("reads once, and only the Blueprints of open repositories one by one", async () => {
    const other = aBlueprint({ id: "exs-2", repo: "https://github.com/harbor-labs/other" });
    const { render, directory } = setUp(
      { ...aBlueprint(), resources: [api, nightly, database] },
      { ...other, resources: [] },
    );
    await Promise.all([directory.load([repository]), directory.load([repository])]);
    await directory.load([repository]);
    assert.deepEqual(render.calls, ["list", "exs-1"]);
    assert.deepEqual(directory.serviceIdsOf(repository), ["srv-1", "crn-1"]);
    assert.deepEqual(directory.serviceIdsOf(aRepository({ remotes: [] })), []);
  });

  it("reads again for other repositories, and after it was cleared", async () => {
    const { render, directory } = setUp({ ...aBlueprint(), resources: [api] });
    await directory.load([]);
    assert.deepEqual(directory.resourcesOf(repository, "render.yaml"), []);
    await directory.load([repository]);
    directory.clear();
    assert.deepEqual(directory.resourcesOf(repository, "render.yaml"), []);
    await directory.load([repository]);
    assert.deepEqual(directory.resourcesOf(repository, "render.yaml"), [api]);
    assert.deepEqual(render.calls, ["list", "list", "exs-1", "list", "exs-1"]);
  });

  it("knows the file by its path, however that is written", async () => {
    const { directory } = setUp({ ...aBlueprint({ path: "./deploy/blueprint.yml" }), resources: [api] });
    await directory.load([repository]);
    assert.ok(directory.isMadeFrom(repository, "deploy/blueprint.yml"));
    assert.ok(!directory.isMadeFrom(repository, "render.yaml"));
    assert.deepEqual(directory.resourcesOf(repository, "deploy/blueprint.yml"), [api]);
    assert.deepEqual(directory.resourcesOf(repository, "render.yaml"), []);
  });

  it("prefers the Blueprint that follows the checked-out branch", async () => {
    const { directory } = setUp(
      { ...aBlueprint(), resources: [api] },
      { ...aBlueprint({ id: "exs-2", branch: "staging" }), resources: [nightly] },
    );
    await directory.load([repository]);
    assert.deepEqual(directory.resourcesOf(repository, "render.yaml"), [api]);
    const elsewhere = aRepository({ branch: "feature" });
    assert.deepEqual(directory.resourcesOf(elsewhere, "render.yaml"), [api, nightly]);
  });

  it("has none where they cannot be read, and says why once", async () => {
    const { render, failures, directory } = setUp({ ...aBlueprint(), resources: [api] });
    render.fails = true;
    await directory.load([repository]);
    await directory.load([repository]);
    assert.equal(failures.length, 1);
    assert.deepEqual(directory.resourcesOf(repository, "render.yaml"), []);
    assert.deepEqual(render.calls, ["list"]);
  });

  it("forgets a reading that is under way when it is cleared, without calling that a failure", async () => {
    const { failures, directory } = setUp({ ...aBlueprint(), resources: [api] });
    const reading = directory.load([repository]);
    directory.clear();
    await reading;
    assert.deepEqual(failures, []);
    assert.deepEqual(directory.resourcesOf(repository, "render.yaml"), []);
  });
});
