import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createVSIX } from "@vscode/vsce";

export interface Beside {
  readonly name: string;
  /** When VS Code starts it. */
  readonly activation: "*" | "onStartupFinished";
  /** An ES module, as ours is. */
  readonly code: string;
}

/** Packs the extension `bench.<name>`, which stands beside ours in what is measured, and gives the path. */
export async function packageBeside(parent: string, { name, activation, code }: Beside): Promise<string> {
  const cwd = join(parent, name);
  await mkdir(cwd);
  const manifest = {
    name,
    publisher: "bench",
    version: "0.0.1",
    engines: { vscode: "^1.100.0" },
    type: "module",
    main: "./extension.js",
    activationEvents: [activation],
    files: ["extension.js"],
  };
  await writeFile(join(cwd, "package.json"), JSON.stringify(manifest));
  await writeFile(join(cwd, "extension.js"), code);
  const packagePath = join(parent, `${name}.vsix`);
  await createVSIX({
    cwd,
    packagePath,
    dependencies: false,
    allowMissingRepository: true,
    allowStarActivation: true,
    skipLicense: true,
  });
  return packagePath;
}
