import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import {
  readDefinition,
  taskType,
  type DeployTaskOrder,
} from "../../../../src/features/deployTask/definition.js";

interface TaskDefinition {
  readonly type: string;
  readonly required: readonly string[];
  readonly properties: Readonly<
    Record<string, { readonly markdownDescription: string; readonly default?: unknown }>
  >;
}
const { contributes } = JSON.parse(readFileSync("package.json", "utf8")) as {
  readonly contributes: { readonly taskDefinitions: readonly TaskDefinition[] };
};

const sha = "7c1f0e94ab52d3386c0fe1b9a5d2478e6f13ca90";

function orderOf(definition: Record<string, unknown>): DeployTaskOrder {
  const read = readDefinition({ type: "render", service: "harbor-api", ...definition });
  assert.ok(read.ok, JSON.stringify(read));
  return read.order;
}

function problemOf(definition: Record<string, unknown>): string {
  const read = readDefinition({ type: "render", service: "harbor-api", ...definition });
  assert.ok(!read.ok, JSON.stringify(read));
  return read.text;
}

describe("readDefinition", () => {
  it("takes a service alone: what one click deploys, to its end", () => {
    assert.deepEqual(orderOf({}), {
      service: "harbor-api",
      wanted: { clearCache: false, redeploy: false },
      wait: true,
    });
  });

  it("takes everything that can go together", () => {
    assert.deepEqual(
      orderOf({ commit: sha, clearCache: true, deployMode: "build_and_deploy", wait: false }),
      {
        service: "harbor-api",
        wanted: { commit: sha, clearCache: true, redeploy: false },
        wait: false,
      },
    );
    assert.deepEqual(orderOf({ image: " 1.5 " }).wanted, {
      image: "1.5",
      clearCache: false,
      redeploy: false,
    });
    assert.deepEqual(orderOf({ deployMode: "deploy_only", clearCache: false }).wanted, {
      clearCache: false,
      redeploy: true,
    });
    for (const commit of ["HEAD", "newest", "7c1f0e9", sha.toUpperCase()])
      assert.equal(orderOf({ commit }).wanted.commit, commit);
  });

  it("takes truths as the texts that variables stand for", () => {
    assert.deepEqual(orderOf({ clearCache: "true", wait: "false" }), {
      service: "harbor-api",
      wanted: { clearCache: true, redeploy: false },
      wait: false,
    });
  });

  for (const service of [undefined, "", "  ", 7, null, ["harbor-api"]])
    it(`says that ${JSON.stringify(service)} is no service`, () => {
      assert.match(problemOf({ service }), /^The task does not say what to deploy\./u);
    });

  const wrong: Readonly<Record<string, readonly unknown[]>> = {
    commit: ["", "head", "main", "HEAD~1", "7c1", `${sha}${sha}`, 7, null, true, "newest; rm -rf"],
    image: ["", "  ", 1.5, null, {}],
    clearCache: ["yes", 1, null, "TRUE"],
    wait: ["no", 0, null, []],
    deployMode: ["deploy", "", null, true],
  };
  for (const [property, values] of Object.entries(wrong))
    for (const value of values)
      it(`names "${property}" where it is ${JSON.stringify(value)}`, () => {
        assert.ok(problemOf({ [property]: value }).includes(`"${property}"`));
      });

  it("does not choose between a commit and an image", () => {
    assert.match(problemOf({ commit: "newest", image: "1.5" }), /Take "commit" or "image" out\.$/u);
  });

  for (const other of [{ commit: "HEAD" }, { image: "1.5" }, { clearCache: true }])
    it(`does not build nothing together with ${Object.keys(other).join()}`, () => {
      assert.match(
        problemOf({ deployMode: "deploy_only", ...other }),
        /"deploy_only".*take "deployMode" out\.$/u,
      );
    });

  describe("as package.json describes it", () => {
    const [described, ...others] = contributes.taskDefinitions;
    assert.ok(described);

    it("has one type, and needs a service alone", () => {
      assert.equal(others.length, 0);
      assert.equal(described.type, taskType);
      assert.deepEqual(described.required, ["service"]);
    });

    it("has the properties that are read, no more and no less", () => {
      assert.deepEqual(Object.keys(described.properties).sort(), ["service", ...Object.keys(wrong)].sort());
    });

    it("says what each is for, and has the defaults that hold", () => {
      for (const { markdownDescription } of Object.values(described.properties))
        assert.match(markdownDescription, /^[A-Z].*\.$/u);
      const defaults = Object.entries(described.properties).flatMap(([name, { default: value }]) =>
        value === undefined ? [] : [[name, value] as const],
      );
      assert.deepEqual(orderOf(Object.fromEntries(defaults)), {
        ...orderOf({}),
        wanted: { ...orderOf({}).wanted, commit: "HEAD" },
      });
    });
  });
});
