import assert from "node:assert/strict";
import fc from "fast-check";
import { fitRank, includingGlob, pathFit, type PathFit } from "../../../src/matching/openPath.js";
import { rootOf } from "../../../src/services/serviceKind.js";
import { aService } from "../../support/builders.js";
import { without } from "../../support/without.js";

interface Wish {
  readonly rootDir?: string;
  readonly paths?: string[];
  readonly ignored?: string[];
}

function serviceOf({ rootDir = "", paths, ignored }: Wish) {
  const hasFilter = paths !== undefined || ignored !== undefined;
  return aService({
    rootDir,
    ...(hasFilter && { buildFilter: { paths: paths ?? [], ignoredPaths: ignored ?? [] } }),
  });
}

const api: Wish = { rootDir: "services/api" };
const filtered: Wish = { ...api, paths: ["services/api/**", "packages/**"], ignored: ["**/*.md"] };

describe("pathFit", () => {
  const cases: readonly (readonly [Wish, path: string | undefined, PathFit])[] = [
    [api, undefined, "any"],
    [api, "", "any"],
    [{}, "src/main.ts", "any"],
    [api, "services/api/main.ts", "inside"],
    [api, "services/api", "inside"],
    [api, "services/api-gateway/main.ts", "outside"],
    [api, "services/worker/main.ts", "outside"],
    [{ rootDir: "./services/api/" }, "services/api/main.ts", "inside"],
    [{ rootDir: "/services/api" }, "services/api/main.ts", "inside"],
    [{ rootDir: "." }, "main.ts", "any"],
    // The globs are relative to the repository, not to the root directory.
    [filtered, "services/api/src/main.ts", "inside"],
    [{ ...api, paths: ["src/**"] }, "services/api/src/main.ts", "filteredOut"],
    [filtered, "packages/log/index.ts", "shared"],
    [filtered, "apps/web/index.ts", "outside"],
    // Ignored beats included.
    [filtered, "services/api/README.md", "filteredOut"],
    [filtered, "packages/log/README.md", "outside"],
    [{ paths: ["docs/**"] }, "docs/index.html", "inside"],
    [{ paths: ["docs/**"] }, "src/main.ts", "outside"],
    [{ ignored: ["docs/**"] }, "docs/index.html", "outside"],
    [{ ignored: ["docs/**"] }, "src/main.ts", "any"],
    [{ paths: ["./docs/**"] }, "docs/index.html", "inside"],
    [{ paths: ["docs/**"] }, "docs/.well-known/security.txt", "inside"],
    [{ paths: ["docs/*.html"] }, "docs/a/index.html", "outside"],
    [{ paths: ["docs/?.html"] }, "docs/a.html", "inside"],
    [{ paths: [""] }, "docs/a.html", "outside"],
    [{ paths: ["*".repeat(400)] }, "a.html", "outside"],
  ];
  for (const [wish, path, fit] of cases)
    it(`of ${String(path)} for ${JSON.stringify(wish)} is ${fit}`, () => {
      assert.equal(pathFit(serviceOf(wish), path), fit);
    });

  it("claims nothing of a build filter or a root directory that cannot be read", () => {
    const unfiltered = aService({ rootDir: "services/api", buildFilter: "unknown" });
    assert.equal(pathFit(unfiltered, "services/api/main.ts"), "inside");
    assert.equal(pathFit(unfiltered, "apps/web/index.ts"), "any");
    assert.equal(pathFit(aService({ buildFilter: "unknown" }), "apps/web/index.ts"), "any");
    assert.equal(includingGlob(unfiltered, "services/api/main.ts"), undefined);
    assert.equal(pathFit(without(aService(), "rootDir"), "apps/web/index.ts"), "any");
  });

  it("never throws, whatever the globs and the path are", () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.array(fc.string()), fc.string(), (paths, ignored, path) => {
        assert.ok(fitRank(pathFit(serviceOf({ paths, ignored }), path)) >= 0);
      }),
    );
  });
});

describe("fitRank", () => {
  it("puts a service that says nothing between those that the path belongs to and the others", () => {
    const fits: PathFit[] = ["inside", "any", "outside", "shared", "filteredOut"];
    assert.deepEqual(
      fits.sort((a, b) => fitRank(b) - fitRank(a)),
      ["inside", "shared", "any", "filteredOut", "outside"],
    );
  });
});

describe("rootOf and includingGlob", () => {
  it("are what the service says, as paths are written", () => {
    assert.equal(rootOf(serviceOf({ rootDir: "./services//api/" })), "services/api");
    assert.equal(rootOf(serviceOf({})), "");
    assert.equal(includingGlob(serviceOf(filtered), "packages/log/index.ts"), "packages/**");
    assert.equal(includingGlob(serviceOf({}), "packages/log/index.ts"), undefined);
  });
});
