/** Reads bytes of a file, from a position on. */
export type ReadBytes = (position: number, length: number) => Promise<Uint8Array>;

/** What version 2 of an index begins with, the only one that Git writes since 2008. */
const start = "ff744f6300000002";

/** Where the table begins that says how many ids there are up to each first byte. */
const counts = 8;

/** Where the ids begin, in order. */
const ids = counts + 256 * 4;

/**
 * Whether the index of a pack lists an object (Git docs, "gitformat-pack": the pack-*.idx files). Reads a few bytes, however
 * large the pack is.
 *
 * @param id the full id; its length is that of all ids in the repository
 */
export async function packLists(read: ReadBytes, id: string): Promise<boolean> {
  if (hex(await read(0, counts)) !== start) return false;
  const first = Number.parseInt(id.slice(0, 2), 16);
  const countAt = async (byte: number): Promise<number> =>
    byte < 0 ? 0 : Number.parseInt(hex(await read(counts + byte * 4, 4)), 16);
  let [from, to] = await Promise.all([countAt(first - 1), countAt(first)]);
  const width = id.length / 2;
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    const found = hex(await read(ids + middle * width, width));
    if (found === id) return true;
    if (found < id) from = middle + 1;
    else to = middle;
  }
  return false;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
