import { plainText } from "../text/plainText.js";

/** What was pasted as an API key: the key in it, or why there is none. */
export type PastedKey =
  | { readonly ok: true; readonly key: string }
  /** A whole sentence, with what to do. */
  | { readonly ok: false; readonly text: string };

const createOne = "Create an API key with the button above, copy it, and paste it here.";

/** What people paste in place of a key, each with what it is. Ids: Render API, id prefixes. */
const mistakes: readonly (readonly [RegExp, string])[] = [
  [
    /[•●∙·…]|\*{2,}|\.{3}/u,
    "This is a key with a part of it hidden. Render shows a key whole only once, when it is created. Create a new one with the button above.",
  ],
  [/\/deploy\/(?:srv|crn|exs)-/iu, `This is the address of a deploy hook, not an API key. ${createOne}`],
  [/^[a-z]+:\/\//iu, `This is an address, not an API key. ${createOne}`],
  [/^[^\s@]+@[^\s@]+\.[^\s@]+$/u, `This is an email address, not an API key. ${createOne}`],
  [
    /^(?:srv|crn|dep|tea|usr|own|evm|prj|evt|exs|red|dpg|rgc|evg|whk|job)-[0-9a-z]{20}/iu,
    `This is the id of something at Render, not an API key. ${createOne}`,
  ],
  [/^\W*RENDER_API_KEY\W*$/u, `This is the name of a variable, not the key in it. ${createOne}`],
  [/^(?:gh[pousr]_|github_pat_|glpat-|sk-)/u, `This is a key of another service. ${createOne}`],
  [/\brnd_.*\brnd_/su, "These are several keys. Copy one of them alone, and paste it again."],
  [/\s/u, "An API key has no blanks in it. Copy the key alone, and paste it again."],
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
  if (key === "") return problem("Paste the API key first, or press Escape to leave.");
  const mistake = mistakes.find(([form]) => form.test(key));
  if (mistake) return problem(`${mistake[1]} Nothing was sent.`);
  const odd = /[^\x21-\x7e]/u.exec(key)?.[0];
  if (odd !== undefined)
    return problem(
      `No API key has the character “${plainText(odd, 4)}” in it. Copy the key again, and paste it here. Nothing was sent.`,
    );
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
