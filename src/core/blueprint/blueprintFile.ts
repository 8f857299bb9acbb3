import { isAlias, isMap, isScalar, isSeq, parseDocument, type Node, type Pair, type YAMLMap } from "yaml";
import { TextPlaces, type Span } from "./textPlaces.js";

/** A service as a Blueprint file names it. */
export interface BlueprintEntry {
  readonly name: string;
  /** The type that Render's API gives it; absent for what its list of services does not hold, such as Key Value. */
  readonly apiType?: string;
  /** The repository it is built from, where that is not the one that holds the file. */
  readonly repo?: string;
  /** Built from an image, not from a repository. */
  readonly isImage: boolean;
  readonly span: Span;
}

/** Far more than a file that people write by hand: a longer one is not read, as that would hold up the editor. */
const longestText = 200_000;

/**
 * What can be read of a `render.yaml` (Render docs, "Blueprint YAML reference"), also while it is being typed and is no
 * valid YAML yet. Loads the YAML parser, so it is loaded itself only where such a file is open.
 */
export class BlueprintFile {
  /** The services in the order of the file; those without a name or a type are left out. */
  readonly entries: readonly BlueprintEntry[];
  readonly places: TextPlaces;
  readonly #nodes: Nodes | undefined;

  constructor(text: string) {
    this.places = new TextPlaces(text);
    this.#nodes = nodesOf(text);
    this.entries = this.#nodes ? this.#entries(this.#nodes) : [];
  }

  /**
   * The place of a field such as `services[0].plan`. Where the file does not have it, `isWhole` is false and the span is
   * that of the innermost part it does have. Undefined when it has none of it.
   */
  find(path: string): { readonly span: Span; readonly isWhole: boolean } | undefined {
    const nodes = this.#nodes;
    let node = nodes?.root;
    let span: Span | undefined;
    if (!nodes || !node) return undefined;
    for (const step of path.match(/[^.[\]"']+/gu) ?? []) {
      const next = nodes.child(node, step);
      if (!next) return span && { span, isWhole: false };
      span = this.places.span(next.start, next.end);
      node = next.value;
    }
    return span && { span, isWhole: true };
  }

  #entries(nodes: Nodes): BlueprintEntry[] {
    const { root } = nodes;
    const lists = [
      nodes.field(root, "services"),
      ...nodes
        .items(nodes.field(root, "projects"))
        .flatMap(project => nodes.items(nodes.field(project, "environments")))
        .map(environment => nodes.field(environment, "services")),
      nodes.field(nodes.field(root, "ungrouped"), "services"),
    ];
    return lists.flatMap(list => nodes.items(list)).flatMap(item => this.#entry(item, nodes));
  }

  #entry(item: Node, nodes: Nodes): BlueprintEntry[] {
    const name = nodes.text(item, "name");
    const type = nodes.text(item, "type");
    if (name === undefined || type === undefined || !item.range) return [];
    // `env` is the older name of `runtime`.
    const runtime = nodes.text(item, "runtime") ?? nodes.text(item, "env");
    const apiType = runtime === "static" && type === "web" ? "static_site" : apiTypes.get(type);
    const repo = nodes.text(item, "repo");
    return [
      {
        name,
        ...(apiType !== undefined && { apiType }),
        ...(repo !== undefined && { repo }),
        isImage: runtime === "image",
        span: this.places.span(item.range[0], item.range[1]),
      },
    ];
  }
}

/** Render docs, "Blueprint YAML reference", against Render API, "List services". */
const apiTypes = new Map([
  ["web", "web_service"],
  ["pserv", "private_service"],
  ["worker", "background_worker"],
  ["cron", "cron_job"],
]);

function nodesOf(text: string): Nodes | undefined {
  if (text.length > longestText) return undefined;
  const document = parseDocument(text, { logLevel: "silent", prettyErrors: false, uniqueKeys: false });
  const resolve = (node: unknown): Node | undefined => {
    const target = isAlias(node) ? node.resolve(document) : node;
    return isMap(target) || isSeq(target) || isScalar(target) ? target : undefined;
  };
  return new Nodes(resolve(document.contents), resolve);
}

/** Reads YAML nodes that may be anything, with aliases and merge keys followed. */
class Nodes {
  constructor(
    readonly root: Node | undefined,
    private readonly resolve: (node: unknown) => Node | undefined,
  ) {}

  items(node: Node | undefined): Node[] {
    if (!isSeq(node)) return [];
    return node.items.flatMap(item => this.resolve(item) ?? []);
  }

  field(node: Node | undefined, name: string): Node | undefined {
    if (!isMap(node)) return undefined;
    const own = pairOf(node, name);
    if (own) return this.resolve(own.value);
    const merged = this.resolve(pairOf(node, "<<")?.value);
    // One level: what is merged into the merged is not worth a guard against circles.
    return isMap(merged) ? this.resolve(pairOf(merged, name)?.value) : undefined;
  }

  text(node: Node, name: string): string | undefined {
    const field = this.field(node, name);
    if (!isScalar(field)) return undefined;
    const { value } = field;
    return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
  }

  /** The part of a node that one step of a path leads to, with the offsets of what stands for it. */
  child(
    node: Node | undefined,
    step: string,
  ): { value: Node | undefined; start: number; end: number } | undefined {
    if (isSeq(node)) {
      const item = node.items[Number(step)];
      const value = this.resolve(item);
      const [first] = isMap(item) ? item.items : [];
      const range = first ? rangeOf(first, this.resolve(first.value)) : value?.range;
      return range ? { value, start: range[0], end: range[1] } : undefined;
    }
    const pair = isMap(node) ? pairOf(node, step) : undefined;
    const value = this.resolve(pair?.value);
    const range = pair && rangeOf(pair, value);
    return range ? { value, start: range[0], end: range[1] } : undefined;
  }
}

function pairOf(map: YAMLMap, name: string): Pair | undefined {
  return map.items.find(({ key }) => (isScalar(key) ? key.value : key) === name);
}

/** From the key to the end of its value; of the key alone where the value is no single thing. */
function rangeOf({ key, value: written }: Pair, value: Node | undefined): [number, number] | undefined {
  if (!isScalar(key) || !key.range) return undefined;
  const end = isScalar(value) && value === written ? value.range?.[1] : undefined;
  return [key.range[0], Math.max(end ?? 0, key.range[1])];
}
