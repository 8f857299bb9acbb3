import type { RepositoryFiles } from "./repositoryFiles.js";

/** Where Render puts a repository: Go's lies below its address. */
const nativeRoot = /^\/opt\/render\/project\/(?:src|go\/src\/[^/]+\/[^/]+\/[^/]+)(?:\/|$)/u;

/** What images, languages and package managers bring along. */
const foreignRoots =
  /^(?:\/opt\/render\/(?!project\/(?:src|go\/src)\b)|\/usr\/(?:local\/)?(?:lib|lib64|bin|sbin|share|include|go|cargo|bundle)\/|\/(?:lib|lib64|bin|sbin|etc|proc|rustc|nix|snap)\/|\/go\/pkg\/|\/root\/\.|\/home\/[^/]+\/\.)/u;

/** What is installed or generated, wherever it lies. */
const foreignFolders =
  /(?:^|\/)(?:node_modules|\.venv|venv|site-packages|dist-packages|\.gems|\.bundle|\.next|\.nuxt|\.output|\.svelte-kit|\.pnpm|\.yarn|\.cache|\.cargo|vendor|__pypackages__)\//u;

/** So many folders of an image stand above the copy of a repository at most, as in `/usr/src/app/`. */
const mostAbove = 4;

/** So many lines after an error the package manager says where it was. */
const reach = 80;

/** A folder that the log names, from the root of the repository. */
interface NamedFolder {
  readonly at: number;
  readonly folder: string;
}

/** What the log says of the folders that were worked in. */
interface LogFolders {
  /** Named where a script begins, and where it has failed. */
  readonly begun: readonly NamedFolder[];
  readonly failed: readonly NamedFolder[];
  /** Named in passing. */
  readonly others: readonly string[];
}

/** A path as it was printed. */
export interface PrintedPath {
  readonly path: string;
  /** The line of the log, from 0. */
  readonly at: number;
  /** The folder, or the package, that was worked on. */
  readonly scope?: string;
}

/** From printed paths to those of a repository. */
export class ProblemPaths {
  readonly #files: RepositoryFiles;
  readonly #rootDir: string;
  readonly #folders: LogFolders;
  readonly #votes = new Map<string, number>();

  /**
   * @param lines of the log, oldest first
   * @param files of the commit that was deployed
   * @param rootDir of the service, without slashes around it; empty for the root
   * @param printed all paths of the log: together they tell in which folder they lie
   */
  constructor(
    lines: readonly string[],
    files: RepositoryFiles,
    rootDir: string,
    printed: readonly PrintedPath[],
  ) {
    this.#files = files;
    this.#rootDir = rootDir;
    this.#folders = foldersIn(lines);
    for (const path of new Set(printed.map(each => plainPath(each.path))))
      for (const folder of isRelative(path) ? files.foldersWith(withoutUps(path)) : [])
        this.#votes.set(folder, (this.#votes.get(folder) ?? 0) + 1);
  }

  /**
   * The path of the file in the repository. Undefined where it is not there, where it is none of the person's own, and where
   * several may be meant.
   */
  find(printed: PrintedPath): string | undefined {
    const path = plainPath(printed.path);
    if (foreignRoots.test(path) || foreignFolders.test(path)) return undefined;
    if (nativeRoot.test(path)) return this.#existing("", path.replace(nativeRoot, ""));
    if (path.startsWith("/")) return this.#inImage(path.slice(1).split("/"));
    if (!isRelative(path)) return undefined;
    for (const folder of this.#likely(printed)) {
      const found = this.#existing(folder, path);
      if (found !== undefined) return found;
    }
    return this.#elsewhere(withoutUps(path));
  }

  #existing(folder: string, path: string): string | undefined {
    const joined = normal(folder === "" ? path : `${folder}/${path}`);
    return joined !== undefined && this.#files.has(joined) ? joined : undefined;
  }

  /** A copy in an image lies below folders that only its Dockerfile knows. */
  #inImage(parts: readonly string[]): string | undefined {
    const copies = parts.map((_, above) => parts.slice(above).join("/")).slice(0, mostAbove + 1);
    const [whole = "", ...below] = copies;
    for (const copy of [...below, whole])
      for (const folder of new Set([this.#rootDir, ""])) {
        const found = this.#existing(folder, copy);
        if (found !== undefined) return found;
      }
    for (const copy of below) {
      const found = this.#elsewhere(copy);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The folders in which a command may have printed it, the likeliest first. */
  #likely({ at, scope }: PrintedPath): Iterable<string> {
    const { begun, failed, others } = this.#folders;
    const nextBegun = begun.find(each => each.at > at)?.at ?? Infinity;
    const after = failed.find(each => each.at > at && each.at < Math.min(nextBegun, at + reach));
    const before = begun.filter(each => each.at <= at).at(-1);
    return new Set([
      ...(scope === undefined ? [] : this.#scoped(scope)),
      ...[after, before].flatMap(each => each?.folder ?? []),
      ...others,
      this.#rootDir,
      "",
    ]);
  }

  #scoped(scope: string): readonly string[] {
    if (this.#files.hasFolder(scope)) return [scope];
    return this.#files.foldersNamed(scope.slice(scope.lastIndexOf("/") + 1));
  }

  /** Where nothing names a folder: the only one, else the one in which most of what was printed exists. */
  #elsewhere(path: string): string | undefined {
    const found = this.#files
      .foldersWith(path)
      .map(folder => ({ folder, votes: this.#votes.get(folder) ?? 0 }));
    const most = Math.max(...found.map(({ votes }) => votes));
    const [best, ...others] = found.filter(({ votes }) => votes === most);
    return best && others.length === 0 ? this.#existing(best.folder, path) : undefined;
  }
}

function isRelative(path: string): boolean {
  return path !== "" && !/^(?:\/|[a-z][\w+.-]+:|<)/iu.test(path);
}

/** Without what bundlers and addresses put around a path. */
function plainPath(printed: string): string {
  const path = printed
    .trim()
    .replace(/^["'`]+|["'`,]+$/gu, "")
    .replace(/^file:\/\/(?=\/)/u, "")
    .replace(/^webpack(?:-internal)?:\/\/[^/]*\/(?:\([^)]*\)\/)?/u, "")
    .replace(/[?#].*$/u, "")
    .replace(/^(?:\.\/)+/u, "");
  return /%[\da-f]{2}/iu.test(path) ? decoded(path) : path;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function withoutUps(path: string): string {
  return path.replace(/^(?:\.\.\/)+/u, "");
}

/** Undefined where it leaves the repository. */
function normal(path: string): string | undefined {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}

const root = "/opt/render/project/src";
/** What npm says once a script has failed. */
const scriptFailed = /\bnpm (?:error|ERR!) (?:path|location) (\/\S+)/u;
/** What pnpm says before a script, Node.js's version by the file that asks for it, and where packages lie. */
const scriptBegins = new RegExp(`^(?:#\\d+ [\\d.]+ )?> \\S+@\\S+ \\S+ (${root}\\S*)$`, "u");
const passing = [
  new RegExp(`^==> Using .* via (?:${root}|\\.)/(\\S*?)/?[^/\\s]+$`, "u"),
  new RegExp(`${root}/([^\\s'"]*?)/node_modules/`, "u"),
  /^==> Running (?:build command )?'(?:.*&& ?|.*; ?)?cd (?:\.\/)?([\w@./-]+?)\/? ?(?:&&|;)/u,
];

/** So many characters of a line are read for what it says of folders. */
const longestRead = 400;

function foldersIn(lines: readonly string[]): LogFolders {
  const begun: NamedFolder[] = [];
  const failed: NamedFolder[] = [];
  const others = new Set<string>();
  for (const [at, line] of lines.entries()) {
    const start = line.slice(0, longestRead);
    const begins = folderOf(scriptBegins.exec(start)?.[1]);
    if (begins !== undefined) begun.push({ at, folder: begins });
    const fails = folderOf(scriptFailed.exec(start)?.[1]);
    if (fails !== undefined) failed.push({ at, folder: fails });
    for (const pattern of passing) {
      const folder = pattern.exec(start)?.[1];
      if (folder !== undefined && folder !== "") others.add(folder);
    }
  }
  return { begun, failed, others: [...others] };
}

function folderOf(path: string | undefined): string | undefined {
  if (path === undefined || !nativeRoot.test(`${path}/`)) return undefined;
  return path
    .replace(nativeRoot, "")
    .replace(/\/$/u, "")
    .replace(/^\/opt\/.*$/u, "");
}
