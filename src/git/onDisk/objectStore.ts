import { open, readdir, stat, type FileHandle } from "node:fs/promises";
import { join, resolve } from "node:path";
import { gitFolderOf } from "./gitFolder.js";
import { packLists } from "./packIndex.js";
import { readText } from "./readText.js";

/** Git itself goes no further from one store to the next. */
const mostAlternates = 5;

/**
 * Whether a repository has an object, told by its files: a partial clone that is asked for an object fetches it, from a
 * remote that may not answer.
 *
 * @param root the path of the root folder
 * @param id the full id
 */
export async function hasObject(root: string, id: string): Promise<boolean> {
  const name = id.toLowerCase();
  const { common } = await gitFolderOf(root);
  const stores = await storesFrom(join(common, "objects"), mostAlternates);
  for (const store of stores) if ((await isLoose(store, name)) || (await isPacked(store, name))) return true;
  return false;
}

/** The store itself, and those that it takes objects from. */
async function storesFrom(store: string, depth: number): Promise<string[]> {
  const text = depth > 0 ? await readText(join(store, "info", "alternates")) : undefined;
  const others = (text ?? "").split("\n").filter(line => line !== "" && !line.startsWith("#"));
  const further = await Promise.all(others.map(other => storesFrom(resolve(store, other), depth - 1)));
  return [store, ...further.flat()];
}

async function isLoose(store: string, id: string): Promise<boolean> {
  return stat(join(store, id.slice(0, 2), id.slice(2))).then(
    () => true,
    () => false,
  );
}

async function isPacked(store: string, id: string): Promise<boolean> {
  const folder = join(store, "pack");
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter(each => each.endsWith(".idx")))
    if (await isInPack(join(folder, name), id)) return true;
  return false;
}

async function isInPack(index: string, id: string): Promise<boolean> {
  let file: FileHandle | undefined;
  try {
    const opened = (file = await open(index));
    return await packLists(async (position, length) => {
      const { buffer } = await opened.read(Buffer.alloc(length), 0, length, position);
      return buffer;
    }, id);
  } catch {
    // Git has packed anew meanwhile.
    return false;
  } finally {
    await file?.close();
  }
}
