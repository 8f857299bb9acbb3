import { createReadStream, createWriteStream } from "node:fs";
import { chmod, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";
import { installOnce, run, unpackPackage } from "./installOnce.js";
import { pinnedPackages } from "./pinned.js";

/** A Chromium to start, and the environment it needs on a machine without its libraries or any font. */
export interface InstalledBrowser {
  readonly executablePath: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * The Chromium that shows the editor: the one `CHROMIUM_PATH` names, else one from the npm registry, installed the
 * first time (about 5 s, 210 MB).
 *
 * @throws Error when it could not be downloaded.
 */
export async function ensureBrowser(): Promise<InstalledBrowser> {
  const named = process.env["CHROMIUM_PATH"];
  if (named !== undefined && named !== "") return { executablePath: named, env: {} };
  const folder = await installOnce("chromium-147.0.0", fill);
  const fonts = join(folder, "fonts.conf");
  // Put in place whole: another browser may be reading it.
  const unfinished = `${fonts}-${process.pid}`;
  await writeFile(unfinished, fontConfiguration(folder));
  await rename(unfinished, fonts);
  return {
    executablePath: join(folder, "chromium"),
    env: { LD_LIBRARY_PATH: join(folder, "lib"), FONTCONFIG_FILE: fonts },
  };
}

async function fill(folder: string): Promise<void> {
  await Promise.all([
    unpackPackage(pinnedPackages.chromium, join(folder, "packed"), { only: "bin" }),
    unpackPackage(pinnedPackages.font, join(folder, "font"), { only: "ttf" }),
  ]);
  const packed = join(folder, "packed/bin");
  await unpackBrotli(join(packed, "chromium.br"), join(folder, "chromium"));
  await chmod(join(folder, "chromium"), 0o755);
  const libraries = join(folder, "libraries.tar");
  await unpackBrotli(join(packed, "al2023.tar.br"), libraries);
  await mkdir(join(folder, "lib"));
  await run("tar", ["-xf", libraries, "-C", "lib", "--strip-components=1"], folder);
  await Promise.all([rm(libraries), rm(join(folder, "packed"), { recursive: true })]);
}

async function unpackBrotli(from: string, to: string): Promise<void> {
  await pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to));
}

/** Chromium stops with SIGTRAP when it finds no font at all, which is so on a bare Debian. */
function fontConfiguration(folder: string): string {
  return `<?xml version="1.0"?>
<fontconfig>
  <dir>${join(folder, "font/ttf")}</dir>
  <cachedir>${join(folder, "font/cache")}</cachedir>
</fontconfig>
`;
}
