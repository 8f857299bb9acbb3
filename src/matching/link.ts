import { pathBelow } from "../text/uriPath.js";

/** The link of the innermost folder that holds a file or folder: what is linked closer beats what is linked around it. */
export function linkAt(uri: string | undefined, links: readonly ServiceLink[]): ServiceLink | undefined {
  if (uri === undefined) return undefined;
  return links
    .filter(({ folder }) => pathBelow(folder, uri) !== undefined)
    .sort((a, b) => b.folder.length - a.folder.length)[0];
}

/** The links with this one in place of the folder's former link. */
export function withLink(link: ServiceLink, links: readonly ServiceLink[]): ServiceLink[] {
  return [...links.filter(({ folder }) => folder !== link.folder), link];
}

/** A person's choice: this folder is deployed to that service. */
export interface ServiceLink {
  /** The folder's URI, as `Uri.toString()` writes it. */
  readonly folder: string;
  readonly service: { readonly id: string; readonly name: string };
}
