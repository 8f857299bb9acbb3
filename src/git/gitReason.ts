/** What only says that it failed, whatever it was: never the reason where something else is. */
const lastWords = [
  /^To \S+$/u,
  /^From \S+$/u,
  /^(?:error: failed to push some refs to|fatal: Could not read|hint:|warning:)/u,
  /^(?:Please make sure you have the correct access rights|and the repository exists\.)/u,
  /^(?:fatal: [Tt]he remote end hung up|send-pack: unexpected disconnect|Everything up-to-date)/u,
  /^(?:remote: )?(?:Enumerating|Counting|Compressing|Writing|Receiving|Unpacking|Resolving|Delta|Total|Processing)\b.*(?:\d|done|threads)/u,
  /^Warning: Permanently added /u,
  /^(?:husky - |remote:$)/u,
];

/** The beginning of a line that tells what became of a branch: " ! [rejected] main -> main", "   1f2e3d..4c5b6a  main -> main". */
const ofBranch = /^(?: *[!*+=\-t] +|  +)\[?[\w.]+(?: +[\w.]+)*\]? /u;

/** How much of what a hook or ssh wrote is taken, from its end, in characters. */
const longestOwn = 200;

/**
 * What says why Git failed, in a line: the remote's errors, else what else it said, Git's own first error, what a hook, ssh
 * or a server wrote besides, what stands in brackets beside the refused branch. Git's last words only where there is
 * nothing else; undefined where there is nothing at all.
 */
export function reasonIn(stderr: string, stdout: string): string | undefined {
  const all = linesOf(stderr);
  const lines = all.filter(isTelling);
  const [, refused] =
    all.map(line => /^ *! \[[^\]]+\].*\(([^(]+)\)$/u.exec(line) ?? []).find(([, why]) => why) ?? [];
  return (
    ofRemote(lines) ??
    lines.find(line => /^(?:fatal|error): /u.test(line)) ??
    ending(lines) ??
    ending(linesOf(stdout).filter(isTelling)) ??
    refused ??
    all.at(-1)
  );
}

/** Errors come first, those with a number of GitHub's before all; then the points that it lists. */
function ofRemote(lines: readonly string[]): string | undefined {
  const said = lines.flatMap(line => /^remote: *(\S.*)$/u.exec(line)?.[1] ?? []);
  const errors = said.flatMap(line => /^(?:error|fatal): *(.+)$/iu.exec(line)?.[1] ?? []);
  if (errors.length === 0) return joined(said);
  const why = errors.filter(line => !/^(?:Trace:|See https?:)/u.test(line));
  const numbered = why.filter(line => /^GH\d+:/u.test(line));
  const points = said.flatMap(line => /^[-*] +(.+)$/u.exec(line)?.[1] ?? []);
  return joined([...new Set([...numbered, ...why, ...points])]) ?? joined(errors);
}

/** The last lines, as many as say why without telling the whole story. */
function ending(lines: readonly string[]): string | undefined {
  const taken: string[] = [];
  let length = 0;
  for (const line of lines.toReversed()) {
    length += line.length + 1;
    if (taken.length > 0 && length > longestOwn) break;
    taken.unshift(line);
  }
  return joined(taken);
}

/** Without the colours of a terminal; what was written over itself, as progress is, counts as lines. */
function linesOf(text: string): string[] {
  return text
    .split(/[\r\n]+/u)
    .map(line => line.replace(/\p{Cc}\[[\d;]*[a-z]/giu, "").trimEnd())
    .filter(line => /[\p{L}\p{N}]/u.test(line));
}

function isTelling(line: string): boolean {
  const [beginning] = line.includes("->") ? (ofBranch.exec(line) ?? []) : [];
  if (beginning !== undefined && line.includes("->", beginning.length)) return false;
  return !lastWords.some(pattern => pattern.test(line));
}

function joined(lines: readonly string[]): string | undefined {
  return lines.length > 0 ? lines.map(line => line.trim()).join(" ") : undefined;
}
