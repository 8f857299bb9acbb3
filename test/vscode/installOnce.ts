import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** Where downloaded editors and browsers stay between runs. Not under version control. */
const installFolder = resolve(".vscode-test");

/**
 * Gives the folder `name` in the install folder, filling it the first time.
 *
 * It is filled under another name and then renamed, so a folder that exists is complete. Two runs at once both
 * fill one and the first rename wins; there is no lock that a killed run could leave behind.
 *
 * @throws Error with one sentence that names what could not be installed and why.
 */
export async function installOnce(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(installFolder, name);
  if (existsSync(folder)) return folder;
  await mkdir(installFolder, { recursive: true });
  const unfinished = await mkdtemp(join(installFolder, `unfinished-${name}-`));
  try {
    await fill(unfinished);
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    if (existsSync(folder)) return folder;
    throw new Error(`${name} could not be installed for the tests: ${reason(error)}`, { cause: error });
  }
  return folder;
}

/** Downloads one package from the npm registry, without its dependencies, and unpacks it into `folder`. */
export async function unpackPackage(
  spec: string,
  folder: string,
  part?: { readonly only: string; readonly except?: readonly string[] },
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const download = await mkdtemp(join(folder, "download-"));
  await run("npm", ["pack", "--silent", "--pack-destination", download, spec], folder);
  const [archive] = await readdir(download);
  if (archive === undefined) throw new Error(`npm pack ${spec} wrote no file`);
  const excluded = (part?.except ?? []).map(path => `--exclude=package/${path}`);
  const only = part ? [`package/${part.only}`] : [];
  const unpack = ["-xzf", join(download, archive), "--strip-components=1", ...excluded, ...only];
  await run("tar", unpack, folder);
  await rm(download, { recursive: true });
}

/** Runs a command quietly; its output is only shown when it fails. */
export async function run(command: string, args: readonly string[], cwd: string): Promise<void> {
  await execute(command, args, { cwd, maxBuffer: 64 * 1024 * 1024 });
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const output = "stderr" in error && typeof error.stderr === "string" ? error.stderr.trim() : "";
  return [error.message.split("\n")[0], ...output.split("\n").slice(-5)].join("\n  ");
}
