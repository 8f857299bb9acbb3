import assert from "node:assert/strict";
import fc from "fast-check";
import { BlueprintFile } from "../../../../src/core/blueprint/blueprintFile.js";

const whole = `
services:
  - type: web
    name: harbor-api
    runtime: node
    plan: pro plus
  - type: web
    name: harbor-docs
    env: static
  - type: keyvalue
    name: harbor-cache
projects:
  - name: Harbor
    environments:
      - name: production
        services:
          - type: pserv
            name: harbor-mail
            repo: https://github.com/harbor-labs/mail
      - name: staging
        services:
          - type: cron
            name: harbor-nightly
            runtime: image
            image:
              url: ghcr.io/harbor-labs/nightly:1
ungrouped:
  services:
    - type: worker
      name: 42
`;

function chain(length: number): string {
  return Array.from({ length }, (_, index) => `- &a${index + 1} {<<: *a${index}}\n`).join("");
}

describe("BlueprintFile", () => {
  it("reads the services of all three lists with Render's types", () => {
    const { entries } = new BlueprintFile(whole);
    assert.deepEqual(
      entries.map(({ name, apiType, repo, isImage, span }) => [
        name,
        apiType,
        repo,
        isImage,
        span.start.line,
      ]),
      [
        ["harbor-api", "web_service", undefined, false, 2],
        ["harbor-docs", "static_site", undefined, false, 6],
        ["harbor-cache", undefined, undefined, false, 9],
        ["harbor-mail", "private_service", "https://github.com/harbor-labs/mail", false, 16],
        ["harbor-nightly", "cron_job", undefined, true, 21],
        ["42", "background_worker", undefined, false, 28],
      ],
    );
  });

  it("follows aliases and merge keys", () => {
    const text = `
x: &base {runtime: static}
services:
  - &api {type: web, name: a}
  - {<<: *base, type: web, name: b}
  - *api
ungrouped:
  services: []
`;
    const { entries } = new BlueprintFile(text);
    assert.deepEqual(
      entries.map(({ name, apiType }) => [name, apiType]),
      [
        ["a", "web_service"],
        ["b", "static_site"],
        ["a", "web_service"],
      ],
    );
  });

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

  for (const [name, text] of [
    ["nested in brackets", "[".repeat(150_000)],
    ["nested in dashes", "- ".repeat(90_000)],
    ["nested in mappings", "{a: ".repeat(40_000)],
    [
      "of anchors that merge one another",
      `x:\n- &a0 {type: web}\n${chain(2_000)}services:\n- {<<: *a2000, name: a}\n`,
    ],
  ] as const)
    it(`says of a file ${name} that it is too deep`, () => {
      const { entries, unread } = new BlueprintFile(text);
      assert.deepEqual([entries.length, unread], [0, "tooDeep"]);
    });

  it("says of a file too large to be written by hand that it is too long", () => {
    assert.equal(new BlueprintFile("#".repeat(200_001)).unread, "tooLong");
    assert.equal(new BlueprintFile("#".repeat(200_000)).unread, undefined);
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

  for (const [name, text, names] of [
    ["that is empty", "", []],
    ["that is a list", "- services", []],
    ["whose services are a text", "services: none", []],
    [
      "with services of odd kinds",
      "services: [1, null, [], {name: a}, {type: web}, {type: web, name: b}]",
      ["b"],
    ],
    [
      "with a name that is being typed",
      "services:\n  - type: web\n    name:\n  - type: web\n    name: b\n",
      ["b"],
    ],
    ["with tabs", "services:\n\t- type: web\n", []],
    ["with a quote that is not closed", 'services:\n  - type: web\n    name: a\n  - name: "b\n', ["a"]],
    ["with an alias of nothing", "services:\n  - *nothing\n  - {type: web, name: a}", ["a"]],
    ["with the same key twice", "services:\n  - type: web\n    name: a\n    name: b\n", ["a"]],
    ["that merges a circle", "services:\n  - &a\n    <<: *a\n    type: web\n    name: a\n", ["a"]],
    ["of two documents", "services:\n  - {type: web, name: a}\n---\nservices: []\n", ["a"]],
    ["nested too deeply", "[".repeat(900), []],
    ["of many documents", `services: [{type: web, name: a}]\n${"---\nservices: []\n".repeat(5_000)}`, ["a"]],
    ["of brackets that close nothing", `services: [{type: web, name: a}]\n${"]".repeat(50_000)}`, ["a"]],
    ["too large to be written by hand", `services: [{type: web, name: a}]\n${"#".repeat(200_001)}`, []],
  ] as const)
    it(`gives of a file ${name} what can be read`, () => {
      assert.deepEqual(
        new BlueprintFile(text).entries.map(entry => entry.name),
        names,
      );
    });

  it("never throws, wherever a file is cut or mixed up", () => {
    const pieces = fc.constantFrom(
      ...whole.split(/(?<=\s)/u),
      "&a ",
      "*a",
      "{",
      "[",
      "]",
      '"',
      "\t",
      "<<: ",
      "- ",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), fc.string(), (parts, path) => {
        const file = new BlueprintFile(parts.join(""));
        file.find(path);
        for (const { span } of file.entries) assert.ok(span.start.line <= span.end.line);
      }),
    );
  });

  describe("finds", () => {
    for (const [path, line, column, end, isWhole] of [
      ["services[0].plan", 5, 4, 18, true],
      ["services[0]", 2, 4, 13, true],
      ["services", 1, 0, 8, true],
      ["$.services[1].env", 8, 4, 15, undefined],
      ["services[0].plam", 2, 4, 13, false],
      ["services[9].plan", 1, 0, 8, false],
      ["services.type", 1, 0, 8, false],
      ["projects[0].environments[1].services[0].image.url", 25, 14, 48, true],
      ["databases[0]", undefined, undefined, undefined, undefined],
      ["", undefined, undefined, undefined, undefined],
    ] as const)
      it(path === "" ? "no path" : path, () => {
        const found = new BlueprintFile(whole).find(path);
        assert.equal(found?.isWhole, isWhole);
        assert.deepEqual(
          [found?.span.start.line, found?.span.start.column, found?.span.end.column],
          isWhole === undefined ? [undefined, undefined, undefined] : [line, column, end],
        );
      });

    it("what is merged, where it is written", () => {
      const file = new BlueprintFile("x: &x\n  plan: gold\nservices:\n  - {<<: *x, type: web, name: a}\n");
      const found = file.find("services[0].plan");
      assert.deepEqual([found?.isWhole, found?.span.start], [true, { line: 1, column: 2 }]);
    });

    it("nothing in a file that cannot be read", () => {
      assert.equal(new BlueprintFile("").find("services"), undefined);
    });
  });
});
