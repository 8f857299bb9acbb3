/** One value of Git's configuration: `url.git@github.com:.insteadof` is section, subsection and key. */
export interface ConfigEntry {
  /** In lower case. */
  readonly section: string;
  /** As written, as its case counts; undefined where there is none. */
  readonly subsection?: string;
  /** In lower case. */
  readonly key: string;
  /** Undefined for a key that stands alone, which means "true". */
  readonly value?: string;
}

const header = /^\[\s*([\w.-]+)(?:[ \t]+"((?:[^"\\]|\\.)*)")?\s*\]/u;
const keyStart = /^([a-z][\w-]*)[ \t]*(=?)[ \t]*/iu;

/**
 * What a configuration file of Git holds, in its order (Git: `git-config`, "Syntax"). Git works with no file that has an
 * error in it; what comes before the error is given.
 */
export function parseConfig(text: string): ConfigEntry[] {
  const entries: ConfigEntry[] = [];
  let rest = text.replace(/^\uFEFF/u, "").replaceAll("\r\n", "\n");
  let place: Pick<ConfigEntry, "section" | "subsection"> | undefined;
  for (;;) {
    rest = rest.replace(/^(?:\s+|[#;][^\n]*)+/u, "");
    const [head, name, subsection] = header.exec(rest) ?? [];
    if (head !== undefined && name !== undefined) {
      rest = rest.slice(head.length);
      place = placeOf(name, subsection);
      continue;
    }
    const [start, key, equals] = keyStart.exec(rest) ?? [];
    if (start === undefined || key === undefined || !place) return entries;
    const [value, length] = equals === "=" ? readValue(rest, start.length) : [undefined, start.length];
    entries.push({ ...place, key: key.toLowerCase(), ...(value !== undefined && { value }) });
    rest = rest.slice(length);
  }
}

/** The older way of writing a subsection, `[url.base]`, is without regard to case. */
function placeOf(name: string, subsection: string | undefined): Pick<ConfigEntry, "section" | "subsection"> {
  const [section = "", ...older] = name.toLowerCase().split(".");
  if (subsection !== undefined) return { section, subsection: subsection.replace(/\\(.)/gu, "$1") };
  return older.length > 0 ? { section, subsection: older.join(".") } : { section };
}

const escapes = new Map([
  ["n", "\n"],
  ["t", "\t"],
  ["b", "\b"],
  ["\n", ""],
]);

/** The value that begins at `from`, without comment and spaces around it, and where the line ends. */
function readValue(text: string, from: number): [value: string, end: number] {
  let value = "";
  /** How much of the value stays when spaces at its end are taken away. */
  let kept = 0;
  let isQuoted = false;
  let at = from;
  for (; at < text.length && text[at] !== "\n"; at++) {
    const character = text[at] ?? "";
    if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && (character === "#" || character === ";")) {
      const end = text.indexOf("\n", at);
      return [value.slice(0, kept), end < 0 ? text.length : end];
    } else if (character === "\\") {
      at++;
      const next = text[at] ?? "";
      value += escapes.get(next) ?? next;
    } else value += character;
    if (isQuoted || !/[ \t]/u.test(character)) kept = value.length;
  }
  return [value.slice(0, kept), at];
}
