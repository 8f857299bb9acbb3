import { createHash } from "node:crypto";
import { ApiError } from "./apiError";
import { pick } from "./ids";
import type { Quirks, StatusOr } from "./quirks";

/** How to list things of one kind. */
export interface Listing<T> {
  /** The name of the object beside its cursor, for example `service`. */
  name: string;
  id: (item: T) => string;
  /** When it was made, in milliseconds since the Unix epoch. */
  at: (item: T) => number;
  matches: (item: T) => boolean;
  show: (item: T) => unknown;
}

/**
 * One page of a list (Render API: cursor pagination).
 *
 * @throws ApiError for a limit or a cursor that is not accepted
 */
export function page<T>(
  query: URLSearchParams,
  quirks: Quirks,
  items: readonly T[],
  listing: Listing<T>,
): Record<string, unknown>[] {
  const limit = limitOf(query, quirks.limitAbove100);
  const ordered = inOrder(items, quirks.listOrder, listing);
  const start = startOf(query.get("cursor") ?? "", quirks.badCursor, ordered, listing);
  const rest = ordered.slice(start).filter(item => listing.matches(item));
  const isEnd = rest.length <= limit;
  return rest.slice(0, limit).map((item, index) => {
    const shown = { [listing.name]: listing.show(item) };
    const isLast = isEnd && index === rest.length - 1;
    return isLast && !quirks.fullLastPage ? shown : { ...shown, cursor: cursorOf(listing.id(item)) };
  });
}

/** @throws ApiError unless `limit` is absent or accepted */
export function limitOf(query: URLSearchParams, above: "400" | "clamp" | "accept"): number {
  const text = query.get("limit") ?? "20";
  const limit = Number(text);
  if (!/^\d+$/.test(text) || limit < 1 || limit > 10_000) throw new ApiError(400, `invalid limit: ${text}`);
  if (limit <= 100 || above === "accept") return limit;
  if (above === "clamp") return 100;
  throw new ApiError(400, "limit must be between 1 and 100");
}

function inOrder<T>(items: readonly T[], order: Quirks["listOrder"], { id, at }: Listing<T>): T[] {
  switch (order) {
    case "newestFirst":
      return items.toSorted((a, b) => at(b) - at(a));
    case "oldestFirst":
      return items.toReversed().toSorted((a, b) => at(a) - at(b));
    case "shuffled":
      return items.toSorted((a, b) => pick(id(a), 1e9) - pick(id(b), 1e9));
  }
}

function startOf<T>(
  cursor: string,
  onBad: StatusOr<"ignore">,
  ordered: readonly T[],
  listing: Listing<T>,
): number {
  if (cursor === "") return 0;
  const index = ordered.findIndex(item => cursorOf(listing.id(item)) === cursor);
  if (index >= 0) return index + 1;
  if (onBad === "ignore") return 0;
  throw new ApiError(onBad, "invalid cursor");
}

/** As recorded from Render: eight bytes that say nothing and the last 16 characters of the id. */
function cursorOf(id: string): string {
  const opaque = createHash("sha1").update(`cursor/${id}`).digest().subarray(0, 8);
  return Buffer.concat([opaque, Buffer.from(id.slice(-16))]).toString("base64url");
}
