/**
 * Lets a person try the extension in a real VS Code.
 *
 *   npm start                      with a local Render and a sample repository
 *   npm start -- --real [FOLDER]   with Render itself, your own key and your own folder (the current one by default)
 *   npm start -- --check           walks the main job by itself, without a window
 *   npm start -- --browser         in the browser, even where a desktop VS Code is installed
 */
import { execFileSync, spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { once } from "node:events";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { ensureServer } from "../vscode/ensureServer.js";
import { pinnedEditors } from "../vscode/pinned.js";
import { quietSettings, type Settings } from "../vscode/quietSettings.js";
import { startServerProcess } from "../vscode/serverProcess.js";
import { check } from "./check.js";
import { startKeyHalfProxy } from "./keyHalfProxy.js";
import { packageExtension } from "./packageExtension.js";
import { startSample, tryFolder, type Sample } from "./tryOut.js";

/** Fixed, because a browser keeps secrets by address, and VS Code keeps the API key by the address of the API. */
const ports = { browser: 4600, simulator: 4610 };

const { values, positionals } = parseArgs({
  options: {
    real: { type: "boolean", default: false },
    check: { type: "boolean", default: false },
    browser: { type: "boolean", default: false },
  },
  allowPositionals: true,
});

if (values.check) process.exitCode = (await check()) ? 0 : 1;
else await start();

async function start(): Promise<void> {
  const sample = values.real ? undefined : await startSample(ports.simulator, 2);
  const folder = sample?.folder ?? resolve(positionals[0] ?? ".");
  const settings: Settings = sample ? { "render.apiUrl": sample.simulator.url } : {};
  const desktop = values.browser ? undefined : desktopCode();
  const stop =
    desktop === undefined
      ? await openInBrowser(folder, settings)
      : await openDesktop(desktop, folder, settings);
  // The first deploy goes live.
  sample?.simulator.nextDeploy(sample.serviceId, {});
  sample?.simulator.nextDeploy(sample.serviceId, { plays: "typeError" });
  explain(sample);
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  await stop();
  await sample?.simulator.close();
}

function desktopCode(): string | undefined {
  try {
    return execFileSync(process.platform === "win32" ? "where" : "which", ["code"], {
      encoding: "utf8",
    }).split(/\r?\n/u)[0];
  } catch {
    return undefined;
  }
}

/** Opens a desktop VS Code with a profile of its own, so that nothing of the person's is touched. */
async function openDesktop(code: string, folder: string, settings: Settings): Promise<() => Promise<void>> {
  const user = join(tryFolder, "desktop");
  await mkdir(join(user, "User"), { recursive: true });
  await writeFile(
    join(user, "User/settings.json"),
    JSON.stringify({ ...quietSettings, ...settings }, undefined, 2),
  );
  const profile = ["--user-data-dir", user, "--extensions-dir", join(tryFolder, "extensions")];
  spawn(code, ["--new-window", `--extensionDevelopmentPath=${resolve(".")}`, ...profile, folder], {
    stdio: "ignore",
  });
  console.log("\nA VS Code window opens with the extension loaded.");
  return () => Promise.resolve();
}

async function openInBrowser(folder: string, settings: Settings): Promise<() => Promise<void>> {
  const [installed, vsix] = await Promise.all([ensureServer(pinnedEditors.newest), packageExtension()]);
  const all = { ...quietSettings, ...settings };
  const server = await startServerProcess(installed, {
    settings: all,
    vsix,
    args: ["--disable-workspace-trust"],
  });
  const upstream = `http://127.0.0.1:${server.port}`;
  const proxy = await startKeyHalfProxy(upstream, ports.browser, join(tryFolder, "key-half"));
  console.log(
    `\nOpen this in a browser: it is VS Code with the extension installed.\n\n  http://127.0.0.1:${ports.browser}/?folder=${encodeURIComponent(folder)}`,
  );
  return async () => {
    await proxy.close();
    await server.stop();
  };
}

function explain(sample: Sample | undefined): void {
  const steps = sample
    ? [
        "1. Click the cloud in the activity bar, then “Set API Key”.",
        `2. Paste this key, which the local Render accepts:  ${sample.simulator.key}`,
        "3. Click “Deploy” in the status bar, at the bottom left.",
        `4. Confirm. The commit you have checked out (${sample.head.slice(0, 7)}) is built and goes live in about half a minute;`,
        "   the notification, the status bar, the row “lighthouse” and the output channel “Render” show how far it is.",
        "5. Deploy it once more. This time the build fails on purpose: the notification says why; “Show Log” opens the log.",
        "",
        "Everything happens on this machine. To see what can go wrong, click the other services, or cancel a deploy.",
      ]
    : [
        "1. Click the cloud in the activity bar, then “Set API Key”; the button in the input opens the page that makes one.",
        "2. Click “Deploy” in the status bar, or a service's rocket. This talks to Render itself: what you confirm is deployed.",
      ];
  console.log(`\n${steps.join("\n")}\n\nStop with Ctrl+C.`);
}
