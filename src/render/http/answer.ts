import type { HeaderReader } from "./rateLimit.js";

/** Who gave an answer: Render, something on the way to it, or one of the two and nothing tells which. */
export type Answerer = "render" | "between" | "unclear";

/** What is read of an answer that is an error. */
export interface ErrorBody {
  /** What it says, in one piece: a sentence, the title of a page, or the text as it is. */
  readonly message: string;
  readonly code: string;
}

/** Headers that only proxies, and the sieve before a website, add to what they answer themselves. */
const betweenHeaders = ["proxy-authenticate", "x-squid-error", "cf-mitigated"];

/** What gateways call themselves in answers that are no pages: Cloudflare's are "error code: 1020". */
const betweenWords = /^\s*error code: \d+|cloudflare|\b(?:firewall|gateway|proxy|squid|zscaler)\b/iu;

/**
 * Who answered with an error. Render's errors are JSON with a `message`, an `error` or an `id`, and every recorded reply
 * has a `Render-Request-Id` (Render API: errors, transport). A web page is never Render's.
 */
export function answererOf(headers: HeaderReader, text: string): Answerer {
  if (isPage(headers, text)) return "between";
  if (betweenHeaders.some(name => headers.get(name) !== null)) return "between";
  if (isText(headers.get("render-request-id"))) return "render";
  if (betweenWords.test(text)) return "between";
  const { message, error, id } = fieldsOf(text) ?? {};
  return [message, error, id].some(isText) ? "render" : "unclear";
}

/** Whether it is a page for a browser. What it is called counts only where its text does not tell. */
export function isPage(headers: HeaderReader, text: string): boolean {
  const begin = text.trimStart().slice(0, 1);
  if (begin === "<") return true;
  return (
    begin !== "" && !/[[{"]/u.test(begin) && /\b(?:html|xml)\b/iu.test(headers.get("content-type") ?? "")
  );
}

/** Render API: errors. Any of it can be missing, the body need not be JSON, and that of a 429 has `error` only. */
export function errorBodyOf(headers: HeaderReader, text: string): ErrorBody {
  if (isPage(headers, text))
    return { message: /<title[^>]{0,100}>([^<]{0,500})/iu.exec(text)?.[1] ?? "", code: "" };
  const fields = fieldsOf(text);
  if (!fields) return { message: text, code: "" };
  const { message, error, code } = fields;
  return { message: [message, error].find(isText) ?? "", code: isText(code) ? code : "" };
}

/** Undefined for what is no JSON. */
function fieldsOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return Object(JSON.parse(text)) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
