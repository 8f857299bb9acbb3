import { isAlias, type Node } from "yaml";
import { TextPlaces, type Span } from "./textPlaces.js";
import { readYaml, type Unread } from "./yamlDocument.js";
import { rangeOf, type YamlNodes } from "./yamlNodes.js";
import { apiTypes, type BlueprintEntry } from "./blueprintEntry.js";

/**
 * What can be read of a `render.yaml` (Render docs, "Blueprint YAML reference"), also while it is being typed and is no
 * valid YAML yet. Loads the YAML parser, so it is loaded itself only where such a file is open.
 */
export class BlueprintFile {
  /** The services in the order of the file; those without a name or a type are left out. */
  readonly entries: readonly BlueprintEntry[];
  readonly places: TextPlaces;
  /** Why nothing of the file was read; undefined where it was. */
  readonly unread?: Unread;
  readonly nodes: YamlNodes | undefined;

  constructor(text: string) {
    this.places = new TextPlaces(text);
    const read = readYaml(text);
    this.nodes = typeof read === "string" ? undefined : read;
    const entries = this.nodes ? this.#entries(this.nodes) : [];
    const unread = typeof read === "string" ? read : read.isTooDeep ? "tooDeep" : undefined;
    this.entries = unread === undefined ? entries : [];
    if (unread !== undefined) this.unread = unread;
  }

  /**
   * The place of a field such as `services[0].plan`. Where the file does not have it, `isWhole` is false and the span is
   * that of the innermost part it does have. Undefined when it has none of it.
   */
  find(
    path: string,
  ): { readonly span: Span; readonly isWhole: boolean; readonly node: Node | undefined } | undefined {
    const { nodes } = this;
    let node = nodes?.root;
    let span: Span | undefined;
    if (!nodes || !node) return undefined;
    for (const step of path.match(/[^.[\]"']+/gu) ?? []) {
      const next = nodes.child(node, step);
      if (!next) return span && { span, isWhole: false, node };
      span = this.places.span(next.start, next.end);
      node = next.value;
    }
    return span && { span, isWhole: true, node };
  }

  /** A list, a project or an environment that several aliases stand for is one, so each is read once. */
  #entries(nodes: YamlNodes): BlueprintEntry[] {
    const { root } = nodes;
    const read = new Set<Node>();
    const once = (node: Node | undefined): Node[] => {
      if (!node || read.has(node)) return [];
      read.add(node);
      return [node];
    };
    const itemsOnce = (list: Node | undefined): Node[] =>
      once(list)
        .flatMap(each => nodes.items(each))
        .flatMap(item => once(nodes.resolve(item)));
    const lists = [
      nodes.field(root, "services"),
      ...itemsOnce(nodes.field(root, "projects"))
        .flatMap(project => itemsOnce(nodes.field(project, "environments")))
        .map(environment => nodes.field(environment, "services")),
      nodes.field(nodes.field(root, "ungrouped"), "services"),
    ];
    return lists
      .flatMap(once)
      .flatMap(list => nodes.items(list))
      .flatMap(item => this.#entry(item, nodes));
  }

  #entry(item: unknown, nodes: YamlNodes): BlueprintEntry[] {
    const service = nodes.resolve(item);
    const name = nodes.text(service, "name");
    const type = nodes.text(service, "type");
    const range = rangeOf(isAlias(item) ? item : service);
    if (name === undefined || type === undefined || !range) return [];
    // `env` is the older name of `runtime`.
    const runtime = nodes.text(service, "runtime") ?? nodes.text(service, "env");
    const apiType = runtime === "static" && type === "web" ? "static_site" : apiTypes.get(type);
    const [repo, branch, rootDir] = ["repo", "branch", "rootDir"].map(field => nodes.text(service, field));
    return [
      {
        name,
        ...(apiType !== undefined && { apiType }),
        ...(repo !== undefined && { repo }),
        ...(branch !== undefined && { branch }),
        ...(rootDir !== undefined && { rootDir }),
        isImage: runtime === "image",
        span: this.places.span(...range),
      },
    ];
  }
}
