import assert from "node:assert/strict";
import { problemsIn } from "../../../../src/features/deployLog/buildProblems.js";
import { ownProblems, type OwnProblem } from "../../../../src/features/deployLog/ownProblems.js";
import { problemMatchers } from "../../../../src/features/deployLog/problemMatchers.js";
import { repositoryFiles } from "../../../../src/features/deployLog/repositoryFiles.js";
import { hostileTexts } from "../../../support/hostileText.js";
import { printedSamples, type PrintedSample } from "./printedSamples.js";

/** As a sample says it. */
function told({ severity, source, code, place, message }: OwnProblem): string {
  const { path, line, column, endColumn } = place;
  const at = [path, line, column].filter(part => part !== undefined).join(":");
  const end = endColumn === undefined ? "" : `-${endColumn}`;
  const what = [severity, source, code].filter(part => part !== undefined).join(" ");
  return [what, at + end, message].join(" | ");
}

/** The files that a sample names, beside some that are in many a repository. */
function filesOf({ want, files = [] }: PrintedSample): string[] {
  const named = want.map(each => (each.split(" | ")[1] ?? "").replace(/(?::\d+)*(?:-\d+)?$/u, ""));
  return [...named, ...files, "README.md", "src/index.ts", "lib/index.js", "tests/__init__.py"];
}

const found = (log: string, files: readonly string[], rootDir = ""): string[] =>
  ownProblems(log.split("\n"), { files: repositoryFiles(files), rootDir }).map(told);

describe("the problems that a log tells", () => {
  for (const sample of printedSamples)
    it(`are those of ${sample.name}`, () => {
      assert.deepEqual(found(sample.log, filesOf(sample)), sample.want);
    });

  it("have a sample for each row of the table", () => {
    const lines = printedSamples.flatMap(({ log }) => log.replaceAll(/^#\d+ [\d.]+ /gmu, "").split("\n"));
    const without = problemMatchers.filter(
      ({ lines: [first] }) => !lines.some(line => first?.pattern.test(line)),
    );
    assert.deepEqual(without, []);
  });

  it("are told once, however often they are printed", () => {
    const trace = [
      "Traceback (most recent call last):",
      '  File "/opt/render/project/src/app.py", line 3, in <module>',
      "    import tides",
      "ModuleNotFoundError: No module named 'tides'",
      "==> Exited with status 1",
    ].join("\n");
    assert.deepEqual(found(`${trace}\n${trace}`, ["app.py"]), [
      "error python | app.py:3 | ModuleNotFoundError: No module named 'tides'",
    ]);
  });

  it("are at most two hundred", () => {
    const lines = Array.from({ length: 500 }, (_, i) => `src/a.ts(${i + 1},1): error TS1005: ';' expected.`);
    assert.equal(problemsIn(lines).length, 200);
  });

  it("are not those of a command that is run, of long lines, and of lines that only look so", () => {
    const log = [
      "==> Running 'echo src/a.ts(1,1): error TS1005: no'",
      `${"x".repeat(5_000)} src/a.ts(1,1): error TS1005: far to the right`,
      "Found 3 errors in src/a.ts:4",
      "GET /src/a.ts:3:5 200",
      '  severity: "ERROR", file: "src/a.ts", line: "434"',
    ].join("\n");
    assert.deepEqual(found(log, ["src/a.ts"]), []);
  });

  it("are read from whatever a program prints, without an error", () => {
    const texts = [...hostileTexts, "(".repeat(10_000), "a:1:1: ".repeat(5_000), "\\".repeat(999)];
    const heads = printedSamples.flatMap(({ log }) => log.split("\n"));
    for (const text of texts) {
      const lines = text.slice(0, 20_000).split("\n").slice(0, 1_000);
      problemsIn(lines);
      problemsIn(heads.flatMap(head => [head, lines[0] ?? ""]));
    }
    // Each line of each sample without what should come below it, or above it.
    for (const head of heads) assert.ok(Array.isArray(problemsIn([head])));
  });
});

describe("the places of problems", () => {
  const tsc = "src/index.ts(3,20): error TS2307: Cannot find module 'tides'.";
  const at = (path: string) => [`error tsc TS2307 | ${path}:3:20 | Cannot find module 'tides'.`];
  const several = ["src/index.ts", "apps/web/src/index.ts", "apps/api/src/index.ts", "apps/api/src/tide.ts"];

  it("are in the folder that npm says has failed", () => {
    const log = `> @harbor/api@1.0.0 build\n${tsc}\nnpm error code 2\nnpm error path /opt/render/project/src/apps/api`;
    assert.deepEqual(found(log, several), at("apps/api/src/index.ts"));
  });

  it("are in the folder in which pnpm runs the script", () => {
    const log = [
      "> web@1.0.0 build /opt/render/project/src/apps/web",
      "> api@1.0.0 build /opt/render/project/src/apps/api",
      tsc,
    ].join("\n");
    assert.deepEqual(found(log, several), at("apps/api/src/index.ts"));
  });

  it("are in the package that stands before the line", () => {
    for (const before of ["apps/api build: ", "api:build: ", "@harbor/api:build: ", "[@harbor/api]: "])
      assert.deepEqual(found(`${before}${tsc}`, several), at("apps/api/src/index.ts"), before);
  });

  it("are in the folder of the file that asks for a version of Node.js, or of the command", () => {
    const files = several.filter(path => path !== "src/index.ts");
    const node = "==> Using Node.js version 22.16.0 via /opt/render/project/src/apps/api/package.json";
    const command = "==> Running build command 'cd apps/api && npm ci && npm run build'...";
    const modules = "'/opt/render/project/src/apps/api/node_modules/express/index.js' has no types";
    for (const hint of [node, command, modules])
      assert.deepEqual(found(`${hint}\n${tsc}`, files), at("apps/api/src/index.ts"), hint);
  });

  it("are in the root directory of the service, before the root of the repository", () => {
    assert.deepEqual(found(tsc, several, "apps/api"), at("apps/api/src/index.ts"));
    assert.deepEqual(found(tsc, several), at("src/index.ts"));
  });

  it("are in the folder in which most of what was printed exists, and nowhere where that tells nothing", () => {
    const files = several.filter(path => path !== "src/index.ts");
    assert.deepEqual(found(`src/tide.ts(1,1): error TS1: fog\n${tsc}`, files), [
      "error tsc TS1 | apps/api/src/tide.ts:1:1 | fog",
      ...at("apps/api/src/index.ts"),
    ]);
    assert.deepEqual(found(tsc, files), []);
  });

  it("lead above the folder, and not out of the repository", () => {
    const log = `> api@1.0.0 build /opt/render/project/src/apps/api\n../../common/fog.ts(1,2): error TS1: fog\n../../../x.ts(1,1): error TS2: out`;
    assert.deepEqual(found(log, ["common/fog.ts", "x/x.ts", ...several]), [
      "error tsc TS1 | common/fog.ts:1:2 | fog",
      "error tsc TS2 | x/x.ts:1:1 | out",
    ]);
  });

  it("are those of a copy in an image, whatever the folder there", () => {
    for (const workdir of ["/app", "/usr/src/app", "/home/node/app", "/code"])
      for (const folder of ["", "apps/api/"]) {
        const log = `${workdir}/src/tide.ts(1,1): error TS1: fog`;
        const files = [`${folder}src/tide.ts`, "src/index.ts"];
        assert.deepEqual(found(log, files), [`error tsc TS1 | ${folder}src/tide.ts:1:1 | fog`]);
      }
  });

  it("are never in what is installed, generated, or brought along by an image", () => {
    const paths = [
      "/opt/render/project/src/node_modules/a/index.ts",
      "node_modules/a/index.ts",
      "/opt/render/project/src/.venv/lib/python3.13/site-packages/a/index.ts",
      "/opt/render/project/src/.next/server/index.ts",
      "/opt/render/project/python/Python-3.13.4/lib/index.ts",
      "/usr/local/lib/node_modules/index.ts",
      "/usr/lib/index.ts",
      "/opt/render/project/src/dist/index.ts",
      "/opt/render/project/src/../index.ts",
      "https://harbor.example/index.ts",
    ];
    for (const path of paths)
      assert.deepEqual(
        found(`${path}(1,1): error TS1: fog`, ["index.ts", "lib/index.ts", path]).length,
        0,
        path,
      );
  });
});
