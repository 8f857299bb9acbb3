import assert from "node:assert/strict";
import { validateBlueprint } from "./validateBlueprint";

const current = `
previewsEnabled: true
previewsExpireAfterDays: 3
previews: {generation: automatic}
services:
  - {type: web, name: harbor-api, runtime: node}
  - {type: workflow, name: harbor-nightly, runtime: python}
  - {type: redis, name: harbor-cache}
databases: [{name: harbor-db}]
envVarGroups: [{name: shared}]
projects:
  - name: Harbor
    environments:
      - name: production
        services: [{type: pserv, name: harbor-mail, runtime: go}]
        databases: [{name: harbor-archive}]
        envVarGroups: [{name: secrets}]
ungrouped:
  services: [{type: keyvalue, name: lamp-cache}, {type: cron, name: 007, runtime: image}]
`;

describe("validateBlueprint", () => {
  it("takes what the format has today, in all places", () => {
    assert.deepEqual(validateBlueprint(current), {
      valid: true,
      plan: {
        services: ["harbor-api", "harbor-nightly", "harbor-mail", "007"],
        keyValue: ["harbor-cache", "lamp-cache"],
        databases: ["harbor-db", "harbor-archive"],
        envGroups: ["shared", "secrets"],
        totalActions: 10,
      },
    });
  });

  it("follows aliases and merge keys", () => {
    const merged = "services:\n  - &a {type: web, name: a}\n  - {<<: *a, name: b}\n";
    const validation = validateBlueprint(merged);
    assert.ok(validation.valid);
    assert.deepEqual(validation.plan["services"], ["a", "b"]);
  });

  for (const [name, file, errors] of [
    ["another type", "services: [{type: boat, name: a}]", ["services[0].type"]],
    ["no name", "ungrouped: {services: [{type: web}]}", ["ungrouped.services[0].name"]],
    ["an unknown field", "harbour: []", ["harbour"]],
    ["nothing", "# later", [undefined]],
    ["a tab", "services:\n\t- type: web\n", [undefined]],
  ] as const)
    it(`refuses ${name}`, () => {
      const validation = validateBlueprint(file);
      assert.ok(!validation.valid);
      assert.deepEqual(
        validation.errors.map(({ path }) => path),
        errors,
      );
    });
});
