import assert from "node:assert/strict";
import { BlueprintFile } from "../../../src/blueprints/blueprintFile.js";

describe("YamlNodes, as a Blueprint file is read by it,", () => {
  it("merges what a list merges, the first before the others, and never over what stands there itself", () => {
    const { entries } = new BlueprintFile(`
x-node: &node {type: web, runtime: node, name: from-node}
x-job: &job {type: worker, runtime: image, rootDir: jobs}
x-both: &both
  <<: [*job, *node]
x-list: &list [*node, *job]
services:
  - {<<: [*node, *job], name: a}
  - {name: b, <<: [*job, *node]}
  - {name: c, <<: *both, runtime: docker}
  - {name: d, <<: *list}
  - {<<: *node, type: pserv}
  - <<: *job
    <<: *node
  - {"<<": *node, name: no merge key in quotes}
  - {<<: [{type: cron}, *node], name: e}
`);
    assert.deepEqual(
      entries.map(({ name, apiType, isImage, rootDir }) => [name, apiType, isImage, rootDir]),
      [
        ["a", "web_service", false, "jobs"],
        ["b", "background_worker", true, "jobs"],
        ["c", "background_worker", false, "jobs"],
        ["d", "web_service", false, "jobs"],
        ["from-node", "private_service", false, undefined],
        ["from-node", "background_worker", true, "jobs"],
        ["e", "cron_job", false, undefined],
      ],
    );
  });

  it("follows an anchor to the last place before that has it", () => {
    const { entries } = new BlueprintFile(`
services:
  - &b {type: web, name: a}
  - {<<: *b, name: b}
  - &b {type: worker, name: c}
  - {<<: *b, name: d}
`);
    assert.deepEqual(
      entries.map(({ apiType }) => apiType),
      ["web_service", "web_service", "background_worker", "background_worker"],
    );
  });

  it("puts a service that an alias stands for where the alias is", () => {
    const { entries } = new BlueprintFile("services:\n  - &a {type: web, name: a}\n  - *a\n");
    assert.deepEqual(
      entries.map(({ span }) => span.start.line),
      [1, 2],
    );
  });

  for (const [written, name] of [
    ["007", "007"],
    ["1.10", "1.10"],
    ["true", "true"],
    ["No", "No"],
    ["1e3", "1e3"],
    ["0x10", "0x10"],
    ["0o17", "0o17"],
    ["1_000", "1_000"],
    [".inf", ".inf"],
    ["2026-06-12", "2026-06-12"],
    ["12:30:45", "12:30:45"],
    ["!!str 1.0", "1.0"],
    ['"null"', "null"],
    ["'~'", "~"],
    ["&a 1.50", "1.50"],
    ["null", undefined],
    ["~", undefined],
    ['""', ""],
  ] as const)
    it(`keeps the name ${written} as it is written`, () => {
      const { entries } = new BlueprintFile(`services:\n  - type: web\n    name: ${written}\n`);
      assert.deepEqual(
        entries.map(entry => entry.name),
        name === undefined ? [] : [name],
      );
    });

  describe("looks at everything once, whatever stands for it:", () => {
    const many = Array.from({ length: 60 }, (_, index) => index);
    const doubled = many.map(index => `  x${index + 1}: &x${index + 1} [*x${index}, *x${index}]\n`).join("");
    const merged = many.map(index => `- &m${index + 1} {<<: [*m${index}, *m${index}]}\n`).join("");
    const service = "{type: web, name: a}";
    for (const [name, text, count] of [
      ["lists of lists", `x:\n  x0: &x0 [${service}]\n${doubled}services: *x60\n`, 0],
      [
        "merges of merges",
        `x:\n- &m0 ${service}\n${merged}services:\n- {<<: *m60}\n- {<<: *m60, name: b}\n`,
        2,
      ],
      [
        "environments of projects",
        `s: &s [${service}]\ne: &e [${many.map(() => "{services: *s}").join(", ")}]\nprojects: [${many
          .map(() => "{environments: *e}")
          .join(", ")}]\n`,
        1,
      ],
      ["a list that is in itself", `services: &s [*s, ${service}]\n`, 1],
    ] as const)
      it(name, () => {
        assert.equal(new BlueprintFile(text).entries.length, count);
      });
  });
});
