import assert from "node:assert/strict";
import fc from "fast-check";
import { areOutsideBuildFilter, startsAutoDeploy } from "../../../../src/core/services/buildFilter.js";

describe("startsAutoDeploy", () => {
  const rows: [path: string, paths: string[], ignoredPaths: string[], starts: boolean][] = [
    ["README.md", [], [], true],
    ["services/api/a.ts", ["services/api/**"], [], true],
    ["services/api/deep/er/a.ts", ["services/api/**"], [], true],
    ["services/web/a.ts", ["services/api/**"], [], false],
    ["services/api/README.md", ["services/api/**"], ["**/*.md"], false],
    ["README.md", [], ["**/*.md"], false],
    ["a.ts", [], ["**/*.md"], true],
    ["docs/a.txt", ["docs/*"], [], true],
    ["docs/deep/a.txt", ["docs/*"], [], false],
    ["docs/a1.txt", ["docs/a?.txt"], [], true],
    ["docs/a1.txt", ["docs/a[0-9].txt"], [], true],
    ["docs/ab.txt", ["docs/a[0-9].txt"], [], false],
    [".github/workflows/ci.yml", [".github/**"], [], true],
    ["package.json", ["package.json"], [], true],
    ["services/api/package.json", ["package.json"], [], false],
  ];
  for (const [path, paths, ignoredPaths, starts] of rows)
    it(`${path} with ${JSON.stringify({ paths, ignoredPaths })}: ${starts ? "starts" : "is ignored"}`, () => {
      assert.equal(startsAutoDeploy(path, { paths, ignoredPaths }), starts);
    });

  it("never throws, whatever a glob looks like, and what is ignored stays ignored", () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string({ minLength: 1 })), (path, paths) => {
        startsAutoDeploy(path, { paths, ignoredPaths: [] });
        assert.equal(startsAutoDeploy("a/b.ts", { paths, ignoredPaths: ["**"] }), false);
      }),
    );
  });
});

describe("areOutsideBuildFilter", () => {
  const filter = { paths: ["services/api/**"], ignoredPaths: ["**/*.md"] };

  it("holds only when no changed file is inside", () => {
    assert.equal(areOutsideBuildFilter(["docs/a.txt", "services/api/README.md"], filter), true);
    assert.equal(areOutsideBuildFilter(["docs/a.txt", "services/api/a.ts"], filter), false);
  });

  it("claims nothing without a filter or without files", () => {
    assert.equal(areOutsideBuildFilter(["docs/a.txt"], undefined), false);
    assert.equal(areOutsideBuildFilter(undefined, filter), false);
    assert.equal(areOutsideBuildFilter([], filter), false);
  });
});
