import { createHash } from "node:crypto";

/** An image reference taken apart. */
export interface ImageReference {
  /** Host, repository and name, for example `docker.io/library/nginx`: what a deploy may not change. */
  name: string;
  /** With its `:` or `@`, for example `:1.27` or `@sha256:…`. */
  version: string;
}

/** Takes an image reference apart and fills in what Docker would: `nginx` is `docker.io/library/nginx:latest`. */
export function parseImage(text: string): ImageReference | undefined {
  const match =
    /^([a-z0-9][\w.\-/]*(?::\d+\/[\w.\-/]+)?)(?::([\w][\w.-]{0,127}))?(@sha256:[0-9a-f]{64})?$/i.exec(text);
  if (match === null) return undefined;
  const [, path = "", tag, digest] = match;
  const [first = "", ...rest] = path.split("/");
  const hasHost = rest.length > 0 && /[.:]|^localhost$/.test(first);
  const host = hasHost ? first : "docker.io";
  const local = hasHost ? rest.join("/") : path;
  const name = host === "docker.io" && !local.includes("/") ? `library/${local}` : local;
  return { name: `${host}/${name}`, version: digest ?? `:${tag ?? "latest"}` };
}

/** The digest the simulator resolves a reference to. */
export function imageDigest(ref: string): string {
  return (
    /@(sha256:[0-9a-f]{64})$/.exec(ref)?.[1] ?? `sha256:${createHash("sha256").update(ref).digest("hex")}`
  );
}
