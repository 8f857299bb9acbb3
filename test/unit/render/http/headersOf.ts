import type { HeaderReader } from "../../../../src/render/http/rateLimit.js";

/** Reply headers, read without regard to capitals. */
export function headersOf(values: Readonly<Record<string, string | undefined>>): HeaderReader {
  const byName = new Map(Object.entries(values).map(([name, value]) => [name.toLowerCase(), value]));
  return { get: name => byName.get(name.toLowerCase()) ?? null };
}
