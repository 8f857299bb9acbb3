import { readFile, stat } from "node:fs/promises";

/** A larger file is none of those that are read, in bytes. */
const largest = 1_000_000;

/** The text of a small file of Git's; undefined where there is none that can be read. Never rejects. */
export async function readText(path: string): Promise<string | undefined> {
  try {
    const found = await stat(path);
    return found.isFile() && found.size <= largest ? await readFile(path, "utf8") : undefined;
  } catch {
    return undefined;
  }
}
