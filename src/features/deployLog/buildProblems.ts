import { problemMatchers, type PrintedLine, type ProblemMatcher } from "./problemMatchers.js";

/** Where an error is, as it was printed. */
export interface PrintedPlace {
  readonly path: string;
  /** From 1; none where the whole file is meant. */
  readonly line?: number;
  /** From 1; none where the whole line is meant. */
  readonly column?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
}

/** An error or a warning that a program printed. */
export interface PrintedProblem {
  /** Where it may be, the likeliest first: the first that is in a person's own code counts. */
  readonly places: readonly PrintedPlace[];
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly code?: string;
  /** The program. */
  readonly source: string;
  /** The line of the log that it begins with, from 0. */
  readonly at: number;
  /** What of a repository with several packages was worked on there: a folder, or the name of a package. */
  readonly scope?: string;
}

/** So many characters of a line are read: each pattern takes longer than a line grows. */
const longestRead = 800;

/** So many problems of one log are told. */
const mostProblems = 200;

/** So many lines a trace has at most, as of one that goes round in circles. */
const longestTrace = 300;

/** So many lines below a message belong to it. */
const mostBelow = 6;

/** What BuildKit puts before a line: the step and its time. */
const step = /^(?:#\d+(?: \d+\.\d+)?(?: |$)|\d{1,4}\.\d{1,3} (?=\S))/u;

const script =
  "(?:(?:pre|post)?(?:build|install|prepare|compile|lint|check|test|start)|type-?check|generate)";

/** What tools that run scripts of several packages put before a line. */
const scopes = [
  // pnpm, Turborepo, Yarn, Lerna and concurrently, in this order.
  new RegExp(`^(?<scope>[\\w@./-]+) ${script}[\\w:-]*: `, "u"),
  new RegExp(`^(?<scope>@?[\\w./-]+):${script}[\\w:-]*: `, "u"),
  /^(?:➤ YN0000: )?\[(?<scope>@?[\w./-]+)\]: /u,
  /^(?<scope>@[\w.-]+\/[\w.-]+): /u,
  /^\[\d\] /u,
];

interface Line {
  readonly text: string;
  readonly scope?: string;
}

/** The errors and warnings of a log, in its order, each once, the first 200. @param lines oldest first */
export function problemsIn(lines: readonly string[]): PrintedProblem[] {
  const read = lines.map(bare);
  const problems = new Map<string, PrintedProblem>();
  const ends = new Map<ProblemMatcher, number>();
  for (const at of read.keys()) {
    for (const problem of firstMatch(read, at, ends)) {
      // A program that is started again prints the same anew.
      const key = JSON.stringify([problem.message, problem.places, problem.scope]);
      if (!problems.has(key)) problems.set(key, problem);
      if (problems.size === mostProblems) return [...problems.values()];
    }
  }
  return [...problems.values()];
}

/** A line without what tools that run others put before it. */
function bare(line: string): Line {
  const text = line.slice(0, longestRead).replace(step, "");
  // What is being run is no error, whatever its words.
  if (text.startsWith("==>")) return { text: "" };
  for (const pattern of scopes) {
    const match = pattern.exec(text);
    if (match) return { text: text.slice(match[0].length), ...defined({ scope: match.groups?.["scope"] }) };
  }
  return { text };
}

/** @param ends of what was matched before, by matcher: what is in the middle of a trace is no other trace */
function firstMatch(
  lines: readonly Line[],
  at: number,
  ends: Map<ProblemMatcher, number>,
): readonly PrintedProblem[] {
  for (const matcher of problemMatchers) {
    if (at < (ends.get(matcher) ?? 0)) continue;
    const found = matched(matcher, lines, at);
    if (!found) continue;
    ends.set(matcher, found.end);
    if (found.problems.length > 0) return found.problems;
  }
  return [];
}

type Groups = Readonly<Record<string, string | undefined>>;

interface Block {
  readonly groups: readonly Groups[];
  /** The line after it. */
  readonly end: number;
}

function matched(
  matcher: ProblemMatcher,
  lines: readonly Line[],
  at: number,
): { problems: readonly PrintedProblem[]; end: number } | undefined {
  const about = { at, ...defined({ scope: lines[at]?.scope }) };
  const places: Groups[] = [];
  let said: Groups = {};
  let end = at;
  for (const printed of matcher.lines) {
    const block = blockOf(printed, lines, end === at ? at : nextOf(printed, matcher, lines, end));
    if (!block) {
      if (printed.isOptional) continue;
      // Of a trace that says nothing at its end, no part says more.
      return places.length > 0 ? { problems: [], end } : undefined;
    }
    ({ end } = block);
    if (printed.each === "problem") {
      const all = block.groups.map(groups => ({ ...said, ...groups }));
      return { problems: all.map(groups => ({ ...about, ...problemOf(matcher, groups, []) })), end };
    }
    if (printed.each === "place") places.push(...block.groups);
    else said = { ...said, ...block.groups[0] };
  }
  const problem = problemOf(matcher, said, matcher.isLastNearest ? places.reverse() : places);
  const message = [problem.message, ...moreBelow(matcher, lines, end)].join("\n");
  return { problems: [{ ...about, ...problem, message }], end };
}

/** Where a line stands that may be some lines below; undefined where what it belongs to begins anew before. */
function nextOf(
  { pattern, within = 1 }: PrintedLine,
  { lines: [first] }: ProblemMatcher,
  lines: readonly Line[],
  from: number,
): number | undefined {
  let left = within;
  for (let at = from; left > 0 && at < Math.min(lines.length, from + 2 * within + 2); at++) {
    const { text = "" } = lines[at] ?? {};
    if (text === "") continue;
    if (pattern.test(text)) return at;
    if (within > 1 && first?.pattern.test(text)) return undefined;
    left--;
  }
  return undefined;
}

/** What stands there, and all that repeats it. */
function blockOf(
  { pattern, each, between }: PrintedLine,
  lines: readonly Line[],
  from: number | undefined,
): Block | undefined {
  const first = from === undefined ? null : pattern.exec(lines[from]?.text ?? "");
  if (from === undefined || !first) return undefined;
  const groups = [defined(first.groups ?? {})];
  let end = from + 1;
  for (; each && end < Math.min(lines.length, from + longestTrace); end++) {
    const { text = "" } = lines[end] ?? {};
    const match = pattern.exec(text);
    if (match) groups.push(defined(match.groups ?? {}));
    else if (!between?.test(text)) break;
  }
  return { groups, end };
}

function moreBelow({ more }: ProblemMatcher, lines: readonly Line[], from: number): string[] {
  if (!more) return [];
  const below = lines.slice(from, from + mostBelow).map(({ text }) => text);
  const stop = below.findIndex(text => !more.test(text));
  return stop < 0 ? below : below.slice(0, stop);
}

function problemOf(
  matcher: ProblemMatcher,
  said: Groups,
  traced: readonly Groups[],
): Omit<PrintedProblem, "at"> {
  const { message = "", about, severity, code } = said;
  const told = { path: matcher.path, ...said };
  const places = [...(told.path === undefined ? [] : [told]), ...traced].flatMap(
    groups => placeOf(groups, matcher.isFromZero === true) ?? [],
  );
  return {
    places: withColumn(places),
    severity: (isMild(severity) ?? matcher.severity === "warning") ? "warning" : "error",
    message: about === undefined ? message.trim() : `${message.trim()} (${about})`,
    source: matcher.source,
    ...defined({ code }),
  };
}

function isMild(severity: string | undefined): boolean | undefined {
  return severity === undefined ? undefined : /^(?:w|deprecated|notice)/iu.test(severity);
}

function placeOf(groups: Groups, isFromZero: boolean): PrintedPlace | undefined {
  const { path } = groups;
  if (path === undefined) return undefined;
  const number = (name: string, more: number): number | undefined => {
    const value = Number(groups[name] ?? NaN) + more;
    return Number.isSafeInteger(value) && value > 0 ? value : undefined;
  };
  const columns = Number(isFromZero);
  return {
    path: `${(groups["package"] ?? "").replaceAll(".", "/")}${path}`,
    ...defined({
      line: number("line", 0),
      column: number("column", columns),
      endLine: number("endLine", 0),
      endColumn: number("endColumn", columns),
    }),
  };
}

/** Node.js names the line above what it threw, and the column below it. */
function withColumn([first, ...others]: readonly PrintedPlace[]): readonly PrintedPlace[] {
  if (!first) return [];
  const same = others.find(({ path, line }) => path === first.path && line === first.line);
  return [first.column === undefined && same ? same : first, ...others];
}

/** Without what is not known. */
function defined<T>(groups: Readonly<Record<string, T | undefined>>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(groups).filter((entry): entry is [string, T] => entry[1] !== undefined),
  );
}
