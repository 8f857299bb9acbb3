import { Composer, Lexer, Parser } from "yaml";
import { YamlNodes } from "./yamlNodes.js";

/** Why a file is left unread. */
export type Unread = "tooLong" | "tooDeep";

/** Far more than a file that people write by hand, in UTF-16 units: reading a longer one would hold up the editor. */
const longestText = 200_000;

/** How deep a file may be nested, as the parser counts; the deepest field of a Blueprint lies about 25 deep. */
const deepest = 200;

/**
 * The first document of a YAML text as far as it can be read, or why it is left alone. What is too long or too deep is
 * seen while the text is taken apart, before anything is built from it.
 */
export function readYaml(text: string): YamlNodes | Unread {
  if (text.length > longestText) return "tooLong";
  // Nobody reads where in the parser its complaints came up; to note it takes most of the time of a broken file.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return contentsOf(text);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function contentsOf(text: string): YamlNodes | Unread {
  const parser = new Parser();
  // Names are texts, whatever else they look like, so no scalar is made a number or a truth value.
  const composer = new Composer({ schema: "failsafe", prettyErrors: false, uniqueKeys: false });
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      // What the parser could make nothing of.
      if (token.type === "error") continue;
      for (const { contents } of composer.next(token)) return new YamlNodes(contents);
    }
    if (parser.stack.length > deepest) return "tooDeep";
  }
  for (const token of parser.end())
    for (const { contents } of composer.next(token)) return new YamlNodes(contents);
  for (const { contents } of composer.end()) return new YamlNodes(contents);
  return new YamlNodes(undefined);
}
