import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { format } from "node:util";
import { runInDesktop, usesDesktop, writeEmptyExtension } from "./desktop.js";
import type { PinnedEditor } from "./pinned.js";
import type { Settings } from "./quietSettings.js";
import { openSideChannel, sideChannelVariable } from "./sideChannel.js";
import { startServer } from "./startServer.js";
import type { TestCounts } from "./testCounts.js";

export interface HostRun {
  readonly editor: PinnedEditor;
  /** The folder the window opens. */
  readonly folder: string;
  readonly settings?: Settings;
  /** Added to the environment of the extension host, and so of the tests. */
  readonly env?: Readonly<Record<string, string>>;
  /** Our extension, from its folder or as it is packaged. */
  readonly extension: { readonly development: string } | { readonly vsix: string };
  /** The module whose `run()` runs the tests; `out/test/host/index.cjs` when left out. */
  readonly tests?: string;
  /** Where pictures and logs are kept when something fails. */
  readonly evidence: string;
}

const longestRunMs = 600_000;

/**
 * Runs tests inside the extension host of a real VS Code: a desktop one where it can be had, else the server's. Prints
 * which, and the tests' output as it comes.
 *
 * @returns what mocha counted, failures included.
 * @throws Error when mocha did not come to its end, or VS Code disagrees with it.
 */
export async function runInHost(run: HostRun): Promise<TestCounts> {
  const desktop = await usesDesktop();
  console.log(`VS Code ${run.editor.version}, ${desktop ? "desktop" : "server"}`);
  const channel = await openSideChannel(line => {
    console.log(line);
  });
  try {
    const env = { ...run.env, [sideChannelVariable]: String(channel.port) };
    const tests = resolve(run.tests ?? "out/test/host/index.cjs");
    const exit = await (desktop ? runInDesktop : runInServer)(run, tests, env);
    const counts = await channel.counts(2000);
    if (!counts) throw new Error(`The tests stopped before their end (VS Code's exit code: ${exit}).`);
    if (exit !== 0 && counts.failures === 0)
      throw new Error(`No test failed, but VS Code ended with ${exit}.`);
    return counts;
  } finally {
    channel.close();
  }
}

async function runInServer(run: HostRun, tests: string, env: Record<string, string>): Promise<number> {
  const temporary = await mkdtemp(join(tmpdir(), "rd-"));
  let development = join(temporary, "empty");
  if ("development" in run.extension) development = resolve(run.extension.development);
  else await writeEmptyExtension(development);
  const server = await startServer({
    editor: run.editor,
    folder: run.folder,
    settings: run.settings ?? {},
    vsix: "vsix" in run.extension ? run.extension.vsix : undefined,
    env,
    forTests: true,
  });
  const workbenchLog: string[] = [];
  try {
    const page = await (await server.newContext()).newPage();
    const ended = new Promise<number>((resolve, reject) => {
      page.on("crash", () => {
        reject(new Error("The page with VS Code crashed."));
      });
      page.on("close", () => {
        reject(new Error("The browser ended before the tests did."));
      });
      setTimeout(() => {
        reject(new Error(`The tests did not end within ${longestRunMs / 60_000} minutes.`));
      }, longestRunMs).unref();
      void page.exposeFunction("codeAutomationLog", (_type: string, values: unknown[]) => {
        workbenchLog.push(format(...values));
      });
      void page.exposeFunction("codeAutomationExit", resolve);
    });
    // Awaited below; a crash while the page loads must not count as unhandled.
    ended.catch(() => undefined);
    const path = (file: string) => `vscode-remote://${server.authority}${file}`;
    const payload = JSON.stringify([
      ["extensionDevelopmentPath", path(development)],
      ["extensionTestsPath", path(tests)],
    ]);
    const query = new URLSearchParams({ folder: resolve(run.folder), payload });
    await page.goto(`http://${server.authority}/?${query.toString()}`);
    const exit = await ended;
    if (exit !== 0) await server.keepEvidence(run.evidence);
    return exit;
  } catch (error) {
    await server.keepEvidence(run.evidence).catch(() => undefined);
    console.error(workbenchLog.slice(-20).join("\n"));
    throw error;
  } finally {
    await server.stop();
    await rm(temporary, { recursive: true, force: true });
  }
}
