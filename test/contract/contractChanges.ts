import { isObject, type Json } from "./json";

/**
 * What is different in another contract, a line each: `+` what is new, `-` what is gone, `~` what became something
 * else, each with its place. The order of lists says nothing and is not compared.
 */
export function contractChanges(before: unknown, after: unknown, place: readonly string[] = []): string[] {
  const where = place.join(" › ");
  if (isObject(before) && isObject(after) && Array.isArray(before) === Array.isArray(after)) {
    const [was, is] = [entriesOf(before), entriesOf(after)];
    return [...new Set([...was.keys(), ...is.keys()])].flatMap(key => {
      const inner = [...place, key];
      if (!was.has(key)) return [`+ ${line(inner, is.get(key))}`];
      if (!is.has(key)) return [`- ${line(inner, was.get(key))}`];
      return contractChanges(was.get(key), is.get(key), inner);
    });
  }
  const texts = [before, after].map(value => JSON.stringify(value));
  return texts[0] === texts[1] ? [] : [`~ ${where}: ${texts.join(" → ")}`];
}

/** What an object or a list holds, by a name that stays when something else comes or goes. */
function entriesOf(value: Json | unknown[]): Map<string, unknown> {
  if (!Array.isArray(value)) return new Map(Object.entries(value));
  return new Map(value.map((item: unknown, index) => [nameOf(item, index), item]));
}

function nameOf(item: unknown, index: number): string {
  if (!isObject(item)) return String(item);
  const { name, $ref: reference, "x-event": event } = item;
  const named = [name, reference, event].find(text => typeof text === "string");
  return named ?? String(index);
}

/** A place, with what is there when that is a single value that its name does not tell. */
function line(place: readonly string[], value: unknown): string {
  const isTold = isObject(value) || value === place.at(-1);
  return `${place.join(" › ")}${isTold ? "" : `: ${JSON.stringify(value)}`}`;
}
