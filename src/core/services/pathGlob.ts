import picomatch from "picomatch";

/** Render knows `*`, `**`, `?` and character classes (Render docs, "Monorepo support"); the rest is taken literally. */
const options: picomatch.PicomatchOptions = {
  windows: false,
  dot: true,
  nobrace: true,
  noextglob: true,
  nonegate: true,
};

/** Longer globs than any that people write are not tried, as they come from elsewhere and may be slow to match. */
const longestGlob = 300;

/**
 * Whether a glob of a build filter names the path. Globs are relative to the root of the repository, even where the
 * service has a root directory; people begin them with `./` or `/` too. Never throws. False for an empty glob, and for
 * one of more than 300 characters.
 *
 * @param path from the root of the repository, with `/`
 */
export function matchesGlob(path: string, glob: string): boolean {
  const trimmed = glob.replace(/^\.?\/+/u, "");
  if (trimmed === "" || trimmed.length > longestGlob) return false;
  // To picomatch these would be a regular expression; people have folders such as `app/(auth)`.
  const literal = trimmed.replace(/\\.|[()|]/gsu, found => (found.length > 1 ? found : `\\${found}`));
  return picomatch.isMatch(path, literal, options);
}
