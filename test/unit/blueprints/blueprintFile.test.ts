import assert from "node:assert/strict";
import fc from "fast-check";
import { BlueprintFile } from "../../../src/blueprints/blueprintFile.js";

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

  it("reads the forms that people write", () => {
    const odd = [
      "\uFEFF# ============\r",
      "# Harbor\r",
      "---\r",
      '"services": # below\r',
      "- type: web\r",
      "  name: 'harbor-api'   # live\r",
      "  buildCommand: |\r",
      "    make\r",
      "    # no comment: name: none\r",
      "  'runtime': node\r",
      "\r",
      "- name: >-\r",
      "    harbor-docs\r",
      '  type: "web"\r',
      "  env: static\r",
      "- { name: harbor-worker, type: worker, envVars: [{ key: NAME, value: name }] }\r",
      "- type: static_site\r",
      "  name: harbor-old\r",
      "...\r",
    ].join("\n");
    assert.deepEqual(
      new BlueprintFile(odd).entries.map(({ name, apiType, span }) => [name, apiType, span.start.line]),
      [
        ["harbor-api", "web_service", 4],
        ["harbor-docs", "static_site", 11],
        ["harbor-worker", "background_worker", 15],
        ["harbor-old", undefined, 16],
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
