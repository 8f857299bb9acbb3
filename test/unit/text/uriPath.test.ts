import assert from "node:assert/strict";
import fc from "fast-check";
import { decoded, folderName, pathBelow } from "../../../src/text/uriPath.js";

describe("pathBelow", () => {
  for (const [folder, uri, path] of [
    ["file:///code/harbor", "file:///code/harbor/services/api/main.ts", "services/api/main.ts"],
    ["file:///code/harbor", "file:///code/harbor", ""],
    ["file:///code/harbor/", "file:///code/harbor", ""],
    ["file:///code/harbor", "file:///code/harbor/", ""],
    ["file:///code/harbor", "file:///code/harbor-web/main.ts", undefined],
    ["file:///code/harbor", "file:///code", undefined],
    ["file:///", "file:///code/harbor", "code/harbor"],
    ["file:///c%3A/code", "file:///c%3A/code/a%20b/%C3%A9.ts", "a b/é.ts"],
    ["vscode-vfs://github/harbor", "vscode-vfs://github/harbor/api", "api"],
    ["file:///code", "vscode-vfs://github/code/api", undefined],
  ] as const)
    it(`of ${uri} in ${folder} is ${path === undefined ? "none" : JSON.stringify(path)}`, () => {
      assert.equal(pathBelow(folder, uri), path);
    });

  it("finds again what was put below a folder", () => {
    const part = fc.string({ minLength: 1 }).filter(text => !/[/\p{Cs}]/u.test(text));
    fc.assert(
      fc.property(fc.array(part, { minLength: 1 }), parts => {
        const uri = ["file:///code", ...parts.map(encodeURIComponent)].join("/");
        assert.equal(pathBelow("file:///code", uri), parts.join("/"));
      }),
    );
  });
});

describe("folderName", () => {
  for (const [folder, name] of [
    ["file:///code/harbor", "harbor"],
    ["file:///code/harbor/", "harbor"],
    ["file:///code/my%20harbor", "my harbor"],
    ["file:///code/100%", "100%"],
  ] as const)
    it(`of ${folder} is ${name}`, () => {
      assert.equal(folderName(folder), name);
    });
});

describe("decoded", () => {
  it("leaves what cannot be decoded", () => {
    assert.equal(decoded("a%20b"), "a b");
    assert.equal(decoded("100%"), "100%");
  });
});
