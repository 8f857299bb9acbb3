import assert from "node:assert/strict";
import fc from "fast-check";
import {
  completeImage,
  parseImageReference,
  sameImage,
  type ImageReference,
} from "../../../../src/core/deploy/imageReference.js";

const hexDigits = "0123456789abcdef".repeat(4);
const digest = `sha256:${hexDigits}`;

describe("parseImageReference", () => {
  const table: readonly (readonly [text: string, parts: ImageReference])[] = [
    ["nginx", { host: "docker.io", repository: "library/nginx" }],
    ["nginx:1.27", { host: "docker.io", repository: "library/nginx", tag: "1.27" }],
    ["docker.io/nginx", { host: "docker.io", repository: "library/nginx" }],
    ["index.docker.io/library/nginx", { host: "docker.io", repository: "library/nginx" }],
    ["registry-1.docker.io/ada/web", { host: "docker.io", repository: "ada/web" }],
    ["ada/web", { host: "docker.io", repository: "ada/web" }],
    ["ghcr.io/harbor-labs/thumbs:1.4", { host: "ghcr.io", repository: "harbor-labs/thumbs", tag: "1.4" }],
    [" https://GHCR.io/harbor-labs/thumbs ", { host: "ghcr.io", repository: "harbor-labs/thumbs" }],
    ["localhost/thumbs", { host: "localhost", repository: "thumbs" }],
    ["localhost:5000/thumbs", { host: "localhost:5000", repository: "thumbs" }],
    ["localhost:5000/a/b/c:x", { host: "localhost:5000", repository: "a/b/c", tag: "x" }],
    ["[::1]:5000/thumbs", { host: "[::1]:5000", repository: "thumbs" }],
    [`ghcr.io/a/b@${digest}`, { host: "ghcr.io", repository: "a/b", digest }],
    [
      `ghcr.io/a/b:1.4@SHA256:${hexDigits.toUpperCase()}`,
      { host: "ghcr.io", repository: "a/b", tag: "1.4", digest },
    ],
    ["a__b/c--d.e:_x", { host: "docker.io", repository: "a__b/c--d.e", tag: "_x" }],
  ];
  for (const [text, parts] of table)
    it(`reads ${text}`, () => {
      assert.deepEqual(parseImageReference(text), parts);
    });

  for (const text of [
    "",
    " ",
    "Nginx",
    "ghcr.io/",
    "ghcr.io//a",
    "/a",
    "a b",
    "a:",
    "a:-x",
    `a:${"x".repeat(129)}`,
    "a@",
    "a@sha256:abc",
    "a@sha256:xyz",
    "a@b@c",
    "a/_b",
    "a$(zap)",
    "$(zap).io/a",
    "ex ample.com/a",
    "a..b/c",
    "-ghcr.io/a",
    "ghcr.io:port/a",
    "ghcr.io/a?b",
  ])
    it(`takes ${JSON.stringify(text)} for no image`, () => {
      assert.equal(parseImageReference(text), undefined);
    });
});

describe("completeImage", () => {
  const configured = "ghcr.io/harbor-labs/thumbs:1.4";
  for (const [typed, base, full] of [
    ["1.5", configured, "ghcr.io/harbor-labs/thumbs:1.5"],
    [":1.5", configured, "ghcr.io/harbor-labs/thumbs:1.5"],
    ["  1.5 ", ` ${configured} `, "ghcr.io/harbor-labs/thumbs:1.5"],
    [digest, configured, `ghcr.io/harbor-labs/thumbs@${digest}`],
    [`@${digest}`, configured, `ghcr.io/harbor-labs/thumbs@${digest}`],
    ["1.5", `ghcr.io/harbor-labs/thumbs:1.4@${digest}`, "ghcr.io/harbor-labs/thumbs:1.5"],
    ["1.5", "localhost:5000/thumbs", "localhost:5000/thumbs:1.5"],
    ["ghcr.io/harbor-labs/thumbs:1.5", configured, "ghcr.io/harbor-labs/thumbs:1.5"],
    ["https://ghcr.io/harbor-labs/thumbs:1.5", configured, "ghcr.io/harbor-labs/thumbs:1.5"],
    ["nginx:1.27", configured, "nginx:1.27"],
    ["", configured, undefined],
    ["::1", configured, undefined],
    ["@sha256:abc", configured, undefined],
    ["two words", configured, undefined],
  ] as const)
    it(`makes ${JSON.stringify(typed)} over ${base} to ${full ?? "none"}`, () => {
      assert.equal(completeImage(typed, base), full);
    });

  it("keeps the configured image under every tag", () => {
    const tag = fc.stringMatching(/^[0-9A-Za-z_][\w.-]{0,40}$/u);
    fc.assert(
      fc.property(tag, fc.constantFrom(configured, "nginx", `localhost:5000/a@${digest}`), (typed, base) => {
        const full = completeImage(typed, base) ?? "";
        assert.ok(sameImage(full, base), full);
        assert.equal(parseImageReference(full)?.tag, typed);
      }),
    );
  });
});

describe("sameImage", () => {
  for (const [one, other, same] of [
    ["nginx", "docker.io/library/nginx:latest", true],
    ["ghcr.io/a/b:1", `ghcr.io/a/b@${digest}`, true],
    ["ghcr.io/a/b", "ghcr.io/a/c", false],
    ["ghcr.io/a/b", "quay.io/a/b", false],
    ["localhost:5000/a", "localhost:5001/a", false],
    ["not an image", "not an image", false],
    ["nginx", "not an image", false],
  ] as const)
    it(`${one} and ${other} are ${same ? "" : "not "}the same`, () => {
      assert.equal(sameImage(one, other), same);
    });
});
