import picomatch from "picomatch";

/** Render knows `*`, `**`, `?` and character classes (Render docs, "Monorepo support"); the rest is taken literally. */
const options: picomatch.PicomatchOptions = {
  windows: false,
  dot: true,
  nobrace: true,
  noextglob: true,
  nonegate: true,
};

/** What people also write in globs, of which Render's documentation does not speak. */
const wideOptions: picomatch.PicomatchOptions = { windows: false, dot: true, noextglob: true };

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
  const trimmed = trim(glob);
  if (trimmed === "" || trimmed.length > longestGlob) return false;
  return picomatch.isMatch(path, withoutGroups(trimmed), options);
}

/**
 * Whether the glob names the path if it is read in a way of which Render's documentation does not speak: the name of a
 * folder for all that is in it, braces, a leading `!`. True for a glob that is too long to be tried.
 */
export function mayMatchGlob(path: string, glob: string): boolean {
  const trimmed = trim(glob);
  if (trimmed === "") return false;
  if (trimmed.length > longestGlob) return true;
  const wide = withoutGroups(trimmed);
  const folder = wide.replace(/\/+$/u, "");
  const isName = /(?:^|\/)[^/*?[\]{}]+$/u.test(folder);
  return [wide, ...(isName ? [`${folder}/**`] : [])].some(each => picomatch.isMatch(path, each, wideOptions));
}

function trim(glob: string): string {
  return glob.replace(/^\.?\/+/u, "");
}

/** To picomatch these would be a regular expression; people have folders such as `app/(auth)`. */
function withoutGroups(glob: string): string {
  return glob.replace(/\\.|[()|]/gsu, found => (found.length > 1 ? found : `\\${found}`));
}
