import { inspect } from "node:util";

/**
 * Where the key is found in what a program put out: text as it is, anything else with all it holds (hidden fields,
 * stacks, causes, getters, maps, and what JSON makes of it). Looked for in the forms in which it could get there: plain, percent-encoded, as
 * base64 (also of the header's value), and as the header's value with another key in it.
 *
 * @returns one line for each output with a leak; never the key itself
 */
export function leaksIn(outputs: Readonly<Record<string, unknown>>, key: string): string[] {
  const header = `Bearer ${key}`;
  const forms = [key, encodeURIComponent(key), ...[key, header].map(base64)];
  return Object.entries(outputs).flatMap(([name, output]) => {
    const text = typeof output === "string" ? output : textOf(output);
    const found = forms.some(form => text.includes(form)) || /\bBearer\s+\S/u.test(text);
    return found ? [`${name} holds the key or the Authorization header`] : [];
  });
}

/** Without the padding, which depends on what follows. */
function base64(text: string): string {
  return Buffer.from(text).toString("base64").replace(/=+$/, "").slice(0, -2);
}

function textOf(value: unknown): string {
  const depths = inspect(value, {
    depth: Infinity,
    showHidden: true,
    getters: true,
    maxArrayLength: null,
    maxStringLength: null,
    // A long line is broken into pieces joined by "+" otherwise.
    breakLength: Infinity,
  });
  return [depths, ...errorsIn(value).map(error => error.stack ?? ""), jsonOf(value)].join("\n");
}

/** An error with its causes. */
function errorsIn(value: unknown): Error[] {
  const errors: Error[] = [];
  for (let error = value; error instanceof Error && !errors.includes(error); error = error.cause)
    errors.push(error);
  return errors;
}

function jsonOf(value: unknown): string {
  try {
    const json: unknown = JSON.stringify(value);
    return typeof json === "string" ? json : "";
  } catch {
    return "";
  }
}
