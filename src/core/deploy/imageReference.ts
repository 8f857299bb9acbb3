/** A container image reference in its parts, with Docker's defaults filled in. */
export interface ImageReference {
  /** Registry host and port: "docker.io", "ghcr.io", "localhost:5000". */
  readonly host: string;
  /** Path and name of the repository: "library/nginx", "harbor-labs/thumbs". */
  readonly repository: string;
  readonly tag?: string;
  /** "sha256:" and 64 hexadecimal digits. */
  readonly digest?: string;
}

const pathComponent = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const repositoryForm = new RegExp(`^${pathComponent}(?:/${pathComponent})*$`, "u");
const hostForm = /^(?:[a-z0-9]+(?:(?:\.|-+)[a-z0-9]+)*|\[[0-9a-f:]+\])(?::\d+)?$/u;
const tagForm = /^\w[\w.-]{0,127}$/u;
const digestForm = /^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[0-9a-f]{32,}$/iu;

/**
 * The parts of `text`, or undefined when it is no image reference.
 *
 * Follows the grammar of the distribution project: the first component is a host when it holds a dot or a colon or
 * is `localhost`; without one the host is Docker Hub, where a name without owner lies under `library/`. Render shows
 * `nginx` as `docker.io/library/nginx:latest` in the same way.
 */
export function parseImageReference(text: string): ImageReference | undefined {
  let rest = text.trim().replace(/^https?:\/\//iu, "");
  let digest: string | undefined;
  const at = rest.indexOf("@");
  if (at >= 0) {
    digest = rest.slice(at + 1).toLowerCase();
    rest = rest.slice(0, at);
    if (!digestForm.test(digest)) return undefined;
  }
  let tag: string | undefined;
  const colon = rest.lastIndexOf(":");
  if (colon > rest.lastIndexOf("/")) {
    tag = rest.slice(colon + 1);
    rest = rest.slice(0, colon);
    if (!tagForm.test(tag)) return undefined;
  }
  const [first = "", ...others] = rest.split("/");
  const hasHost = others.length > 0 && (/[.:]/u.test(first) || first === "localhost");
  const host = hasHost
    ? first.toLowerCase().replace(/^(?:index|registry-1)\.docker\.io$/u, "docker.io")
    : "docker.io";
  const path = hasHost ? others.join("/") : rest;
  const repository = host === "docker.io" && !path.includes("/") ? `library/${path}` : path;
  if (!hostForm.test(host) || !repositoryForm.test(repository)) return undefined;
  return { host, repository, ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) };
}

/**
 * The full reference for what a person typed in place of the configured image's tag: a whole reference, a bare tag
 * ("1.5", ":1.5") or a bare digest ("sha256:…", "@sha256:…"). Undefined when it is none of these.
 */
export function completeImage(typed: string, configured: string): string | undefined {
  const text = typed.trim();
  const base = configured
    .trim()
    .replace(/@.*$/u, "")
    .replace(/:[^/:]*$/u, "");
  if (text.startsWith("@")) return completed(`${base}${text}`);
  if (digestForm.test(text) && text.startsWith("sha")) return completed(`${base}@${text}`);
  const tag = text.replace(/^:/u, "");
  if (tagForm.test(tag)) return completed(`${base}:${tag}`);
  return completed(text);
}

function completed(reference: string): string | undefined {
  return parseImageReference(reference) ? reference.replace(/^https?:\/\//iu, "") : undefined;
}

/** Whether host, repository and image name are equal: all that Render lets a deploy change is tag or digest. */
export function sameImage(one: string, other: string): boolean {
  const a = parseImageReference(one);
  const b = parseImageReference(other);
  return a !== undefined && a.host === b?.host && a.repository === b.repository;
}
