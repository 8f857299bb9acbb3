import assert from "node:assert/strict";
import { BlueprintDirectory } from "../../../src/blueprints/blueprintDirectory.js";
import type { RepositorySnapshot } from "../../../src/git/repository.js";
import type { Blueprint } from "../../../src/render/blueprintShapes.js";
import type { LeftOut, RenderClient } from "../../../src/render/client.js";
import { aRepository } from "../../support/builders.js";

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
  readonly broken = new Set<string>();
  /** What has an odd entry: "list", or the id of a Blueprint. */
  odd: string | undefined;

  constructor(private readonly known: readonly (Blueprint & { resources: (typeof api)[] })[]) {}

  async *blueprints(signal: AbortSignal, leftOut?: LeftOut): AsyncGenerator<Blueprint[]> {
    this.calls.push("list");
    await Promise.resolve();
    if (this.odd === "list") leftOut?.([{ field: "blueprint.path" }]);
    signal.throwIfAborted();
    if (this.fails) throw new Error("down");
    yield [...this.known];
  }

  async blueprint(
    id: string,
    _signal: AbortSignal,
    leftOut?: LeftOut,
  ): Promise<Blueprint & { resources: (typeof api)[] }> {
    this.calls.push(id);
    await Promise.resolve();
    if (this.odd === id) leftOut?.([{ field: "resource.id" }]);
    if (this.broken.has(id)) throw new Error("odd");
    return this.known.find(each => each.id === id) ?? assert.fail();
  }
}

function setUp(...known: (Blueprint & { resources: (typeof api)[] })[]) {
  const render = new FakeRender(known);
  const failures: unknown[] = [];
  return { render, failures, directory: new BlueprintDirectory(render, error => failures.push(error)) };
}

const resourcesOf = (directory: BlueprintDirectory, of: RepositorySnapshot, path = "render.yaml") =>
  directory.madeFrom(of, path).flatMap(({ resources }) => resources);

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
    assert.deepEqual(resourcesOf(directory, repository), []);
    await directory.load([repository]);
    directory.clear();
    assert.deepEqual(resourcesOf(directory, repository), []);
    await directory.load([repository]);
    assert.deepEqual(resourcesOf(directory, repository), [api]);
    assert.deepEqual(render.calls, ["list", "list", "exs-1", "list", "exs-1"]);
  });

  it("knows the file by its path, however that is written", async () => {
    const { directory } = setUp({ ...aBlueprint({ path: "./deploy/blueprint.yml" }), resources: [api] });
    await directory.load([repository]);
    assert.deepEqual(directory.pathsIn(repository), ["deploy/blueprint.yml"]);
    assert.deepEqual(directory.pathsIn(aRepository({ remotes: [] })), []);
    assert.deepEqual(resourcesOf(directory, repository, "deploy/blueprint.yml"), [api]);
    assert.deepEqual(resourcesOf(directory, repository), []);
  });

  it("prefers the Blueprint that follows the checked-out branch", async () => {
    const { directory } = setUp(
      { ...aBlueprint(), resources: [api] },
      { ...aBlueprint({ id: "exs-2", branch: "staging" }), resources: [nightly] },
    );
    await directory.load([repository]);
    assert.deepEqual(resourcesOf(directory, repository), [api]);
    const elsewhere = aRepository({ branch: "feature" });
    assert.deepEqual(resourcesOf(directory, elsewhere), [api, nightly]);
  });

  it("has none where they cannot be read, and says why once", async () => {
    const { render, failures, directory } = setUp({ ...aBlueprint(), resources: [api] });
    render.fails = true;
    await directory.load([repository]);
    await directory.load([repository]);
    assert.equal(failures.length, 1);
    assert.deepEqual(resourcesOf(directory, repository), []);
    assert.deepEqual(render.calls, ["list"]);
  });

  it("keeps the others when one cannot be read, and says that not all were read", async () => {
    const { render, failures, directory } = setUp(
      { ...aBlueprint(), resources: [api] },
      { ...aBlueprint({ id: "exs-2", path: "infra/blueprint.yaml" }), resources: [nightly] },
    );
    render.broken.add("exs-1");
    assert.equal(await directory.load([repository]), false);
    assert.equal(failures.length, 1);
    assert.deepEqual(resourcesOf(directory, repository), []);
    assert.deepEqual(resourcesOf(directory, repository, "infra/blueprint.yaml"), [nightly]);
  });

  it("tells that an odd Blueprint, or an odd resource of one, was left out, until that is read anew", async () => {
    const { render, directory } = setUp({ ...aBlueprint(), resources: [api] });
    for (const odd of ["list", "exs-1"]) {
      render.odd = odd;
      directory.expire();
      assert.equal(await directory.load([repository]), true);
      assert.equal(directory.hasLeftOut, true, odd);
    }
    render.odd = undefined;
    directory.expire();
    await directory.load([repository]);
    assert.equal(directory.hasLeftOut, false);
  });

  it("tells an original and its copy apart", async () => {
    const copy = { ...api, id: "srv-9", name: "harbor-api-k3xp" };
    const { directory } = setUp(
      { ...aBlueprint(), resources: [api] },
      { ...aBlueprint({ id: "exs-2", name: "harbor copy" }), resources: [copy] },
    );
    assert.equal(await directory.load([repository]), true);
    assert.deepEqual(
      directory.madeFrom(repository, "render.yaml").map(({ name, resources }) => [name, resources]),
      [
        ["harbor", [api]],
        ["harbor copy", [copy]],
      ],
    );
  });

  it("knows what it read until it has read anew", async () => {
    const { render, directory } = setUp({ ...aBlueprint({ path: "render.yml" }), resources: [api] });
    await directory.load([repository]);
    directory.expire();
    assert.deepEqual(directory.pathsIn(repository), ["render.yml"]);
    await directory.load([repository]);
    assert.deepEqual(directory.pathsIn(repository), ["render.yml"]);
    assert.deepEqual(render.calls, ["list", "exs-1", "list", "exs-1"]);
  });

  it("forgets a reading that is under way when it is cleared, without calling that a failure", async () => {
    const { failures, directory } = setUp({ ...aBlueprint(), resources: [api] });
    const reading = directory.load([repository]);
    directory.clear();
    await reading;
    assert.deepEqual(failures, []);
    assert.deepEqual(resourcesOf(directory, repository), []);
  });
});
