/**
 * Values of a query. A list is sent as one key with its values joined by commas, `each` as the key once for each value;
 * `undefined` is left out.
 */
export type Query = Readonly<
  Record<
    string,
    string | number | boolean | readonly string[] | { readonly each: readonly string[] } | undefined
  >
>;

/** Builds a path with each value percent-encoded as one segment: ``pathOf`/services/${id}` ``. */
export function pathOf(parts: TemplateStringsArray, ...segments: string[]): string {
  return parts.reduce((path, part, i) => path + encodeURIComponent(segments[i - 1] ?? "") + part);
}

/** Does the path name what it seems to? An empty id, `.` or `..` would make it the path of something else. */
export function isPlainPath(path: string): boolean {
  return !/\/\.{0,2}(?=\/|$)/.test(path);
}

/**
 * The query with its `?`, or nothing. Render API: conventions, arrays on /services, /projects and /environments; those of
 * /logs are repeated.
 */
export function queryOf(query: Query): string {
  const pairs = Object.entries(query).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const key = encodeURIComponent(name);
    if (typeof value !== "object") return `${key}=${encodeURIComponent(value)}`;
    if ("each" in value) return value.each.map(each => `${key}=${encodeURIComponent(each)}`);
    return `${key}=${value.map(encodeURIComponent).join(",")}`;
  });
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}
