/** What a log shows of why a build, a pre-deploy command or a start failed, by what well-known programs print. */

export type LogCauseKind =
  | "missingScript"
  | "lockFile"
  | "peerConflict"
  | "noManifest"
  | "languageVersion"
  | "moduleNotFound"
  | "missingVariable"
  | "typeError"
  | "syntaxError"
  | "compileError"
  | "missingCommand"
  | "badCommand"
  | "database"
  | "databaseAccess"
  | "memory"
  | "migration"
  | "permission"
  | "repoAccess"
  | "submodule"
  | "commitGone"
  | "rootDirectory"
  | "publishDirectory"
  | "dockerfile"
  | "nativeBuild"
  | "invalidRequirement"
  | "fileNotFound"
  | "programError"
  | "dockerStep"
  | "portTimeout"
  | "healthTimeout"
  | "earlyExit"
  | "noOpenPort";

export interface LogCause {
  readonly kind: LogCauseKind;
  /** What it is about: the script, the module, the variable. Empty where the line does not name it. */
  readonly about: string;
  /** The lines that say so, the telling one first. */
  readonly lines: readonly string[];
}

interface Sign {
  readonly kind: LogCauseKind;
  readonly pattern: RegExp;
}

const sign = (kind: LogCauseKind, ...patterns: RegExp[]): Sign[] =>
  patterns.map(pattern => ({ kind, pattern }));

/**
 * What says plainly what is wrong. The first line that one of them fits counts, as what comes later often follows from it;
 * of several that fit one line, the first in this list.
 */
const causes: readonly Sign[] = [
  ...sign(
    "missingScript",
    /\bMissing script:? "?([\w:.-]+)/iu,
    /\bCommand "([^"]+)" not found/u,
    /Couldn't find a script named "([^"]+)"/u,
  ),
  ...sign(
    "lockFile",
    /ERR_PNPM_OUTDATED_LOCKFILE/u,
    /`npm ci` can only install packages when/u,
    /The `npm ci` command can only install with an existing/u,
    /lockfile needs to be updated/iu,
    /YN0028|lockfile would have been modified/u,
    /poetry\.lock was last generated/u,
  ),
  ...sign("peerConflict", /ERESOLVE/u),
  ...sign(
    "languageVersion",
    /Your Ruby version is [\d.]+, but your Gemfile specified ([^\s]+)/u,
    /requires go >= ([\d.]+)/u,
    /The engine "(?:node)" is incompatible/u,
    /EBADENGINE|ERR_PNPM_UNSUPPORTED_ENGINE/u,
    /No module named '(imghdr|distutils|cgi|audioop|imp|telnetlib|pipes)'/u,
    /requires a different Python/u,
    /Vite requires Node\.js version ([\d.+]+)/u,
    /You are using Node\.js [\d.]+\. .*requires/u,
    /version `GLIBC_[\d.]+' not found/u,
    /crypto\.hash is not a function/u,
  ),
  ...sign(
    "noManifest",
    /(?:Could not read |no such file or directory, open '[^']*)(package\.json)/u,
    /Could not open requirements file: .*'([^']+)'/u,
    /Could not locate (Gemfile)/u,
    /does not contain a (?:Cargo|pyproject)\.toml/u,
    /(go\.mod) file not found/u,
    /Could not find (Prisma Schema)/u,
  ),
  ...sign("invalidRequirement", /Invalid requirement: '([^']*)'/u),
  ...sign(
    "repoAccess",
    /could not read Username for/u,
    /Permission denied \(publickey\)/u,
    /==> Unable to clone (\S+)/u,
  ),
  ...sign("commitGone", /reference is not a tree: (\w+)/u, /couldn't find remote ref (\S+)/u),
  ...sign("rootDirectory", /Service Root Directory "([^"]+)" is missing/u),
  ...sign("publishDirectory", /Publish directory (.+?) does not exist/iu),
  ...sign("dockerfile", /dockerfile parse error on line (\d+)/iu, /failed to read dockerfile/iu),
  ...sign(
    "missingVariable",
    /\benvironment variable ['"`]?([A-Z][A-Z0-9_]{2,})['"`]?\b.*\b(?:required|not set|missing|not found|undefined|must be)/iu,
    /\b([A-Z][A-Z0-9_]{3,})(?::| is| environment variable is) (?:required|not set|not defined|missing|undefined)\b/u,
    /\b([A-Z][A-Z0-9_]{3,}): \1 is required/u,
    /\bKeyError: '([A-Z][A-Z0-9_]{3,})'/u,
    /Missing required environment variables?:? ([A-Z][A-Z0-9_]+)/iu,
    /Environment variable not found: ([A-Z][A-Z0-9_]+)/u,
    /(?:key must be exactly|InvalidMessage).*$/u,
  ),
  ...sign(
    "memory",
    /JavaScript heap out of memory/u,
    /Out of memory \(used over ([^)]+)\)/iu,
    /Ran out of memory/u,
  ),
  ...sign(
    "moduleNotFound",
    /\bModuleNotFoundError: No module named '([^']+)'/u,
    /Could not import module "([^"]+)"/u,
    /error TS(?:2307|7016): (?:Cannot find module|Could not find a declaration file for module) '([^']+)'/u,
    /Cannot find (?:module|package) '([^']+)'/u,
    /Could not resolve "([^"]+)"/u,
    /Rollup failed to resolve import "([^"]+)"/u,
    /Module not found: .*?\bresolve '([^']+)'/u,
    /Module not found: .*?['"]([^'"]+)['"]/u,
    /cannot load such file -- (\S+)/u,
    /no required module provides package ([^;\s]+)/u,
  ),
  ...sign("typeError", /error TS\d+: (.+)/u, /^Type error: (.+)/u),
  ...sign(
    "syntaxError",
    /\b(?:SyntaxError|IndentationError): (.+)/u,
    /does not provide an export named '?([^']+)'?/u,
    /Expression expected/u,
  ),
  ...sign(
    "compileError",
    /^error\[E\d+\]: (.+)/u,
    /error CS\d+: (.+?)(?: \[|$)/u,
    /^[^\s:]+\.go:\d+:\d+: (.+)/u,
    /\bERROR: (The symbol .+)/u,
    /\.\w+:\d+:\d+: ERROR: (.+)/u,
    /COMPILATION ERROR/u,
    /failed to load config from (\S+)/u,
    /Error occurred prerendering page "([^"]+)"/u,
  ),
  ...sign(
    "nativeBuild",
    /Failed building wheel for (\S+)/u,
    /Failed to build '?([\w-]+)'?/u,
    /gyp ERR! build error/u,
  ),
  ...sign(
    "databaseAccess",
    /bad auth\b/u,
    /(?:password )?authentication failed/iu,
    /Access denied for user '([^']+)'/u,
  ),
  ...sign(
    "database",
    /ECONNREFUSED (\S+)/u,
    /could not (?:connect to|translate host name)/u,
    /Can't reach database server at (\S+)/u,
    /connection to server at "?([^",]+)/u,
    /Database operation failed/iu,
    /canceling statement due to statement timeout/u,
    /the URL must start with the protocol/u,
  ),
  ...sign(
    "migration",
    /relation "([^"]+)" already exists/u,
    /column "([^"]+)" .*already exists/u,
    /\bP3009\b|\bP3018\b/u,
    /migration.* failed/iu,
  ),
  ...sign("permission", /\bEACCES\b/u, /[Pp]ermission denied/u),
  ...sign(
    "badCommand",
    /syntax error near unexpected token (.+)/u,
    /cannot access '?&&/u,
    /&&: No such file or directory/u,
  ),
  ...sign(
    "missingCommand",
    /\b(?:sh|bash): (?:line \d+: |\d+: )?([^\s:]+): (?:command )?not found/u,
    /"([^"]+)": executable file not found in \$PATH/u,
    /exec: (?:line )?\d+: ([^:]+): not found/u,
  ),
  ...sign("fileNotFound", /ENOENT: no such file or directory, \w+ '([^']+)'/u),
];

const submodules: readonly Sign[] = sign("submodule", /clone of '([^']+)' into submodule path/u);

/** What a program prints of any error of its own: it counts where nothing says more. */
const errors: readonly Sign[] = [
  ...sign("programError", /^\s*(?:Uncaught )?((?:[\w.]+\.)?[A-Z]\w*(?:Error|Exception)(?: \[\w+\])?: .+)/u),
  ...sign("dockerStep", /failed to solve: (.+)/u),
  ...sign("portTimeout", /Port scan timeout reached/u),
  ...sign("healthTimeout", /^==> Timed Out/iu),
  ...sign("earlyExit", /Application exited early/u),
];

/** It is printed before most crashes too. */
const weakest: readonly Sign[] = sign("noOpenPort", /No open ports detected/u);

/** So many characters of a line are read: each pattern takes longer than a line grows. */
const longestRead = 400;

/** The first real error of a log; undefined where nothing is known of what it prints. @param lines oldest first */
export function logCause(lines: readonly string[]): LogCause | undefined {
  // Git says why it could not clone a submodule before it says that it was one.
  for (const signs of [submodules, causes, errors, weakest]) {
    const found = firstOf(signs, lines);
    if (found) return found;
  }
  return undefined;
}

function firstOf(signs: readonly Sign[], lines: readonly string[]): LogCause | undefined {
  for (const [index, line] of lines.entries()) {
    // What is being run is no error, whatever its words; of a long line its beginning tells, and no more is read of it.
    if (line.startsWith("==> Running ")) continue;
    const start = line.slice(0, longestRead);
    for (const { kind, pattern } of signs) {
      const match = pattern.exec(start);
      if (match)
        return { kind, about: (match[1] ?? "").trim(), lines: [line.trim(), ...after(lines, index)] };
    }
  }
  return undefined;
}

/** What is indented below a line belongs to it. */
function after(lines: readonly string[], index: number): string[] {
  const below = lines.slice(index + 1, index + 3);
  const end = below.findIndex(line => !/^\s+\S/u.test(line));
  return (end < 0 ? below : below.slice(0, end)).map(line => line.trim());
}
