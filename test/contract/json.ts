export type Json = Record<string, unknown>;

/** The value at a path inside the document; undefined when there is none. */
export function pointer(document: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => {
    if (Array.isArray(value)) return (value as unknown[])[Number(key)];
    return isObject(value) ? value[key] : undefined;
  }, document);
}

/** The path that a reference such as `#/components/schemas/deploy` stands for (RFC 6901). */
export function pathOfReference(reference: string): string[] {
  return reference
    .slice(2)
    .split("/")
    .map(part => decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** @throws Error unless the value is an object */
export function objectAt(value: unknown): Json {
  if (!isObject(value)) throw new Error("Render's OpenAPI document has another shape");
  return value;
}

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null;
}
