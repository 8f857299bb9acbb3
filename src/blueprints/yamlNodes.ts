import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Alias,
  type Node,
  type Pair,
  type YAMLMap,
} from "yaml";

/** How many anchors may merge one another in a row; people merge one or two. */
const longestMerge = 100;

/** A mapping by what it says itself, and what it merges, the first of it the strongest. */
interface Fields {
  readonly own: ReadonlyMap<string, Pair>;
  readonly merged: readonly Node[];
}

/** A part of the file, with the offsets of what stands for it. */
export interface Part {
  readonly value: Node | undefined;
  readonly start: number;
  readonly end: number;
}

/**
 * Reads YAML nodes that may be anything, with aliases and merge keys followed. Whatever is asked of it, each alias and
 * each mapping is looked through once: how long it takes grows with the file and with the number of questions alone.
 */
export class YamlNodes {
  readonly root: Node | undefined;
  readonly #targets = new Map<Alias, Node>();
  readonly #fields = new Map<YAMLMap, Fields>();
  readonly #found = new Map<string, Map<Node, Pair | undefined>>();
  #isTooDeep = false;

  constructor(contents: unknown) {
    this.#noteAnchors(contents);
    this.root = this.resolve(contents);
  }

  /** Whether something was not found as it is merged through more anchors than people write. */
  get isTooDeep(): boolean {
    return this.#isTooDeep;
  }

  /** What is written here, or what the alias written here stands for. */
  resolve(node: unknown): Node | undefined {
    const target = isAlias(node) ? this.#targets.get(node) : node;
    return isMap(target) || isSeq(target) || isScalar(target) ? target : undefined;
  }

  /** The items of a sequence as they are written: a node, or an alias of one. */
  items(node: Node | undefined): readonly unknown[] {
    return isSeq(node) ? node.items : [];
  }

  field(node: Node | undefined, name: string): Node | undefined {
    return this.resolve(this.pair(node, name)?.value);
  }

  /** The text of a field as it is written, as Render's names are texts: `1.10` is no number. None for `~` and `null`. */
  text(node: Node | undefined, name: string): string | undefined {
    return textOf(this.field(node, name));
  }

  /**
   * What a mapping says under a name: itself, wherever the merge key stands, else the first of what it merges
   * (https://yaml.org/type/merge.html).
   */
  pair(node: Node | undefined, name: string): Pair | undefined {
    return this.#pair(node, name, 0);
  }

  /** The part of a node that one step of a path leads to. */
  child(node: Node | undefined, step: string): Part | undefined {
    if (isSeq(node)) {
      const item = node.items[Number(step)];
      const value = this.resolve(item);
      const [first] = isMap(item) ? item.items : [];
      const range = first ? this.#rangeOf(first) : rangeOf(item);
      return range && { value, start: range[0], end: range[1] };
    }
    const pair = this.pair(node, step);
    return pair && this.part(pair);
  }

  part(pair: Pair): Part | undefined {
    const range = this.#rangeOf(pair);
    return range && { value: this.resolve(pair.value), start: range[0], end: range[1] };
  }

  #pair(node: Node | undefined, name: string, depth: number): Pair | undefined {
    if (!isMap(node)) return undefined;
    const { own, merged } = this.#fieldsOf(node);
    const pair = own.get(name);
    if (pair || merged.length === 0) return pair;
    if (depth > longestMerge) {
      this.#isTooDeep = true;
      return undefined;
    }
    const known = this.#found.get(name) ?? new Map<Node, Pair | undefined>();
    this.#found.set(name, known);
    if (known.has(node)) return known.get(node);
    // Nothing until it is known, which ends circles.
    known.set(node, undefined);
    const found = firstIn(merged, source => {
      if (!isSeq(source)) return this.#pair(source, name, depth + 1);
      if (!known.has(source))
        known.set(
          source,
          firstIn(source.items, item => this.#pair(this.resolve(item), name, depth + 1)),
        );
      return known.get(source);
    });
    known.set(node, found);
    return found;
  }

  #fieldsOf(map: YAMLMap): Fields {
    const known = this.#fields.get(map);
    if (known) return known;
    const own = new Map<string, Pair>();
    const merged: Node[] = [];
    for (const pair of map.items) {
      const key = isScalar(pair.key) ? pair.key.value : pair.key;
      const source = isMergeKey(pair) ? this.resolve(pair.value) : undefined;
      if (source) merged.push(source);
      else if (typeof key === "string" && !own.has(key)) own.set(key, pair);
    }
    const fields = { own, merged };
    this.#fields.set(map, fields);
    return fields;
  }

  /** In the order of the file, as an alias stands for the last node before it that has the anchor. */
  #noteAnchors(contents: unknown): void {
    const anchors = new Map<string, Node>();
    const note = (node: unknown): void => {
      if (isPair(node)) {
        note(node.key);
        note(node.value);
      } else if (isAlias(node)) {
        const target = anchors.get(node.source);
        if (target) this.#targets.set(node, target);
      } else if (isMap(node) || isSeq(node) || isScalar(node)) {
        if (node.anchor !== undefined) anchors.set(node.anchor, node);
        if (!isScalar(node)) node.items.forEach(note);
      }
    };
    note(contents);
  }

  /** From the key to the end of its value; of the key alone where the value is no single thing. */
  #rangeOf({ key, value }: Pair): [number, number] | undefined {
    if (!isScalar(key) || !key.range) return undefined;
    const end = isScalar(value) || isAlias(value) ? value.range?.[1] : undefined;
    return [key.range[0], Math.max(end ?? 0, key.range[1])];
  }
}

/** The text of a scalar as it is written; none for what YAML takes for nothing. */
export function textOf(node: unknown): string | undefined {
  if (!isScalar(node) || typeof node.value !== "string") return undefined;
  const isNothing = node.type === "PLAIN" && /^(?:|~|null|Null|NULL)$/u.test(node.value);
  return isNothing ? undefined : node.value;
}

/** From and to where a node or an alias is written. */
export function rangeOf(node: unknown): [number, number] | undefined {
  if (!isAlias(node) && !isMap(node) && !isSeq(node) && !isScalar(node)) return undefined;
  return node.range ? [node.range[0], node.range[1]] : undefined;
}

function firstIn<T>(items: readonly T[], find: (item: T) => Pair | undefined): Pair | undefined {
  for (const item of items) {
    const found = find(item);
    if (found) return found;
  }
  return undefined;
}

function isMergeKey({ key }: Pair): boolean {
  return isScalar(key) && key.value === "<<" && key.type === "PLAIN";
}
