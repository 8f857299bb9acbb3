import assert from "node:assert/strict";
import { asksForFiles, foretell, type Foretold } from "../../../../src/features/autoDeploy/autoDeployRule.js";
import type { Service } from "../../../../src/render/shapes.js";
import { aService, anImageService } from "../../../support/builders.js";
import { without } from "../../../support/without.js";

const deploys: Foretold = { kind: "deploys", when: "commit" };
const unknown: Foretold = { kind: "unknown", when: "commit" };
const passedOver = (why: Extract<Foretold, { kind: "passedOver" }>["why"]): Foretold => ({
  kind: "passedOver",
  why,
});
const outsideFilter = (files = 1): Foretold => passedOver({ kind: "outsideBuildFilter", files });
const outsideRoot = (rootDir = "services/api", files = 1): Foretold =>
  passedOver({ kind: "outsideRootDirectory", rootDir, files });

const filter = (paths: string[], ignoredPaths: string[] = []): Pick<Service, "buildFilter"> => ({
  buildFilter: { paths, ignoredPaths },
});

describe("what auto-deploy does with a push", () => {
  describe("by the files that it changes", () => {
    const api = { rootDir: "services/api" };
    const rows: readonly [service: Partial<Service>, files: string[] | undefined, foretold: Foretold][] = [
      // Without anything that asks for files, every push counts.
      [{}, ["README.md"], deploys],
      [{}, undefined, deploys],
      [{}, [], deploys],
      [filter([]), undefined, deploys],
      [{ rootDir: "./" }, undefined, deploys],
      // A root directory alone.
      [api, ["services/web/app.js"], outsideRoot()],
      [api, ["services/api/app.js"], deploys],
      [api, ["services/api/src/deep/app.js"], deploys],
      [api, ["services/web/app.js", "services/api/app.js"], deploys],
      [api, ["services/api-docs/app.js"], outsideRoot()],
      [api, ["README.md", "services/web/app.js"], outsideRoot("services/api", 2)],
      [{ rootDir: "./services/api/" }, ["services/web/app.js"], outsideRoot()],
      [{ rootDir: "services/api/" }, ["services/api/app.js"], deploys],
      [api, undefined, unknown],
      [api, [], unknown],
      [api, ["services/api"], unknown],
      // Included paths decide in place of the root directory.
      [{ ...api, ...filter(["packages/ui/**"]) }, ["packages/ui/button.ts"], deploys],
      [{ ...api, ...filter(["packages/ui/**"]) }, ["services/api/app.js"], outsideFilter()],
      [{ ...api, ...filter(["services/api/**", "packages/ui/**"]) }, ["services/api/app.js"], deploys],
      // Ignored paths win over both.
      [{ ...api, ...filter([], ["**/*.md"]) }, ["services/api/README.md"], outsideFilter()],
      [{ ...api, ...filter([], ["**/*.md"]) }, ["services/api/README.md", "services/api/a.js"], deploys],
      [filter(["docs/**"], ["**/*.md"]), ["docs/a.md"], outsideFilter()],
      [filter(["docs/**"], ["**/*.md"]), ["docs/a.txt"], deploys],
      // Whether the root directory counts beside ignored paths alone is not documented.
      [{ ...api, ...filter([], ["**/*.md"]) }, ["services/web/app.js"], unknown],
      // A build filter alone.
      [filter(["services/api/**"]), ["services/web/a.ts"], outsideFilter()],
      [filter(["services/api/**"]), ["services/api/deep/er/a.ts"], deploys],
      [filter([], ["**/*.md"]), ["README.md", "docs/a.md"], outsideFilter(2)],
      [filter([], ["**/*.md"]), ["README.md", "a.ts"], deploys],
      [filter(["docs/*"]), ["docs/deep/a.txt"], outsideFilter()],
      [filter(["docs/a?.txt"]), ["docs/a1.txt"], deploys],
      [filter(["docs/a[0-9].txt"]), ["docs/ab.txt"], outsideFilter()],
      [filter(["package.json"]), ["services/api/package.json"], outsideFilter()],
      [filter(["docs/**"]), undefined, unknown],
      [filter(["docs/**"]), [], unknown],
      // Globs as people write them, of which the documentation does not speak.
      [filter(["services/api"]), ["services/api/a.ts"], unknown],
      [filter(["services/api/"]), ["services/api/a.ts"], unknown],
      [filter(["src/**/*.{ts,tsx}"]), ["src/a.ts"], unknown],
      [filter(["!docs/**"]), ["src/a.ts"], unknown],
      [filter([], ["docs"]), ["docs/a.md"], unknown],
      [filter(["src/**.ts"]), ["src/a/b.ts"], unknown],
      [filter([], ["**.md"]), ["docs/a.md"], unknown],
      [filter(["x[!a]"]), ["xb"], unknown],
      [filter(["a".repeat(301)]), ["src/a.ts"], unknown],
      // A build filter that cannot be read may let in, or leave out, anything.
      [{ buildFilter: "unknown" }, ["src/a.ts"], unknown],
      [{ buildFilter: "unknown" }, undefined, unknown],
      [{ ...api, buildFilter: "unknown" }, ["services/api/a.ts"], unknown],
      [{ ...api, buildFilter: "unknown" }, ["services/web/a.ts"], unknown],
    ];
    for (const [change, files, foretold] of rows) {
      it(`${JSON.stringify(change)}: ${String(files)} is ${foretold.kind}`, () => {
        const told = foretell(aService(change), { branch: "main", message: "Tidy", files });
        assert.deepEqual(told, foretold);
      });
    }
  });

  describe("where it cannot be read which folder is built", () => {
    const rows: readonly [service: Partial<Service>, files: string[] | undefined, foretold: Foretold][] = [
      [{}, ["src/a.ts"], unknown],
      [{}, undefined, unknown],
      // Included paths decide in its place, and ignored ones win over it.
      [filter(["docs/**"]), ["docs/a.txt"], deploys],
      [filter(["docs/**"]), ["src/a.ts"], outsideFilter()],
      [filter([], ["**/*.md"]), ["src/a.md"], outsideFilter()],
      [filter([], ["**/*.md"]), ["src/a.ts"], unknown],
    ];
    for (const [change, files, foretold] of rows)
      it(`${JSON.stringify(change)}: ${String(files)} is ${foretold.kind}`, () => {
        const service = without(aService(change), "rootDir");
        assert.deepEqual(foretell(service, { branch: "main", message: "Tidy", files }), foretold);
      });
  });

  describe("by everything else", () => {
    const rows: readonly [
      name: string,
      service: Service,
      push: [branch: string, message: string],
      Foretold,
    ][] = [
      ["its branch", aService(), ["main", "Tidy"], deploys],
      ["another branch", aService(), ["fog", "Tidy"], passedOver({ kind: "otherBranch" })],
      ["a branch of another case", aService(), ["Main", "Tidy"], passedOver({ kind: "otherBranch" })],
      ["a branch that Render does not name", without(aService(), "branch"), ["main", "Tidy"], unknown],
      ["off", aService({ autoDeploy: "off" }), ["main", "Tidy"], passedOver({ kind: "off" })],
      ["what Render does not say", aService({ autoDeploy: "unknown" }), ["main", "Tidy"], unknown],
      ["an image", anImageService(), ["main", "Tidy"], passedOver({ kind: "off" })],
      [
        "after checks",
        aService({ autoDeploy: "checksPass" }),
        ["main", "Tidy"],
        { kind: "deploys", when: "checksPass" },
      ],
      [
        "a skip phrase",
        aService(),
        ["main", "Tidy\n\n[cd skip]"],
        passedOver({ kind: "skipPhrase", phrase: "[cd skip]" }),
      ],
      ["a skip phrase in capitals", aService(), ["main", "Tidy [Skip Render]"], unknown],
      ["a suspended service", aService({ suspended: true }), ["main", "Tidy"], unknown],
      [
        "a suspended service and a skip phrase",
        aService({ suspended: true }),
        ["main", "[skip cd]"],
        passedOver({ kind: "skipPhrase", phrase: "[skip cd]" }),
      ],
    ];
    for (const [name, service, [branch, message], foretold] of rows)
      it(`${name}: ${foretold.kind}`, () => {
        assert.deepEqual(foretell(service, { branch, message, files: ["a.ts"] }), foretold);
      });
  });

  it("asks for the files only where they matter", () => {
    assert.equal(asksForFiles(aService()), false);
    assert.equal(asksForFiles(aService({ rootDir: "." })), false);
    assert.equal(asksForFiles(aService(filter([]))), false);
    assert.equal(asksForFiles(aService({ rootDir: "web" })), true);
    assert.equal(asksForFiles(aService(filter([], ["*.md"]))), true);
    assert.equal(asksForFiles(aService({ buildFilter: "unknown" })), true);
    assert.equal(asksForFiles(without(aService(), "rootDir")), true);
  });
});
