import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { installOnce, run, unpackPackage } from "./installOnce.js";
import { pinnedPackages, type PinnedEditor } from "./pinned.js";

/** An installed VS Code server: the editor's own remote server together with its workbench for a browser. */
export interface InstalledServer {
  /** The Node that this version is made for. */
  readonly node: string;
  /** The script that starts the server. */
  readonly main: string;
}

/**
 * Packages the server starts without: native ones that nothing here asks for, and the assistant's. Those
 * that are asked for get a small module of ours in their place, because they have no prebuilt binary.
 */
const leftOut = [
  "@devcontainers/cli",
  "@github/copilot-sdk",
  "@microsoft/mxc-sdk",
  "@vscode/deviceid",
  "@vscode/fs-copyfile",
  "@vscode/native-watchdog",
  "@vscode/ripgrep",
  "@vscode/ripgrep-universal",
  "@vscode/spdlog",
  "@vscode/sqlite3",
  "@vscode/windows-process-tree",
  "@vscode/windows-registry",
  "katex",
  "kerberos",
  "native-watchdog",
  "ssh2",
];

/** Built-in extensions that need a package left out, or the network. */
const leftOutExtensions = ["copilot", "mermaid-markdown-features", "typescript-language-features"];

/**
 * The server of this VS Code version, installed from the npm registry the first time (about 20 s, 430 MB).
 * No install script runs and nothing is compiled.
 *
 * @throws Error when the machine is not Linux on x64, or when something could not be downloaded.
 */
export async function ensureServer(editor: PinnedEditor): Promise<InstalledServer> {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error(
      `The VS Code server for tests runs on Linux x64, not on ${process.platform} ${process.arch}.`,
    );
  }
  const folder = await installOnce(`server-${editor.version}`, temporary => fill(temporary, editor));
  return { node: join(folder, "node/bin/node"), main: join(folder, "lib/vscode/out/server-main.js") };
}

async function fill(folder: string, editor: PinnedEditor): Promise<void> {
  const vscode = join(folder, "lib/vscode");
  await Promise.all([
    unpackPackage(editor.node, join(folder, "node"), { only: "bin/node" }),
    unpackPackage(editor.server, folder, {
      only: "lib/vscode",
      except: leftOutExtensions.map(name => `lib/vscode/extensions/${name}`),
    }),
  ]);
  await removeDependencies(join(vscode, "package.json"));
  const quietly = ["--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  await run("npm", ["install", ...quietly, "--legacy-peer-deps"], vscode);

  const modules = join(vscode, "node_modules");
  // The server's extension hosts also look after their parent themselves, so nothing is left for the watchdog.
  const watchdog = "exports.start = () => undefined;\n";
  const ripgrep = `exports.rgPath = require.resolve("@vscode/ripgrep-linux-x64/bin/rg");\n`;
  const spdlog = await readFile(resolve("test/vscode/standIns/spdlog.mjs"), "utf8");
  await unpackPackage(pinnedPackages.ripgrep, join(modules, "@vscode/ripgrep-linux-x64"));
  await Promise.all([
    writeModule(join(modules, "native-watchdog"), "index.cjs", watchdog),
    writeModule(join(modules, "@vscode/native-watchdog"), "index.cjs", watchdog),
    writeModule(join(modules, "@vscode/ripgrep"), "index.cjs", ripgrep),
    writeModule(join(modules, "@vscode/ripgrep-universal"), "index.cjs", ripgrep),
    writeModule(join(modules, "@vscode/spdlog"), "index.mjs", spdlog),
    // The Git extension loads it when it starts, and calls it only to copy files into a new worktree.
    writeModule(
      join(modules, "@vscode/fs-copyfile"),
      "index.cjs",
      `module.exports = require("node:fs/promises");\n`,
    ),
  ]);
}

async function removeDependencies(manifestFile: string): Promise<void> {
  const manifest = JSON.parse(await readFile(manifestFile, "utf8")) as {
    dependencies: Record<string, string>;
  };
  const kept = Object.entries(manifest.dependencies).filter(([name]) => !leftOut.includes(name));
  await writeFile(manifestFile, JSON.stringify({ ...manifest, dependencies: Object.fromEntries(kept) }));
}

async function writeModule(folder: string, main: string, code: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify({ main }));
  await writeFile(join(folder, main), code);
}
