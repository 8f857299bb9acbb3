import type { LeftOut, RenderClient } from "../render/client.js";
import type { Owner, Service } from "../render/shapes.js";

/** With the workspaces and projects, which are read meanwhile, they leave a slot free for a person's click. */
const mostLists = 4;

/** Most accounts end within so many pages, and then asking for each workspace would only take more requests. */
const pagesTogether = 2;

/** A list that ended before its time. */
export interface CutList {
  readonly error: unknown;
  /** The workspaces whose services may be missing. */
  readonly ownerIds: ReadonlySet<string>;
}

export interface ServiceListParts {
  readonly render: Pick<RenderClient, "services">;
  readonly includePreviews: boolean;
  readonly signal: AbortSignal;
  readonly leftOut: LeftOut;
  /** All workspaces that the key reaches; undefined while, or where, they are not all known. */
  readonly owners: () => readonly Owner[] | undefined;
  /** Told of each page. A service may come twice. The services of one workspace come in Render's order. */
  readonly arrived: (page: readonly Service[]) => void;
}

/**
 * Reads an account's services: first of all workspaces in one list; where that goes on and there are several workspaces,
 * these side by side. Rejects when the one list fails; gives those of the others that failed.
 */
export async function readServices(parts: ServiceListParts): Promise<readonly CutList[]> {
  const { render, includePreviews, signal, leftOut, owners, arrived } = parts;
  const seen = new Set<string>();
  let pages = 0;
  let ids: readonly string[] | undefined;
  const early: Parameters<LeftOut>[0][number][] = [];
  for await (const page of render.services({ includePreviews }, signal, odd => early.push(...odd))) {
    pages += 1;
    for (const { ownerId } of page) seen.add(ownerId);
    arrived(page);
    // The lists of the workspaces tell of what cannot be read once more, and it must not count twice.
    ids = pages < pagesTogether ? undefined : separable(owners(), seen);
    if (ids) break;
  }
  if (!ids) {
    if (early.length > 0) leftOut(early);
    return [];
  }
  const groups = groupsOf(ids).map(async (ownerIds): Promise<CutList[]> => {
    try {
      for await (const page of render.services({ includePreviews, ownerIds }, signal, leftOut)) arrived(page);
      return [];
    } catch (error) {
      return [{ error, ownerIds: new Set(ownerIds) }];
    }
  });
  return (await Promise.all(groups)).flat();
}

/** The workspaces, where there are several and none besides that services came from. */
function separable(
  owners: readonly Owner[] | undefined,
  seen: ReadonlySet<string>,
): readonly string[] | undefined {
  const ids = owners?.map(({ id }) => id) ?? [];
  return ids.length > 1 && [...seen].every(id => ids.includes(id)) ? ids : undefined;
}

function groupsOf(ids: readonly string[]): readonly string[][] {
  return Array.from({ length: Math.min(mostLists, ids.length) }, (_, group) =>
    ids.filter((__, index) => index % mostLists === group),
  );
}
