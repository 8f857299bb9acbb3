import { mistakeText, noKeyPasted, oddCharacterText, type Mistake } from "./keyTexts.js";

/** What was pasted as an API key: the key in it, or why there is none. */
export type PastedKey =
  | { readonly ok: true; readonly key: string }
  /** A whole sentence, with what to do. */
  | { readonly ok: false; readonly text: string };

/** What people paste in place of a key, each with what it is. Ids: Render API, id prefixes. */
const mistakes: readonly (readonly [RegExp, Mistake])[] = [
  [/[•●∙·…]|\*{2,}|\.{3}/u, "hidden"],
  [/\/deploy\/(?:srv|crn|exs)-/iu, "deployHook"],
  [/^[a-z]+:\/\//iu, "address"],
  [/^[^\s@]+@[^\s@]+\.[^\s@]+$/u, "email"],
  [/^(?:srv|crn|dep|tea|usr|own|evm|prj|evt|exs|red|dpg|rgc|evg|whk|job)-[0-9a-z]{20}/iu, "id"],
  [/^\W*RENDER_API_KEY\W*$/u, "variable"],
  [/^(?:gh[pousr]_|github_pat_|glpat-|sk-)/u, "otherService"],
  [/\brnd_.*\brnd_/su, "several"],
  [/\s/u, "blanks"],
];

/** Invisible characters: they are part of no key, wherever they stand. */
const invisible = /[\p{Cf}\p{Zl}\p{Zp}\p{Mn}]|(?![\t\n\r])\p{Cc}/gu;

/** Blanks of other widths than the usual one, among them those that do not break. */
const oddBlanks = /(?! )\p{Zs}/gu;

const quotes = "[\"'`´“”„‟‘’‚‛«»‹›]";

/** What stands around a key where it is copied from: a shell, an `.env` or JSON file, a header, a command. */
const wrappings: readonly RegExp[] = [
  new RegExp(`^${quotes}+|${quotes}+$`, "gu"),
  /^(?:export|set|setx)\s+(?=RENDER_)/iu,
  /^\$env:(?=RENDER_)/iu,
  new RegExp(`^RENDER_API_KEY${quotes}?\\s*[=:]`, "iu"),
  /^Authorization\s*:/iu,
  /^Bearer(?:\s+|$)/iu,
  /[,;]+$/u,
];

/** The key in what was pasted. Whether it is one only Render can tell: its form is not documented (Render API). */
export function readPastedKey(pasted: string): PastedKey {
  const bare = joined(unwrapped(pasted.replace(invisible, ""))).replace(oddBlanks, "");
  const key = /^\w+$/u.test(bare) ? bare : theOneIn(bare);
  if (key === "") return problem(noKeyPasted);
  const mistake = mistakes.find(([form]) => form.test(key));
  if (mistake) return problem(mistakeText(mistake[1]));
  const odd = /[^\x21-\x7e]/u.exec(key)?.[0];
  if (odd !== undefined) return problem(oddCharacterText(odd));
  return { ok: true, key };
}

/** The only thing in a text that looks like a key; the text where there is none, or more than one. */
function theOneIn(text: string): string {
  const [found, ...others] = text.match(/(?<!\w)rnd_\w{10,}/gu) ?? [];
  return found !== undefined && others.length === 0 ? found : text;
}

function problem(text: string): PastedKey {
  return { ok: false, text };
}

/** Wrappings stand within each other in any order. */
function unwrapped(text: string): string {
  let inner = text.trim();
  for (let outer = ""; outer !== inner;) {
    outer = inner;
    for (const wrapping of wrappings) inner = inner.replace(wrapping, "").trim();
  }
  return inner;
}

/** A key that a terminal broke into lines. Two keys on two lines are not one. */
function joined(text: string): string {
  const [first = "", ...others] = text.split(/[\t\r\n]+/u);
  const isOne = others.every(line => /^\w+$/u.test(line) && !line.startsWith("rnd_"));
  return isOne && /^\w+$/u.test(first) ? [first, ...others].join("") : text;
}
