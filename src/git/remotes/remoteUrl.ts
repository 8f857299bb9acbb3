import { decoded } from "../../text/uriPath.js";

interface Remote {
  /** In lower case, without a port. */
  readonly host: string;
  /** `owner/name`, or more parts with GitLab's subgroups; in lower case. */
  readonly path: string;
  /** Whether ssh resolves the host, so that it may be an alias of `~/.ssh/config`. */
  readonly isSsh: boolean;
}

/**
 * A Git remote as `host/owner/name` in lower case, so that an ssh address in a clone and the https address that
 * Render shows for a service can be compared. Undefined for what names no host (a local path) or no path.
 *
 * Handles `git@host:owner/name.git`, `[git@host:port]:owner/name`, `ssh://`, `git://`, `http(s)://` with user and port,
 * a closing `/` or `.git`, and the hosts that ssh is reached at over port 443 (`ssh.github.com`, `altssh.gitlab.com`,
 * `altssh.bitbucket.org`). Ports say nothing, as ssh and https of one host have different ones. The hosts Render builds
 * from (GitHub, GitLab, Bitbucket) all treat owner and name without regard to case.
 */
export function normalizeRemote(url: string): string | undefined {
  const remote = parse(url);
  return remote && `${remote.host}/${remote.path}`;
}

/** The part that two addresses have in common when they agree in any way: see `compareRemotes`. */
export function pathOfRemote(url: string): string | undefined {
  return parse(url)?.path;
}

/** How a remote of a clone and the repository of a service agree. */
export type RemoteAgreement =
  | { readonly kind: "same" }
  /** Owner and name agree, but ssh resolves the host, so it is likely and not sure. `alias` is the host as written. */
  | { readonly kind: "alias"; readonly alias: string };

/**
 * Whether a clone's remote is the repository a service is built from; undefined when it is not, or when either cannot be
 * understood.
 *
 * A host such as `github-work` or `github.com-work` is an alias of `~/.ssh/config`, which is not read here: the file may
 * include others, match by command and hold what is none of an extension's business. That owner and name agree is taken
 * for a weaker sign instead.
 */
export function compareRemotes(remote: string, repo: string): RemoteAgreement | undefined {
  const one = parse(remote);
  const other = parse(repo);
  if (!one || one.path !== other?.path) return undefined;
  if (one.host === other.host) return { kind: "same" };
  return one.isSsh && mayBeAlias(one.host, other.host) ? { kind: "alias", alias: one.host } : undefined;
}

/** Whether both certainly name the same repository. False when either cannot be understood. */
export function sameRepository(one: string, other: string): boolean {
  return compareRemotes(one, other)?.kind === "same";
}

/** What people name the ssh aliases of a host: a word without a dot, or the host with something before or behind it. */
function mayBeAlias(alias: string, host: string): boolean {
  const named = [`${host}-`, `${host}_`].some(start => alias.startsWith(start)) || alias.endsWith(`.${host}`);
  return !alias.includes(".") || named;
}

/** The services of an account are compared with the remotes again and again, and there are few different addresses. */
const parsed = new Map<string, Remote | undefined>();

/** More addresses than this are not kept. */
const mostParsed = 20_000;

function parse(url: string): Remote | undefined {
  const known = parsed.get(url);
  if (known !== undefined || parsed.has(url)) return known;
  if (parsed.size >= mostParsed) parsed.clear();
  const remote = read(url);
  parsed.set(url, remote);
  return remote;
}

function read(url: string): Remote | undefined {
  const trimmed = url.trim();
  const parts = /^[a-z][a-z+.-]*:\/\//iu.test(trimmed) ? fromUrl(trimmed) : fromScp(trimmed);
  if (!parts) return undefined;
  const host = parts.host.toLowerCase().replace(/^(?:www|ssh|altssh)\.(?=.*\.)/u, "");
  const path = parts.path
    .toLowerCase()
    .replace(/\/{2,}/gu, "/")
    .replace(/^\//u, "")
    .replace(/\/$/u, "")
    .replace(/\.git$/u, "");
  if (path === "" || host === "") return undefined;
  // Azure's ssh and https addresses of one repository differ in these two parts.
  const isAzure = host === "dev.azure.com";
  return { host, path: isAzure ? path.replace(/^v3\/|_git\//gu, "") : path, isSsh: parts.isSsh };
}

function fromUrl(url: string): Remote | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, hostname, pathname } = new URL(url);
  if (protocol === "file:") return undefined;
  return { host: hostname, path: decoded(pathname), isSsh: protocol.includes("ssh") };
}

/** The form `user@host:path` or `[user@host:port]:path`. One letter before the colon is a Windows drive, not a host. */
function fromScp(remote: string): Remote | undefined {
  const bracketed = /^\[(?:[^@\]]+@)?([^@:\]]+)(?::\d+)?\]:(.+)$/u.exec(remote);
  const match = bracketed ?? /^(?:[^@/\\:\s]+@)?([^@/\\:\s]{2,}):(?!\\)(.+)$/u.exec(remote);
  const [, host, path] = match ?? [];
  return host === undefined || path === undefined ? undefined : { host, path, isSsh: true };
}
