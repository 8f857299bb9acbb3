/**
 * Runs every check and every test, one after the other, and counts them.
 *
 *   node out/test/run/all.js [--only NAME] [--vscode oldest|newest] [--grep TEXT] [--seed NUMBER]
 *
 * NAME is one of lint, format, types, deadcode, unit, simulator, faults, package, host, ui. The build comes before: `npm test`
 * does both. The last line is `N passed, N failed`, where a check such as lint counts as one.
 */
import { parseArgs } from "node:util";
import { pinnedEditors, type EditorName } from "../vscode/pinned.js";
import { runSuite, type Suite, type SuiteResult } from "./suite.js";

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
const mocha = ["mocha", "--reporter", "./out/test/run/resultsReporter.js", "--forbid-only", ...grep];

const inEditor = (editor: EditorName): Suite[] => [
  { name: "host", editor, countsTests: true, command: ["node", "out/test/run/host.js", editor, ...grep] },
  {
    name: "ui",
    editor,
    countsTests: true,
    command: [
      ...mocha,
      "--require",
      "./out/test/run/keepEvidence.js",
      "--timeout",
      "60000",
      "out/test/ui/*.test.js",
    ],
  },
];

const suites: Suite[] = [
  { name: "lint", command: ["eslint", ".", "--max-warnings", "0"] },
  { name: "format", command: ["prettier", "--check", "--log-level", "warn", "."] },
  { name: "types", command: ["tsc"] },
  { name: "deadcode", command: ["knip"] },
  { name: "unit", countsTests: true, command: ["c8", ...mocha, "out/test/unit/**/*.test.js"] },
  { name: "simulator", countsTests: true, command: [...mocha, "out/test/simulator/**/*.test.js"] },
  {
    name: "faults",
    countsTests: true,
    command: [
      ...mocha,
      "--require",
      "./out/test/run/printFigures.js",
      "--timeout",
      "30000",
      "out/test/faults/**/*.test.js",
    ],
  },
  { name: "package", command: ["npm", "run", "--silent", "vsix"] },
  ...inEditor("oldest"),
  ...inEditor("newest"),
];

const chosen = suites.filter(
  suite =>
    (values.only === undefined || suite.name === values.only) &&
    (values.vscode === undefined || suite.editor === undefined || suite.editor === values.vscode) &&
    (values.grep === undefined || suite.countsTests === true),
);

const results: SuiteResult[] = [];
for (const suite of chosen) results.push(await runSuite(suite, { mayBeEmpty: values.grep !== undefined }));

const row = (...[name, version, ...numbers]: readonly string[]) =>
  [name?.padEnd(10), version?.padEnd(8), ...numbers.map(text => text.padStart(8))].join("  ");
console.log(`\n${row("suite", "VS Code", "passed", "failed", "seconds")}`);
for (const { suite, passed, failed, seconds } of results) {
  const version = suite.editor ? pinnedEditors[suite.editor].version : "";
  console.log(row(suite.name, version, String(passed), String(failed), seconds.toFixed(1)));
}
const passed = results.reduce((sum, result) => sum + result.passed, 0);
const failed = results.reduce((sum, result) => sum + result.failed, 0);
if (failed > 0 || passed === 0) process.exitCode = 1;
console.log(`\n${passed} passed, ${failed} failed`);
