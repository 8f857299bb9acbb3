/**
 * Runs every check and every test, and counts them. What needs no VS Code runs one after the other, and beside it the tests in
 * VS Code, two files of them side by side.
 *
 *   node out/test/run/all.js [--only NAME] [--vscode oldest|newest] [--grep TEXT] [--seed NUMBER]
 *
 * NAME is one of lint, format, types, deadcode, unit, simulator, faults, package, install, host, ui. The build comes before:
 * `npm test` does both. The last line is `N passed, N failed`, where a check such as lint counts as one.
 */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { pinnedEditors, type EditorName } from "../vscode/pinned.js";
import { runSuites, type Suite, type SuiteResult } from "./suite.js";

/** So many keep two processor cores busy. With more of them windows are so slow that what a person does in one gets lost. */
const editorsSideBySide = 2;

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    vscode: { type: "string" },
    grep: { type: "string" },
    seed: { type: "string" },
  },
});
if (values.seed !== undefined) process.env["RENDER_TEST_SEED"] = values.seed;

const grep = values.grep === undefined ? [] : ["--grep", values.grep];
/** A test that takes so long hangs, in milliseconds: others run beside it, so that it is no measure of speed. */
const hangs = ["--timeout", "60000"];
const mocha = [
  "mocha",
  "--reporter",
  "./out/test/run/resultsReporter.js",
  "--forbid-only",
  ...hangs,
  ...grep,
];
const uiTests = await largestFirst("out/test/ui", ".test.js");

const inEditor = (editor: EditorName): Suite[] => [
  ...uiTests.map(file => ({
    name: "ui",
    editor,
    part: file.replace(".test.js", ""),
    countsTests: true,
    command: [...mocha, "--require", "./out/test/run/keepEvidence.js", join("out/test/ui", file)],
  })),
  { name: "host", editor, countsTests: true, command: ["node", "out/test/run/host.js", editor, ...grep] },
];

const alone: Suite[] = [
  { name: "lint", command: ["eslint", ".", "--max-warnings", "0"] },
  { name: "format", command: ["prettier", "--check", "--log-level", "warn", "."] },
  { name: "types", command: ["tsc"] },
  { name: "deadcode", command: ["knip"] },
  { name: "unit", countsTests: true, command: ["c8", ...mocha, "out/test/unit/**/*.test.js"] },
  { name: "simulator", countsTests: true, command: [...mocha, "out/test/simulator/**/*.test.js"] },
  {
    name: "faults",
    countsTests: true,
    command: [...mocha, "--require", "./out/test/run/printFigures.js", "out/test/faults/**/*.test.js"],
  },
];
const before: Suite[] = [
  { name: "package", command: ["npm", "run", "--silent", "vsix"] },
  { name: "install", command: ["node", "out/test/run/install.js"] },
];
const newest = inEditor("newest");
const inEditors: Suite[] = inEditor("oldest").flatMap((suite, index) => [suite, newest[index] ?? []].flat());

const isChosen = (suite: Suite): boolean =>
  (values.only === undefined || suite.name === values.only) &&
  (values.vscode === undefined || suite.editor === undefined || suite.editor === values.vscode) &&
  (values.grep === undefined || suite.countsTests === true);
const run = (suites: readonly Suite[], sideBySide: number) =>
  runSuites(suites.filter(isChosen), sideBySide, { mayBeEmpty: values.grep !== undefined });

const start = performance.now();
const withEditors = async (): Promise<SuiteResult[]> => [
  ...(await run(before, 1)),
  ...(await run(inEditors, editorsSideBySide)),
];
const results = (await Promise.all([run(alone, 1), withEditors()])).flat();
const minutes = (performance.now() - start) / 60_000;

for (const { suite, failedTests } of results)
  for (const { title, why, windows } of failedTests) {
    console.log(`\nFailed: ${suite.name} ${suite.editor ?? ""} ${title}\n${why.slice(0, 2000)}`);
    for (const text of windows) console.log(`A window showed: ${text.slice(0, 3000)}`);
  }

const row = (...[name, version, ...numbers]: readonly string[]) =>
  [name?.padEnd(10), version?.padEnd(8), ...numbers.map(text => text.padStart(8))].join("  ");
console.log(`\n${row("suite", "VS Code", "passed", "failed", "seconds")}`);
for (const name of new Set([...alone, ...before, ...inEditors].map(suite => suite.name)))
  for (const editor of [undefined, "oldest", "newest"] as const) {
    const those = results.filter(({ suite }) => suite.name === name && suite.editor === editor);
    const sum = (of: (result: SuiteResult) => number): number =>
      those.reduce((total, result) => total + of(result), 0);
    const version = editor ? pinnedEditors[editor].version : "";
    if (those.length > 0)
      console.log(
        row(
          name,
          version,
          String(sum(({ passed }) => passed)),
          String(sum(({ failed }) => failed)),
          sum(({ seconds }) => seconds).toFixed(1),
        ),
      );
  }
const passed = results.reduce((sum, result) => sum + result.passed, 0);
const failed = results.reduce((sum, result) => sum + result.failed, 0);
if (failed > 0 || passed === 0) process.exitCode = 1;
console.log(`\nThat took ${minutes.toFixed(1)} minutes.\n${passed} passed, ${failed} failed`);

/** The names of the files in a folder that end like this; the largest are likely to take longest, so they begin first. */
async function largestFirst(folder: string, end: string): Promise<string[]> {
  const names = (await readdir(folder)).filter(name => name.endsWith(end));
  const sized = await Promise.all(
    names.map(async name => ({ name, size: (await stat(join(folder, name))).size })),
  );
  return sized.sort((a, b) => b.size - a.size).map(({ name }) => name);
}
