import { ApiError } from "./apiError";
import type { Quirks } from "./quirks";

/** Reads the filters of a list call. Each method throws an ApiError for a value that is not accepted. */
export class Filters {
  constructor(
    readonly query: URLSearchParams,
    private readonly quirks: Quirks,
  ) {}

  /** The values of a key that is sent once, with commas between them; undefined when it is not sent. */
  commaJoined(key: string): string[] | undefined {
    const all = this.query.getAll(key);
    if (all.length === 0) return undefined;
    if (all.length > 1) this.#otherEncoding(key);
    return all.flatMap(value => value.split(","));
  }

  /** The values of a key that is sent once for each value; undefined when it is not sent. */
  repeated(key: string, allowed?: readonly string[]): string[] | undefined {
    const all = this.query.getAll(key);
    if (all.length === 0) return undefined;
    if (allowed === undefined) return all;
    const joined = all.some(value => value.includes(","));
    if (joined) this.#otherEncoding(key);
    const values = joined ? all.flatMap(value => value.split(",")) : all;
    onlyAllowed(key, values, allowed);
    return values;
  }

  /** As {@link commaJoined}, for a closed list of values. */
  oneOf(key: string, allowed: readonly string[]): string[] | undefined {
    const values = this.commaJoined(key);
    if (values !== undefined) onlyAllowed(key, values, allowed);
    return values;
  }

  /** Whether `name` is among the names asked for. */
  hasName(name: string, values: readonly string[] | undefined): boolean {
    if (values === undefined) return true;
    return this.quirks.nameFilter === "equals"
      ? values.includes(name)
      : values.some(value => name.includes(value));
  }

  /** Tells of a moment whether it lies between `<prefix>After` and `<prefix>Before`; a missing moment lies between nothing. */
  range(prefix: "created" | "updated" | "finished"): (at: number | undefined) => boolean {
    const after = this.#date(`${prefix}After`);
    const before = this.#date(`${prefix}Before`);
    const slack = this.quirks.inclusiveDates ? 0 : 1;
    return at => {
      if (after === undefined && before === undefined) return true;
      if (at === undefined) return false;
      return (after === undefined || at >= after + slack) && (before === undefined || at <= before - slack);
    };
  }

  flag(key: string, otherwise: boolean): boolean {
    const text = this.query.get(key);
    if (text === null) return otherwise;
    if (text !== "true" && text !== "false") throw new ApiError(400, `invalid ${key}: ${text}`);
    return text === "true";
  }

  #date(key: string): number | undefined {
    const text = this.query.get(key);
    if (text === null) return undefined;
    const at = Date.parse(text);
    if (Number.isNaN(at)) throw new ApiError(400, `invalid ${key}: ${text}`);
    return at;
  }

  #otherEncoding(key: string): void {
    const { otherArrayEncoding } = this.quirks;
    if (otherArrayEncoding !== "accept") throw new ApiError(otherArrayEncoding, `invalid ${key}`);
  }
}

function onlyAllowed(key: string, values: readonly string[], allowed: readonly string[]): void {
  const wrong = values.find(value => !allowed.includes(value));
  if (wrong !== undefined) throw new ApiError(400, `invalid ${key}: ${wrong}`);
}

/** Whether `value` is among those asked for; true when nothing was asked. */
export function among(values: readonly string[] | undefined, value: string | undefined): boolean {
  return values === undefined || (value !== undefined && values.includes(value));
}
