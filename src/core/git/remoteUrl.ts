/**
 * A Git remote as `host/owner/name` in lower case, so that an ssh address in a clone and the https address that
 * Render shows for a service can be compared. Undefined for what names no host (a local path) or no path.
 *
 * Handles `git@host:owner/name.git`, `ssh://`, `git://`, `http(s)://` with user and port, a closing `/` or `.git`.
 * The hosts Render builds from (GitHub, GitLab, Bitbucket) all treat owner and name without regard to case.
 */
export function normalizeRemote(url: string): string | undefined {
  const trimmed = url.trim();
  const parts = /^[a-z][a-z+.-]*:\/\//iu.test(trimmed) ? fromUrl(trimmed) : fromScp(trimmed);
  if (!parts) return undefined;
  const path = parts.path
    .replace(/^\/+/u, "")
    .replace(/\/+$/u, "")
    .replace(/\.git$/iu, "")
    .replace(/\/{2,}/gu, "/");
  if (path === "" || parts.host === "") return undefined;
  return `${parts.host.replace(/^(?:www|ssh|altssh)\./iu, "")}/${path}`.toLowerCase();
}

function fromUrl(url: string): { host: string; path: string } | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, hostname, pathname } = new URL(url);
  if (protocol === "file:") return undefined;
  return { host: hostname, path: safeDecode(pathname) };
}

/** The form `user@host:path`. One letter before the colon is a Windows drive, not a host. */
function fromScp(remote: string): { host: string; path: string } | undefined {
  const match = /^(?:[^@/\\:\s]+@)?([^@/\\:\s]{2,}):(?!\\)(.+)$/u.exec(remote);
  const [, host, path] = match ?? [];
  return host === undefined || path === undefined ? undefined : { host, path };
}

function safeDecode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Whether both name the same repository. False when either cannot be understood. */
export function sameRepository(one: string, other: string): boolean {
  const normalized = normalizeRemote(one);
  return normalized !== undefined && normalized === normalizeRemote(other);
}
