/** What one sign of a glob takes: given where it may begin, where it may end, both as one truth for each offset. */
type Sign = (path: string, from: readonly boolean[]) => boolean[];

/** Longer globs than any that people write are not tried. */
const longestGlob = 300;

/**
 * Whether a glob of a build filter names the path. Globs are relative to the root of the repository, even where the
 * service has a root directory; people begin them with `./` or `/` too. Never throws. False for an empty glob, and for
 * one of more than 300 characters.
 *
 * Render knows `*`, `**`, `?` and character classes (Render docs, "Monorepo support"); the rest is taken literally, and
 * so is a class where folders are called so (`app/[id]`). All that may match is followed at once, sign by sign: globs
 * come from elsewhere, and none may take longer than its length times the path's.
 *
 * @param path from the root of the repository, with `/`
 */
export function matchesGlob(path: string, glob: string): boolean {
  const trimmed = trim(glob);
  if (trimmed === "" || trimmed.length > longestGlob || beginsOtherwise(path, trimmed)) return false;
  const { start, end, signs } = parse(trimmed);
  if (!path.startsWith(start) || !path.endsWith(end)) return false;
  let reached = Array.from({ length: path.length + 1 }, (_, offset) => offset === 0);
  for (const sign of signs) {
    reached = sign(path, reached);
    if (!reached.includes(true)) return false;
  }
  return reached[path.length] === true;
}

/**
 * Whether the glob names the path if it is read in a way of which Render's documentation does not speak: the name of a
 * folder for all that is in it, braces, a leading `!`. True for a glob that is too long to be tried.
 */
export function mayMatchGlob(path: string, glob: string): boolean {
  const trimmed = trim(glob);
  if (trimmed === "") return false;
  if (trimmed.length > longestGlob || matchesGlob(path, trimmed)) return true;
  if (trimmed.startsWith("!")) return !matchesGlob(path, trimmed.slice(1));
  const braces = /\{[^{}]*\}/gu;
  if (trimmed.match(braces)?.some(found => found.includes("/")) === true) return true;
  const wide = trimmed.replace(braces, "*");
  const folder = wide.replace(/\/+$/u, "");
  const isName = /(?:^|\/)[^/*?[\]]+$/u.test(folder);
  return [wide, ...(isName ? [`${folder}/**`] : [])].some(each => matchesGlob(path, each));
}

/** Whether a glob holds what Render's documentation does not speak of and tools read in two ways: `a**.ts`, `[!a]`. */
export function isReadInTwoWays(glob: string): boolean {
  return /\[!|[^/]\*\*|\*\*[^/]/u.test(trim(glob));
}

/** Whether they differ before the glob's first sign, as with most globs of a large account, which need not be read then. */
function beginsOtherwise(path: string, glob: string): boolean {
  let offset = 0;
  while (offset < glob.length && glob[offset] === path[offset] && !isSign(glob[offset])) offset += 1;
  // The folder itself is also named by `folder/**`.
  const isFolder = offset === path.length && glob[offset] === "/";
  return offset < glob.length && !isSign(glob[offset]) && !isFolder;
}

function isSign(character: string | undefined): boolean {
  return character === "*" || character === "?" || character === "[" || character === "\\";
}

function trim(glob: string): string {
  return glob.replace(/^\.?\/+/u, "");
}

interface Glob {
  /** How each path that it names begins and ends, which most paths do not. */
  readonly start: string;
  readonly end: string;
  readonly signs: readonly Sign[];
}

/** Each file of a push is compared with each glob of a service. */
const parsed = new Map<string, Glob>();

/** More globs than this are not kept. */
const mostParsed = 1_000;

function parse(glob: string): Glob {
  const known = parsed.get(glob);
  if (known) return known;
  const [start = ""] = /^[^*?[\\]*/u.exec(glob) ?? [];
  const [end = ""] = /[^*?[\]\\]*$/u.exec(glob) ?? [];
  // The slash beside `**` is not needed where that stands for nothing.
  const read = { start: start.replace(/\/$/u, ""), end: end.replace(/^\//u, ""), signs: signsOf(glob) };
  if (parsed.size >= mostParsed) parsed.clear();
  parsed.set(glob, read);
  return read;
}

function signsOf(glob: string): Sign[] {
  const parts = glob.split("/").filter((part, index, all) => part !== "**" || all[index - 1] !== "**");
  return parts.flatMap((part, index) => {
    const isLast = index === parts.length - 1;
    if (part === "**") return isLast ? (index === 0 ? [anything] : [below]) : [folders];
    // The folder itself is also named by `folder/**`.
    const isBeforeAll = index === parts.length - 2 && parts[index + 1] === "**";
    return isLast || isBeforeAll ? partSigns(part) : [...partSigns(part), literal("/")];
  });
}

function partSigns(part: string): Sign[] {
  const signs: Sign[] = [];
  for (let rest = part; rest !== "";) {
    const [found = "", stars, any, escaped, inClass] =
      /^(?:(\*+)|(\?)|\\(.)|\[(\^?\]?(?:\\.|[^\]\\])*)\]|[^*?[\\]+|.)/su.exec(rest) ?? [];
    if (stars !== undefined) signs.push(star);
    else if (any !== undefined) signs.push(one(() => true));
    else if (inClass !== undefined && inClass !== "" && inClass !== "^")
      signs.push(either(one(classOf(inClass)), literal(found)));
    else signs.push(literal(escaped ?? found));
    rest = rest.slice(found.length);
  }
  return signs;
}

/** What stands between the brackets: characters and ranges, `^` for all others. */
function classOf(inClass: string): (character: string) => boolean {
  const isNegated = inClass.startsWith("^");
  const ranges = [...inClass.slice(Number(isNegated)).matchAll(/(\\.|.)(?:-(\\.|[^\]]))?/gsu)].map(
    ([, first = "", last = first]) =>
      [first.replace(/^\\(?=.)/su, ""), last.replace(/^\\(?=.)/su, "")] as const,
  );
  return character => ranges.some(([first, last]) => first <= character && character <= last) !== isNegated;
}

const one =
  (fits: (character: string) => boolean): Sign =>
  (path, from) =>
    from.map((_, end) => {
      const character = path.charAt(end - 1);
      return from[end - 1] === true && character !== "/" && fits(character);
    });

const literal =
  (text: string): Sign =>
  (path, from) =>
    from.map((_, end) => from[end - text.length] === true && path.startsWith(text, end - text.length));

const either =
  (one: Sign, other: Sign): Sign =>
  (path, from) => {
    const others = other(path, from);
    return one(path, from).map((isReached, end) => isReached || others[end] === true);
  };

/** Any part of a name. */
const star: Sign = (path, from) => {
  let isOpen = false;
  return from.map((isStart, end) => {
    isOpen = isStart || (isOpen && path.charAt(end - 1) !== "/");
    return isOpen;
  });
};

/** Any number of folders, none too. */
const folders: Sign = (path, from) => {
  let isOpen = false;
  return from.map((isStart, end) => {
    const isReached = isStart || (isOpen && path.charAt(end - 1) === "/");
    isOpen ||= isStart;
    return isReached;
  });
};

/** All that is in a folder, and the folder itself. */
const below: Sign = (path, from) => {
  const isFound = from.some((isStart, end) => isStart && (end === path.length || path.charAt(end) === "/"));
  return from.map((_, end) => isFound && end === path.length);
};

const anything: Sign = (path, from) => from.map((_, end) => end === path.length && path !== "");
