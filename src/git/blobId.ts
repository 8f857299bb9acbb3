import { createHash } from "node:crypto";

/**
 * The id that Git gives to contents of a file.
 *
 * @param isSha256 whether the repository was made with `--object-format=sha256`
 */
export function blobId(contents: Uint8Array, isSha256: boolean): string {
  const head = ["blob", contents.length].join(" ");
  return createHash(isSha256 ? "sha256" : "sha1")
    .update(`${head}\0`)
    .update(contents)
    .digest("hex");
}

/** Whether contents are what Git has under this id; where Git turned its line ends into those of Windows too. */
export function isBlob(contents: Buffer, id: string): boolean {
  const isSha256 = id.length === 64;
  return (
    blobId(contents, isSha256) === id ||
    (contents.includes("\r\n") &&
      blobId(Buffer.from(contents.toString("latin1").replaceAll("\r\n", "\n"), "latin1"), isSha256) === id)
  );
}
