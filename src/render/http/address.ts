/** Values of a query. A list is sent as one key with its values joined by commas; `undefined` is left out. */
export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** Builds a path with each value percent-encoded as one segment: ``pathOf`/services/${id}` ``. */
export function pathOf(parts: TemplateStringsArray, ...segments: string[]): string {
  return parts.reduce((path, part, i) => path + encodeURIComponent(segments[i - 1] ?? "") + part);
}

/** Does the path name what it seems to? An empty id, `.` or `..` would make it the path of something else. */
export function isPlainPath(path: string): boolean {
  return !/\/\.{0,2}(?=\/|$)/.test(path);
}

/** The query with its `?`, or nothing. Render API: conventions, arrays on /services, /projects and /environments. */
export function queryOf(query: Query): string {
  const pairs = Object.entries(query).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const encoded =
      typeof value === "object" ? value.map(encodeURIComponent).join(",") : encodeURIComponent(value);
    return `${encodeURIComponent(name)}=${encoded}`;
  });
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}
