import assert from "node:assert/strict";
import fc from "fast-check";
import {
  asConfigured,
  completeImage,
  imageName,
  mayBeImage,
  parseImageReference,
  sameImage,
  type ImageReference,
} from "../../../../src/features/whatToDeploy/imageReference.js";

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
  const nginx = "docker.io/library/nginx:latest";
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
    ["nginx:1.27", nginx, "docker.io/library/nginx:1.27"],
    ["nginx", nginx, "docker.io/library/nginx:latest"],
    ["library/nginx:1.27", nginx, "docker.io/library/nginx:1.27"],
    ["index.docker.io/library/nginx:1.27", nginx, "docker.io/library/nginx:1.27"],
    ["registry-1.docker.io/library/nginx:1.27", nginx, "docker.io/library/nginx:1.27"],
    ["docker.io/library/nginx:1.27", "index.docker.io/library/nginx", "index.docker.io/library/nginx:1.27"],
    ["nginx:1.27", "nginx", "nginx:1.27"],
    ["GHCR.io/harbor-labs/thumbs:1.5", configured, "ghcr.io/harbor-labs/thumbs:1.5"],
    [`nginx@${digest}`, nginx, `docker.io/library/nginx@${digest}`],
    [`nginx:1.27@${digest}`, nginx, `docker.io/library/nginx@${digest}`],
    [`1.27@${digest}`, nginx, `docker.io/library/nginx@${digest}`],
    [digest.toUpperCase(), nginx, `docker.io/library/nginx@${digest}`],
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

describe("asConfigured", () => {
  for (const [image, configured, text] of [
    ["nginx:1.27", "docker.io/library/nginx:latest", "docker.io/library/nginx:1.27"],
    ["docker.io/library/nginx", "nginx:1.27", "nginx:latest"],
    ["ghcr.io/a/b:2", `ghcr.io/a/b@${digest}`, "ghcr.io/a/b:2"],
    ["localhost:5000/a:2", "localhost:5000/a", "localhost:5000/a:2"],
    ["ghcr.io/a/c:2", "ghcr.io/a/b:1", undefined],
    ["quay.io/library/nginx:1.27", "docker.io/library/nginx:latest", undefined],
    ["not an image", "nginx", undefined],
  ] as const)
    it(`writes ${image} over ${configured} as ${text ?? "nothing"}`, () => {
      assert.equal(asConfigured(image, configured), text);
    });
});

describe("imageName", () => {
  for (const names of [
    [
      "nginx",
      "nginx:latest",
      "docker.io/nginx",
      "index.docker.io/library/nginx",
      "registry-1.docker.io/nginx:latest",
    ],
    ["ghcr.io/a/b:1", "GHCR.io/a/b:1", "https://ghcr.io/a/b:1"],
    [`ada/web@${digest}`, `docker.io/ada/web:1@${digest}`, `ada/web@${digest.toUpperCase()}`],
  ])
    it(`is one for ${names.join(" and ")}`, () => {
      assert.equal(new Set(names.map(imageName)).size, 1);
    });

  it("differs where host, repository, tag or digest differ, and is the text of what is no image", () => {
    const texts = [
      "nginx",
      "nginx:1",
      "ada/nginx",
      "ghcr.io/nginx",
      `nginx@${digest}`,
      "two words",
      "other words",
    ];
    assert.equal(new Set(texts.map(imageName)).size, texts.length);
  });
});

describe("mayBeImage", () => {
  const other = `sha256:${"f".repeat(64)}`;
  const nginx = "docker.io/library/nginx";
  for (const [asked, shown, may] of [
    ["nginx:1.27", { ref: `${nginx}:1.27`, sha: digest }, true],
    ["index.docker.io/library/nginx:1.27", { ref: `${nginx}:1.27` }, true],
    [`${nginx}:1.27`, { ref: "nginx:1.27" }, true],
    ["nginx", { ref: `${nginx}:latest` }, true],
    [`${nginx}:latest`, { ref: "nginx" }, true],
    ["nginx:1.27", { ref: `${nginx}:1.27@${digest}` }, true],
    ["nginx:1.27", { ref: `${nginx}:1.26`, sha: digest }, false],
    ["nginx", { ref: `${nginx}:1.27` }, false],
    ["nginx:1.27", { ref: "docker.io/ada/nginx:1.27" }, false],
    ["nginx:1.27", { ref: "ghcr.io/library/nginx:1.27" }, false],
    ["nginx:1.27", { ref: `${nginx}@${digest}` }, false],
    [`nginx@${digest}`, { ref: `${nginx}@${digest}` }, true],
    [`nginx@${digest.toUpperCase()}`, { ref: `${nginx}@${digest}` }, true],
    [`nginx:1.27@${digest}`, { ref: `${nginx}@${digest}`, sha: other }, true],
    [`nginx@${digest}`, { ref: `${nginx}:1.27`, sha: digest }, true],
    [`nginx@${digest}`, { ref: `${nginx}:1.27`, sha: other }, false],
    [`nginx@${digest}`, { ref: `${nginx}@${other}` }, false],
    [`nginx@${digest}`, { sha: digest }, true],
    [`nginx@${digest}`, { sha: other }, false],
    [`nginx@${digest}`, {}, true],
    ["nginx:1.27", { sha: digest }, true],
    ["nginx:1.27", {}, true],
    ["two words", { ref: "two words" }, true],
    ["two words", { ref: "nginx" }, false],
  ] as const)
    it(`${asked} ${may ? "may" : "cannot"} be ${JSON.stringify(shown)}`, () => {
      assert.equal(mayBeImage(asked, shown), may);
    });
});
