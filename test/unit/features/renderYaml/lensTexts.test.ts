import assert from "node:assert/strict";
import { entryLenses } from "../../../../src/features/renderYaml/lensTexts.js";
import { unreadText } from "../../../../src/blueprints/blueprintTexts.js";
import {
  askForWorkspaceText,
  noValidationText,
  validationText,
} from "../../../../src/features/renderYaml/validationTexts.js";
import type { ServiceDeploys } from "../../../../src/services/deployHistory.js";
import { aDeploy, aListing, anOwner, aService } from "../../../support/builders.js";

const service = aService();
const listing = aListing({ owners: [anOwner(), anOwner({ id: "tea-2", name: "Tidewater" })] });
const live = aDeploy({ status: "live", finishedAt: 0 });
const read = (change: Partial<ServiceDeploys>): ServiceDeploys => ({
  deploys: [],
  complete: true,
  loading: false,
  ...change,
});

describe("entryLenses", () => {
  const facts = (found: readonly (typeof service)[]) => ({
    entry: { name: "harbor-api" },
    found,
    listing,
    blueprints: [],
    complete: true,
    hasLeftOut: false,
    deploysOf: () => undefined,
  });
  const lenses = (found: readonly (typeof service)[], deploys?: ServiceDeploys, complete = true) =>
    entryLenses({ ...facts(found), complete, deploysOf: () => deploys }, 7_200_000).map(
      ({ title, action }) => [title, action],
    );

  it("are the live state, then what can be done", () => {
    assert.deepEqual(lenses([service], read({ deploys: [live] })), [
      ["live 7c1f0e9 · 2 h", "none"],
      ["Deploy", "deploy"],
      ["Show Deploys", "showDeploys"],
      ["Open", "open"],
    ]);
  });

  for (const [name, deploys, expected] of [
    ["what runs", read({ deploys: [aDeploy()] }), "building 7c1f0e9"],
    ["that there are none", read({}), "no deploys yet"],
    ["that they are loaded", read({ complete: false, loading: true }), "loading…"],
    ["that they are to be loaded", undefined, "loading…"],
    ["that they could not be loaded", read({ complete: false, error: new Error("no") }), "state not known"],
  ] as const)
    it(`say of the deploys ${name}`, () => {
      assert.equal(lenses([service], deploys)[0]?.[0], expected);
    });

  it("say in which workspaces services of the same name are, and let one be chosen", () => {
    const found = [service, aService({ id: "srv-2", ownerId: "tea-2" })];
    assert.deepEqual(lenses(found), [
      ["2 services of this name", "none"],
      ["Deploy…", "deploy"],
      ["Show Deploys…", "showDeploys"],
      ["Open…", "open"],
    ]);
    assert.equal(entryLenses(facts(found), 0)[0]?.tooltip, "Harbor Labs, Tidewater");
  });

  it("say what a service is called at Render where the file calls it otherwise", () => {
    const renamed = aService({ name: "harbor-front", slug: "harbor-api" });
    const [state] = entryLenses(
      { ...facts([renamed]), deploysOf: () => read({ deploys: [live] }) },
      7_200_000,
    );
    assert.equal(state?.title, "harbor-front · live 7c1f0e9 · 2 h");
    assert.equal(state.tooltip, "harbor-front in Harbor Labs");
  });

  it("tell an original and its copies apart, by their Blueprints too", () => {
    const copies = ["k3xp", "q9lm", "x3qd"].map((end, index) =>
      aService({ id: `srv-c${index}`, name: `harbor-api-${end}` }),
    );
    const blueprint = (name: string, { id, type }: typeof service) => {
      return { id: `exs-${id}`, name, repo: "", branch: "", path: "", resources: [{ id, name, type }] };
    };
    const found = [service, ...copies];
    const blueprints = [blueprint("harbor", service), blueprint("harbor copy", copies[0] ?? service)];
    const [state] = entryLenses({ ...facts(found), blueprints }, 0);
    assert.equal(state?.title, "4 services: harbor-api, harbor-api-k3xp, harbor-api-q9lm, …");
    assert.equal(
      state.tooltip,
      "harbor-api in Harbor Labs (Blueprint harbor), harbor-api-k3xp in Harbor Labs (Blueprint harbor copy), harbor-api-q9lm in Harbor Labs, harbor-api-x3qd in Harbor Labs",
    );
    const [none] = entryLenses({ ...facts([]), blueprints }, 0);
    assert.match(none?.tooltip ?? "", /^The Blueprint made from this file has no such service/u);
  });

  it("say that there is none only once that is known", () => {
    assert.deepEqual(lenses([]), [["not on Render yet", "none"]]);
    assert.deepEqual(lenses([], undefined, false), []);
  });

  it("do not say that there is none where something that Render listed could not be read", () => {
    const [lens, ...others] = entryLenses({ ...facts([]), hasLeftOut: true }, 0);
    assert.deepEqual([lens?.title, lens?.action], ["not known whether it is on Render", "none"]);
    assert.match(lens?.tooltip ?? "", /some of that could not be read: see the output\.$/u);
    assert.deepEqual(others, []);
    assert.deepEqual(entryLenses({ ...facts([]), complete: false, hasLeftOut: true }, 0), []);
  });
});

describe("validationText", () => {
  const plan = { services: 0, databases: 0, keyValue: 0, envGroups: 0, actions: 0 };
  for (const [change, expected] of [
    [{}, "render.yaml is valid."],
    [{ services: 1 }, "render.yaml is valid. A new Blueprint made from it would create 1 service."],
    [
      { services: 2, databases: 1, keyValue: 1, envGroups: 3, actions: 9 },
      "render.yaml is valid. A new Blueprint made from it would create 2 services, 1 database, 1 Key Value instance and 3 environment groups, in 9 actions.",
    ],
  ] as const)
    it(`says: ${expected}`, () => {
      const validation = { valid: true as const, plan: { ...plan, ...change } };
      assert.deepEqual(validationText("render.yaml", validation), { text: expected, remedies: [] });
    });

  for (const [errors, expected] of [
    [[], "an error"],
    [[{ error: "x" }], "an error"],
    [[{ error: "x" }, { error: "y" }], "2 errors"],
  ] as const)
    it(`says that there are ${errors.length}`, () => {
      const { text, remedies } = validationText("render.yaml", { valid: false, errors: [...errors] });
      assert.equal(
        text,
        `Render found ${expected} in render.yaml. Correct it where it is marked, then validate again.`,
      );
      assert.deepEqual(remedies, ["showProblems"]);
    });
});

describe("the other sentences about Blueprint files", () => {
  for (const [why, remedy] of [
    ["untrusted", "manageTrust"],
    ["noFile", "openFolder"],
    ["tooLarge", undefined],
    ["noWorkspace", "openDashboard"],
    ["workspacesUnread", "showOutput"],
  ] as const)
    it(`say what happened and what to do: ${why}`, () => {
      const { text, remedies } = noValidationText(why);
      assert.match(text, /^[A-Z].*\. [A-Z].*\.$/u);
      assert.equal(remedies[0], remedy);
    });

  for (const why of ["tooLong", "tooDeep"] as const)
    it(`say why nothing of a file is shown: ${why}`, () => {
      assert.match(
        unreadText("render.yaml", why),
        /^render\.yaml is .+, so its services are not shown here\. Render can still validate it\.$/u,
      );
    });

  it("ask for a workspace", () => {
    const { text, remedies } = askForWorkspaceText("render.yaml");
    assert.match(text, /render\.yaml whenever you save it/u);
    assert.deepEqual(remedies, ["chooseWorkspace"]);
  });
});
