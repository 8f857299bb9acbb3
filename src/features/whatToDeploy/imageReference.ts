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
 * The full reference for what a person typed in place of the configured image's tag: a whole reference, a tag ("1.5",
 * ":1.5"), a digest ("sha256:…", "@sha256:…") or both. Undefined when it is none of these.
 *
 * The configured image is written as it is configured, whichever of its names was typed; of another image, the reference
 * stays as typed.
 */
export function completeImage(typed: string, configured: string): string | undefined {
  const text = typed.trim();
  const digest = text.replace(/^@/u, "");
  const version = digestForm.test(digest) ? `@${digest}` : `:${text.replace(/^:/u, "")}`;
  return (
    asConfigured(text, configured) ??
    asConfigured(`${withoutVersion(configured)}${version}`, configured) ??
    (parseImageReference(text) && text.replace(/^https?:\/\//iu, ""))
  );
}

/**
 * An image in the words of the configured one, with its own tag, or its digest, which decides where there are both:
 * all that Render lets a deploy change. Undefined for another image.
 */
export function asConfigured(image: string, configured: string): string | undefined {
  const parts = parseImageReference(image);
  if (!parts || !sameImage(image, configured)) return undefined;
  return `${withoutVersion(configured)}${versionOf(parts)}`;
}

function withoutVersion(configured: string): string {
  return configured
    .trim()
    .replace(/@.*$/u, "")
    .replace(/:[^/:]*$/u, "");
}

/** Docker takes `latest` where nothing is named, and looks at no tag where there is a digest. */
function versionOf({ tag = "latest", digest }: ImageReference): string {
  return digest === undefined ? `:${tag}` : `@${digest}`;
}

/** Whether host, repository and image name are equal: all that Render lets a deploy change is tag or digest. */
export function sameImage(one: string, other: string): boolean {
  const a = parseImageReference(one);
  const b = parseImageReference(other);
  return a !== undefined && b !== undefined && nameOf(a) === nameOf(b);
}

function nameOf({ host, repository }: ImageReference): string {
  return `${host}/${repository}`;
}

/** One name for all names of an image: "nginx" and "index.docker.io/library/nginx:latest" have the same. */
export function imageName(reference: string): string {
  const parts = parseImageReference(reference);
  return parts ? `${nameOf(parts)}${versionOf(parts)}` : reference;
}

/**
 * Whether a deploy that shows an image may be of the one that was asked for. Render shows whole references, whatever was
 * asked for; what it leaves out does not speak against it.
 */
export function mayBeImage(
  asked: string,
  { ref, sha }: { readonly ref?: string; readonly sha?: string },
): boolean {
  const wanted = parseImageReference(asked);
  if (ref === undefined) return wanted?.digest === undefined || sha === undefined || sha === wanted.digest;
  const shown = parseImageReference(ref);
  if (!wanted || !shown) return ref === asked;
  if (nameOf(wanted) !== nameOf(shown)) return false;
  if (wanted.digest !== undefined) return (shown.digest ?? sha ?? wanted.digest) === wanted.digest;
  // A digest beside the tag is what Render found the tag to stand for.
  const version = shown.tag === undefined ? versionOf(shown) : `:${shown.tag}`;
  return version === versionOf(wanted);
}
