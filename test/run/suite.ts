import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, rm } from "node:fs/promises";
import { delimiter, resolve } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { EditorName } from "../vscode/pinned.js";
import { isTestCounts, type FailedTest, type TestCounts } from "../vscode/testCounts.js";

/** A command that checks or tests something. */
export interface Suite {
  readonly name: string;
  /** The VS Code it runs in. */
  readonly editor?: EditorName;
  /** What of the suite of this name it is, where the rest runs on its own. */
  readonly part?: string;
  /** Whether it writes what mocha counted; otherwise its exit code is all there is, and it counts as one. */
  readonly countsTests?: boolean;
  /** A program of this project's packages, or of this machine, and its arguments. */
  readonly command: readonly string[];
}

export interface SuiteResult {
  readonly suite: Suite;
  readonly passed: number;
  readonly failed: number;
  readonly seconds: number;
  /** What failed, as far as mocha told it. */
  readonly failedTests: readonly FailedTest[];
}

export interface SuiteOptions {
  /** Whether it may be that no test was chosen. */
  readonly mayBeEmpty: boolean;
}

/** Runs the suites, so many side by side, in their order; their output comes line by line, each with its name. */
export async function runSuites(
  suites: readonly Suite[],
  sideBySide: number,
  options: SuiteOptions,
): Promise<SuiteResult[]> {
  const results: SuiteResult[] = [];
  const waiting = [...suites];
  const work = async (): Promise<void> => {
    for (let suite = waiting.shift(); suite; suite = waiting.shift())
      results.push(await runSuite(suite, options));
  };
  await Promise.all(Array.from({ length: sideBySide }, work));
  return results;
}

async function runSuite(suite: Suite, options: SuiteOptions): Promise<SuiteResult> {
  const title = [suite.name, suite.editor, suite.part].filter(text => text !== undefined).join(" ");
  const file = resolve("out/results", `${title}.json`);
  await mkdir(resolve("out/results"), { recursive: true });
  await rm(file, { force: true });
  const start = performance.now();
  const exit = await run(suite, file, title);
  const seconds = (performance.now() - start) / 1000;
  if (suite.countsTests !== true) {
    return { suite, passed: exit === 0 ? 1 : 0, failed: exit === 0 ? 0 : 1, seconds, failedTests: [] };
  }
  const counts = await readCounts(file);
  const { failed, why } = judge(counts, exit, options.mayBeEmpty);
  if (why !== undefined) console.error(`${title}: ${why}`);
  return { suite, passed: counts?.passes ?? 0, failed, seconds, failedTests: counts?.failed ?? [] };
}

/** A suite fails by a test, by a skipped one, by having none, or by its exit code when all else looks well. */
function judge(
  counts: TestCounts | undefined,
  exit: number,
  mayBeEmpty: boolean,
): { failed: number; why?: string } {
  if (!counts) return { failed: 1, why: `it ended with code ${exit} before the tests did` };
  if (counts.tests === 0) return mayBeEmpty ? { failed: 0 } : { failed: 1, why: "there was no test" };
  if (counts.pending > 0) {
    return { failed: counts.failures + counts.pending, why: `${counts.pending} tests were skipped` };
  }
  if (counts.failures === 0 && exit !== 0) return { failed: 1, why: `it ended with code ${exit}` };
  return { failed: counts.failures };
}

async function run(
  { command: [program = "", ...args], editor }: Suite,
  results: string,
  title: string,
): Promise<number> {
  const path = [resolve("node_modules/.bin"), process.env["PATH"]].join(delimiter);
  const child = spawn(program, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      PATH: path,
      RENDER_TEST_RESULTS: results,
      ...(editor === undefined ? {} : { RENDER_TEST_VSCODE: editor }),
    },
  });
  const [[code]] = await Promise.all([
    once(child, "close") as Promise<[number | null]>,
    show(child.stdout, title),
    show(child.stderr, title),
  ]);
  return code ?? 1;
}

async function show(output: Readable, title: string): Promise<void> {
  for await (const line of createInterface(output)) console.log(`${title} │ ${line}`);
}

async function readCounts(
  file: string,
): Promise<(TestCounts & { readonly failed?: readonly FailedTest[] }) | undefined> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  const value: unknown = text === undefined ? undefined : JSON.parse(text);
  return isTestCounts(value) ? value : undefined;
}
