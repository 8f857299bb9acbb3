import { execFile } from "node:child_process";
import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import {
  downloadAndUnzipVSCode,
  resolveCliArgsFromVSCodeExecutablePath,
  runTests,
  TestRunFailedError,
} from "@vscode/test-electron";
import type { HostRun } from "./runInHost.js";
import { quietSettings } from "./quietSettings.js";

/**
 * Whether tests run in a desktop VS Code: `RENDER_TEST_HOST` says `desktop` or `server`; else it does where the
 * download answers within 3 s and there is a screen.
 */
export async function usesDesktop(): Promise<boolean> {
  const forced = process.env["RENDER_TEST_HOST"];
  if (forced === "desktop" || forced === "server") return forced === "desktop";
  if (process.platform === "linux" && !process.env["DISPLAY"] && !process.env["WAYLAND_DISPLAY"])
    return false;
  const releases = "https://update.code.visualstudio.com/api/releases/stable";
  return await fetch(releases, { method: "HEAD", signal: AbortSignal.timeout(3000) }).then(
    response => response.ok,
    () => false,
  );
}

/** Runs the tests in a desktop VS Code, downloaded the first time. Gives its exit code. */
export async function runInDesktop(
  run: HostRun,
  tests: string,
  env: Record<string, string>,
): Promise<number> {
  const vscodeExecutablePath = await downloadAndUnzipVSCode({ version: run.editor.version });
  const profile = await mkdtemp(join(tmpdir(), "rd-"));
  try {
    const user = join(profile, "user/User");
    await mkdir(user, { recursive: true });
    await writeFile(join(user, "settings.json"), JSON.stringify({ ...quietSettings, ...run.settings }));
    const folders = [
      `--user-data-dir=${join(profile, "user")}`,
      `--extensions-dir=${join(profile, "extensions")}`,
    ];
    let extensionDevelopmentPath = join(profile, "empty");
    if ("development" in run.extension) {
      extensionDevelopmentPath = run.extension.development;
    } else {
      await writeEmptyExtension(extensionDevelopmentPath);
      const [cli, ...args] = resolveCliArgsFromVSCodeExecutablePath(vscodeExecutablePath);
      if (cli === undefined) throw new Error("VS Code has no command line program.");
      const install = [...args, ...folders, "--install-extension", run.extension.vsix, "--force"];
      await promisify(execFile)(cli, install, { shell: process.platform === "win32" });
    }
    return await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath,
      extensionTestsPath: tests,
      extensionTestsEnv: env,
      launchArgs: [
        run.folder,
        ...folders,
        "--disable-workspace-trust",
        "--skip-welcome",
        "--skip-release-notes",
      ],
    });
  } catch (error) {
    if (error instanceof TestRunFailedError) return error.code ?? 1;
    throw error;
  } finally {
    await rm(profile, { recursive: true, force: true });
  }
}

/** An extension that does nothing. VS Code runs tests only together with an extension under development. */
export async function writeEmptyExtension(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const manifest = { name: "empty", publisher: "test", version: "0.0.1", engines: { vscode: "*" } };
  await writeFile(join(folder, "package.json"), JSON.stringify(manifest));
}
