/** A place in a file that a line of a log names. */
export interface PrintedLink {
  /** Where in the line it stands, from 0; the end is behind it. */
  readonly from: number;
  readonly to: number;
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly column?: number;
}

/** So many characters of a line are read. */
const longestRead = 400;

const path = String.raw`(?<path>(?:file:\/\/)?[\w@.+~\/\[\]-][\w@.+~\/\\\[\]-]*\.[A-Za-z]\w{0,7})`;

/** `src/a.ts:3:5` and `src/a.ts:3`; `src/a.ts(3,5)`; `File "a.py", line 3`. */
const forms = [
  new RegExp(String.raw`(?<![\w/.:])${path}:(?<line>\d{1,7})(?::(?<column>\d{1,5}))?(?!\w)`, "gu"),
  new RegExp(String.raw`(?<![\w/.:])${path}\((?<line>\d{1,7})(?:,(?<column>\d{1,5}))?\)`, "gu"),
  new RegExp(String.raw`(?<=File ")${path}", line (?<line>\d{1,7})`, "gu"),
];

/** The places that a line names, by what programs commonly print. Whether there are such files is not known here. */
export function linksIn(text: string): PrintedLink[] {
  const read = text.slice(0, longestRead);
  // Most lines name none.
  if (!/\.[A-Za-z]\w{0,7}(?:[:(]\d|", line \d)/u.test(read)) return [];
  return forms.flatMap(form =>
    [...read.matchAll(form)].flatMap(match => {
      const { path: named = "", line = "", column } = match.groups ?? {};
      const link = { from: match.index, to: match.index + match[0].length, path: named, line: Number(line) };
      return [column === undefined ? link : { ...link, column: Number(column) }];
    }),
  );
}
