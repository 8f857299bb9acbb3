import { execFile, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import type { InstalledServer } from "./ensureServer.js";
import type { Settings } from "./quietSettings.js";

export interface ServerProcessOptions {
  readonly settings: Settings;
  /** Added to the environment, which the extension host inherits. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Packaged extensions to install before the start. */
  readonly vsix?: string | readonly string[] | undefined;
  /** 0 takes any free one. */
  readonly port?: number | undefined;
  /** More command line arguments for the server. */
  readonly args?: readonly string[];
}

/** A running VS Code server with a data folder of its own. */
export interface ServerProcess {
  readonly port: number;
  /** The folder of settings, extensions and logs. */
  readonly data: string;
  /** The folder VS Code writes its logs into, one folder for each start. */
  readonly logs: string;
  /** What the server itself printed. */
  readonly ownLog: string;
  /** Ends the server with its extension hosts and removes its data. */
  stop(): Promise<void>;
}

/** @throws Error with the server's last words when it does not listen within 30 s. */
export async function startServerProcess(
  installed: InstalledServer,
  { settings, env, vsix, port = 0, args = [] }: ServerProcessOptions,
): Promise<ServerProcess> {
  // Short on purpose: Unix sockets are made in it, and their paths end at 107 bytes.
  const folder = await mkdtemp(join(tmpdir(), "rd-"));
  const data = join(folder, "sd");
  const home = join(folder, "home");
  const user = join(data, "data/User");
  await Promise.all([mkdir(user, { recursive: true }), mkdir(home)]);
  await writeFile(join(user, "settings.json"), JSON.stringify(settings, undefined, 2));
  const environment = {
    ...inheritedEnvironment(),
    // The Git configuration of whoever runs the tests must not change their outcome.
    HOME: home,
    TMPDIR: folder,
    XDG_RUNTIME_DIR: folder,
    // No marketplace, so no call to one.
    EXTENSIONS_GALLERY: "{}",
    ...env,
  };
  const dataArgs = ["--server-data-dir", data, "--accept-server-license-terms", "--disable-telemetry"];
  const packaged = [vsix ?? []].flat();
  if (packaged.length > 0) {
    const each = packaged.flatMap(file => ["--install-extension", file]);
    const install = [installed.main, ...each, "--force", ...dataArgs];
    await promisify(execFile)(installed.node, install, { env: environment });
  }

  const listen = ["--host", "127.0.0.1", "--port", String(port), "--without-connection-token"];
  const child = spawn(installed.node, [installed.main, ...listen, ...dataArgs, ...args], {
    env: environment,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const endGroup = (signal: NodeJS.Signals | 0): boolean => {
    try {
      return child.pid !== undefined && process.kill(-child.pid, signal);
    } catch {
      return false;
    }
  };
  const onExit = () => endGroup("SIGKILL");
  process.once("exit", onExit);
  const ownLog = join(folder, "server.log");
  const log = createWriteStream(ownLog);

  const stop = async () => {
    endGroup("SIGTERM");
    for (let waited = 0; endGroup(0); waited += 50) {
      if (waited >= 3000) endGroup("SIGKILL");
      await sleep(50);
    }
    process.off("exit", onExit);
    log.end();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };

  try {
    const listening = new Promise<number>((resolve, reject) => {
      let output = "";
      const read = (chunk: Buffer) => {
        log.write(chunk);
        output = (output + chunk.toString()).slice(-4000);
        const found = /Extension host agent listening on (\d+)/.exec(output)?.[1];
        if (found !== undefined) resolve(Number(found));
      };
      child.stdout.on("data", read);
      child.stderr.on("data", read);
      child.once("error", reject);
      child.once("exit", code => {
        reject(new Error(`The VS Code server ended with code ${code ?? "none"}:\n${output}`));
      });
      setTimeout(() => {
        reject(new Error(`The VS Code server did not listen within 30 s:\n${output}`));
      }, 30_000).unref();
    });
    return { port: await listening, data, logs: join(data, "data/logs"), ownLog, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Without what npm, or an editor around this terminal, would tell the server about themselves. */
function inheritedEnvironment(): NodeJS.ProcessEnv {
  const foreign = /^(npm_|VSCODE_|ELECTRON_|NODE_OPTIONS$|NODE_V8_COVERAGE$)/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}
