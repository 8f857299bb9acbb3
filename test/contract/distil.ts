import { isObject, type Json, objectAt, pathOfReference, pointer } from "./json";

/** What is kept of a schema as it is; lists of schemas and named schemas are gone through. */
const facts = new Set([
  ...["type", "enum", "format", "required", "nullable", "pattern", "minimum", "maximum"],
  ...["default", "deprecated"],
]);
const ofParameter = new Set(["name", "in", "required", "style", "explode", "deprecated"]);

/**
 * The facts of an OpenAPI document about some calls: paths, parameters, bodies, statuses and the shapes they refer to,
 * in the document's own form. Texts for people (descriptions, titles, examples) are left out.
 *
 * @param calls paths with their methods
 * @throws Error when the document lacks one of them
 */
export function distil(document: unknown, calls: Readonly<Record<string, readonly string[]>>): Json {
  const distiller = new Distiller(document);
  const paths = Object.fromEntries(
    Object.entries(calls).map(([path, methods]) => [path, distiller.path(path, methods)]),
  );
  return { paths, components: distiller.components() };
}

class Distiller {
  /** What was referred to so far, by its reference. */
  readonly #met = new Map<string, { readonly kind: string; readonly name: string }>();

  constructor(private readonly document: unknown) {}

  path(path: string, methods: readonly string[]): Json {
    const item = objectAt(pointer(this.document, ["paths", path]));
    const operations = methods.map(method => [method, this.#operation(objectAt(item[method]))] as const);
    return { ...this.#parameters(item), ...Object.fromEntries(operations) };
  }

  /** What the paths refer to, and what that refers to in turn. */
  components(): Json {
    const found: Record<string, Json> = {};
    // The map grows while it is gone through.
    for (const { kind, name } of this.#met.values()) {
      const value = pointer(this.document, ["components", kind, name]);
      (found[kind] ??= {})[name] = this.#component(kind, value);
    }
    return inOrder(mapped(found, inOrder));
  }

  #component(kind: string, value: unknown): unknown {
    if (kind === "parameters") return this.#parameter(value);
    if (kind === "responses") return this.#content(objectAt(value));
    return this.#schema(value);
  }

  #operation(operation: Json): Json {
    const { requestBody, responses } = operation;
    return {
      ...this.#parameters(operation),
      ...(requestBody !== undefined && { requestBody: this.#or(requestBody, body => this.#content(body)) }),
      responses: mapped(objectAt(responses), response =>
        this.#or(response, declared => this.#content(declared)),
      ),
    };
  }

  #parameters({ parameters }: Json): Json {
    if (!Array.isArray(parameters)) return {};
    return { parameters: parameters.map(parameter => this.#parameter(parameter)) };
  }

  #parameter(parameter: unknown): unknown {
    return this.#or(parameter, declared => ({
      ...only(declared, ofParameter),
      schema: this.#schema(declared["schema"]),
    }));
  }

  /** A body or a reply: its media types with their schemas. */
  #content(body: Json): Json {
    const { required, content } = body;
    return {
      ...(required !== undefined && { required }),
      ...(content !== undefined && {
        content: mapped(objectAt(content), media => ({ schema: this.#schema(objectAt(media)["schema"]) })),
      }),
    };
  }

  #schema(schema: unknown): unknown {
    return this.#or(schema, declared =>
      Object.fromEntries(
        Object.entries(declared).flatMap(([key, value]) => {
          if (facts.has(key)) return [[key, value]];
          if (key === "properties") return [[key, mapped(objectAt(value), inner => this.#schema(inner))]];
          if (key === "items" || key === "not") return [[key, this.#schema(value)]];
          if (key === "additionalProperties") return [[key, isObject(value) ? this.#schema(value) : value]];
          if (key === "oneOf" || key === "anyOf" || key === "allOf")
            return [[key, (value as unknown[]).map(inner => this.#alternative(inner))]];
          return [];
        }),
      ),
    );
  }

  /** One of several shapes. Of the shapes of an event, only the title says which type of event each belongs to. */
  #alternative(schema: unknown): unknown {
    const { title, oneOf } = objectAt(schema);
    const isNamed = typeof title === "string" && oneOf === undefined;
    const name = isNamed ? { "x-event": title.toLowerCase().replaceAll(" ", "_") } : {};
    return { ...name, ...objectAt(this.#schema(schema)) };
  }

  /** The value, distilled; a reference stays one when it leads to a component, as that is kept as well. */
  #or(value: unknown, distilled: (value: Json) => unknown): unknown {
    const declared = objectAt(value);
    const reference = declared["$ref"];
    if (typeof reference !== "string") return distilled(declared);
    const path = pathOfReference(reference);
    const [root, kind = "", name = ""] = path;
    if (root !== "components") return this.#or(pointer(this.document, path), distilled);
    this.#met.set(`${kind}/${name}`, { kind, name });
    return { $ref: reference };
  }
}

function only(object: Json, keys: ReadonlySet<string>): Json {
  return Object.fromEntries(Object.entries(object).filter(([key]) => keys.has(key)));
}

function mapped<T>(object: Readonly<Record<string, T>>, change: (value: T) => unknown): Json {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}

function inOrder(object: Json): Json {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
}
