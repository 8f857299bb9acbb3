import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { createVSIX } from "@vscode/vsce";

/** Packs the built extension into `out/render-deploy.vsix`, as it would be published, and gives that path. */
export async function packageExtension(): Promise<string> {
  const packagePath = resolve("out/render-deploy.vsix");
  await mkdir(resolve("out"), { recursive: true });
  await createVSIX({
    packagePath,
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
  return packagePath;
}
