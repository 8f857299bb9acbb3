import { isMap, isPair, isScalar, isSeq, type Node, type Pair, type YAMLMap } from "yaml";
import type { BlueprintFile } from "./blueprintFile.js";
import type { Span } from "./textPlaces.js";
import { textOf } from "./yamlNodes.js";

/** A word of an error, and whether the error sets it apart as a name. */
interface Word {
  readonly text: string;
  readonly isQuoted: boolean;
}

/** What a part of the file holds, by its text; the first of several. */
interface Contents {
  /** Mappings by what their `name` or `key` is. */
  readonly named: ReadonlyMap<string, { readonly map: YAMLMap; readonly pair: Pair }>;
  readonly values: ReadonlyMap<string, Pair | Node>;
  readonly keys: ReadonlyMap<string, Pair>;
}

/** What is behind this of an error is not looked at, in UTF-16 units. */
const longestText = 2_000;

/** More words than this of an error are not looked for. */
const mostWords = 60;

/** The fields that a part of a Blueprint is known by: services, databases and groups have a name, variables a key. */
const naming = new Set(["name", "key"]);

/**
 * Where the text of an error points: to a field it names (`services[0].plan`), to a line it tells, or to the words in
 * it that the file holds too. A service that is named narrows down where its other words are looked for.
 */
export class PointedAt {
  readonly #file: BlueprintFile;
  readonly #contents = new Map<Node, Contents>();

  constructor(file: BlueprintFile) {
    this.#file = file;
  }

  /** Where an error points that names no field of its own. */
  find(text: string): Span | undefined {
    const { places, nodes } = this.#file;
    const [, line, column] = /\bline (\d{1,7})(?:\D{1,12}\bcol(?:umn)? (\d{1,7}))?/iu.exec(text) ?? [];
    if (line !== undefined) return places.saidAt(Number(line) - 1, Number(column ?? 1) - 1);
    for (const [path] of text.slice(0, longestText).matchAll(/\w+(?:\[\d+\]|\.\w+)+/gu)) {
      const field = this.#file.find(path);
      if (field) return field.isWhole ? field.span : (this.within(text, field.node) ?? field.span);
    }
    return this.within(text, nodes?.root);
  }

  /** Where the words of an error point within a part of the file; undefined where it holds none of them. */
  within(text: string, part: Node | undefined): Span | undefined {
    if (!part) return undefined;
    let scope = part;
    let named: Pair | undefined;
    const others: Word[] = [];
    for (const word of wordsOf(text)) {
      const found = this.#contentsOf(scope).named.get(word.text);
      if (found) ({ map: scope, pair: named } = found);
      else others.push(word);
    }
    const found = this.#pairOf(others, scope) ?? named;
    return found && this.#spanOf(found);
  }

  /** Values before keys, as they tell more; a plain word is only the name of a field if it looks like one there. */
  #pairOf(words: readonly Word[], scope: Node): Pair | Node | undefined {
    const { values, keys } = this.#contentsOf(scope);
    const own = (word: string): Pair | undefined => this.#file.nodes?.pair(scope, word);
    const quoted = words.filter(({ isQuoted }) => isQuoted);
    const fields = words.filter(({ text, isQuoted }) => isQuoted || /^[a-z]+[A-Z]/u.test(text));
    return (
      first(quoted, word => values.get(word)) ??
      first(fields, word => own(word) ?? keys.get(word)) ??
      first(words, own)
    );
  }

  #contentsOf(scope: Node): Contents {
    const known = this.#contents.get(scope);
    if (known) return known;
    const contents = read(scope);
    this.#contents.set(scope, contents);
    return contents;
  }

  #spanOf(found: Pair | Node): Span | undefined {
    if (!isPair(found))
      return found.range ? this.#file.places.span(found.range[0], found.range[1]) : undefined;
    const part = this.#file.nodes?.part(found);
    return part && this.#file.places.span(part.start, part.end);
  }
}

function first<T>(words: readonly Word[], find: (word: string) => T | undefined): T | undefined {
  for (const { text } of words) {
    const found = find(text);
    if (found !== undefined) return found;
  }
  return undefined;
}

function wordsOf(text: string): Word[] {
  const found = text.slice(0, longestText).matchAll(/"([^"]+)"|'([^']+)'|`([^`]+)`|[^\s,;:()[\]"'`]+/gu);
  return [...found].slice(0, mostWords).map(([whole, ...quotes]) => {
    const quoted = quotes.join("");
    return { text: quoted || whole.replace(/\.$/u, ""), isQuoted: quoted !== "" };
  });
}

function read(scope: Node): Contents {
  const named = new Map<string, { map: YAMLMap; pair: Pair }>();
  const values = new Map<string, Pair | Node>();
  const keys = new Map<string, Pair>();
  const note = <T>(map: Map<string, T>, key: string | undefined, value: T): void => {
    if (key !== undefined && !map.has(key)) map.set(key, value);
  };
  const look = (node: unknown, place: Pair | undefined): void => {
    if (isScalar(node)) note(values, textOf(node), place ?? node);
    else if (isSeq(node)) for (const item of node.items) look(item, undefined);
    else if (isMap(node))
      for (const pair of node.items) {
        const key = textOf(pair.key);
        note(keys, key, pair);
        if (key !== undefined && naming.has(key)) note(named, textOf(pair.value), { map: node, pair });
        look(pair.value, pair);
      }
  };
  look(scope, undefined);
  return { named, values, keys };
}
