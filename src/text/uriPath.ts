/**
 * Where one URI lies below another, as VS Code writes both (`Uri.toString()`: percent-encoded, the drive letter in lower
 * case), so that comparing text is enough.
 */

/** The path of `uri` below the folder with `/` between its parts, `""` for the folder itself; undefined outside it. */
export function pathBelow(folder: string, uri: string): string | undefined {
  const base = folder.replace(/\/$/u, "");
  if (uri.replace(/\/$/u, "") === base) return "";
  return uri.startsWith(`${base}/`) ? decoded(uri.slice(base.length + 1)) : undefined;
}

/** The last part of a folder's path: what people call the folder. */
export function folderName(folder: string): string {
  return decoded(folder.replace(/\/$/u, "").split("/").at(-1) ?? "");
}

/** Without percent-encoding; as it is where that cannot be undone. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
