import { dirname, isAbsolute, join } from "node:path";
import { parseConfig, type ConfigEntry } from "./configText.js";
import { wildmatch } from "./wildmatch.js";

/** Where Git's configuration for a repository is read from. */
export interface ConfigSources {
  /** The files that Git reads for it, the weakest first; those that do not exist are passed over. */
  readonly files: readonly string[];
  /** What the environment adds, the strongest. */
  readonly env: NodeJS.ProcessEnv;
  readonly home: string;
  /** The repository's Git folder, as it is opened and with links resolved. */
  readonly gitFolders: readonly string[];
  /** Undefined on a detached HEAD. */
  readonly branch: string | undefined;
  /** The text of a file; undefined where there is none to read. */
  readonly readText: (path: string) => Promise<string | undefined>;
}

/** Git gives up there too (Git: `config.c`, `MAX_INCLUDE_DEPTH`). */
const deepest = 10;

/** More files than this are not read: no person has as many, and files that include each other name ever more. */
const mostFiles = 200;

/** All of Git's configuration for a repository in its order, with what its files include. Later ones are stronger. */
export async function readConfig(sources: ConfigSources): Promise<ConfigEntry[]> {
  const plain = await readAll(sources, []);
  const asksForRemotes = plain.some(({ section, subsection }) => {
    return section === "includeif" && subsection?.startsWith(hasRemote) === true;
  });
  if (!asksForRemotes) return plain;
  const addresses = plain.filter(({ section, key }) => section === "remote" && key === "url");
  return readAll(
    sources,
    addresses.flatMap(({ value }) => value ?? []),
  );
}

const hasRemote = "hasconfig:remote.*.url:";

async function readAll(sources: ConfigSources, remotes: readonly string[]): Promise<ConfigEntry[]> {
  let files = 0;
  const read = async (file: string, depth: number): Promise<ConfigEntry[]> => {
    files += 1;
    if (depth > deepest || files > mostFiles) return [];
    const entries: ConfigEntry[] = [];
    for (const entry of parseConfig((await sources.readText(file)) ?? "")) {
      entries.push(entry);
      const path = includedBy(entry, file, sources, remotes);
      if (path !== undefined) entries.push(...(await read(path, depth + 1)));
    }
    return entries;
  };
  const all: ConfigEntry[] = [];
  for (const file of sources.files) all.push(...(await read(file, 0)));
  return [...all, ...ofEnvironment(sources.env)];
}

/** The file that an entry includes, if it is one that includes and its condition holds. */
function includedBy(
  { section, subsection, key, value }: ConfigEntry,
  file: string,
  sources: ConfigSources,
  remotes: readonly string[],
): string | undefined {
  if (key !== "path" || value === undefined || value === "") return undefined;
  const isMeant =
    (section === "include" && subsection === undefined) ||
    (section === "includeif" && subsection !== undefined && holds(subsection, file, sources, remotes));
  if (!isMeant) return undefined;
  const path = expanded(value, sources.home);
  return isAbsolute(path) ? path : join(dirname(file), path);
}

/** Whether a condition of `includeIf` holds (Git: `git-config`, "Conditional includes"). */
function holds(
  condition: string,
  file: string,
  { home, gitFolders, branch }: ConfigSources,
  remotes: readonly string[],
): boolean {
  const [, kind = "", pattern = ""] =
    /^(gitdir\/i|gitdir|onbranch|hasconfig:remote\.\*\.url):(.*)$/su.exec(condition) ?? [];
  const whole = pattern.endsWith("/") ? `${pattern}**` : pattern;
  switch (kind) {
    case "gitdir":
    case "gitdir/i": {
      const ignoreCase = kind === "gitdir/i";
      const path = expanded(whole, home).replace(/^\.\//u, `${posix(dirname(file))}/`);
      const anywhere = path.startsWith("/") || /^[a-z]:\//iu.test(path) ? path : `**/${path}`;
      return gitFolders.some(folder => wildmatch(anywhere, posix(folder), { ignoreCase }));
    }
    case "onbranch":
      return branch !== undefined && wildmatch(whole, branch);
    case "hasconfig:remote.*.url":
      return remotes.some(remote => wildmatch(pattern, remote));
    default:
      return false;
  }
}

/** With `GIT_CONFIG_COUNT`, `GIT_CONFIG_KEY_0` and `GIT_CONFIG_VALUE_0` (Git: `git-config`, "Environment"). */
function ofEnvironment(env: NodeJS.ProcessEnv): ConfigEntry[] {
  const count = Math.min(Number(env["GIT_CONFIG_COUNT"] ?? 0), mostFiles);
  return Array.from({ length: count > 0 ? count : 0 }, (_, index) => index).flatMap(index => {
    const value = env[`GIT_CONFIG_VALUE_${index}`];
    const [, section, subsection, key] =
      /^([^.]+)(?:\.(.+))?\.([^.]+)$/su.exec(env[`GIT_CONFIG_KEY_${index}`] ?? "") ?? [];
    if (section === undefined || key === undefined || value === undefined) return [];
    const name = { section: section.toLowerCase(), key: key.toLowerCase(), value };
    return [{ ...name, ...(subsection !== undefined && { subsection }) }];
  });
}

function expanded(path: string, home: string): string {
  return path.replace(/^~(?=\/|$)/u, posix(home));
}

function posix(path: string): string {
  return process.platform === "win32" ? path.replaceAll("\\", "/") : path;
}
