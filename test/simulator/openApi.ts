import { readFile } from "node:fs/promises";
import { Ajv, type ValidateFunction } from "ajv";
import formats from "ajv-formats";
import { contractFile } from "../contract/contractFile";
import { type Json, objectAt, pointer } from "../contract/json";

/** A named difference between Render's document and what its service sends. */
export interface KnownDifference {
  name: string;
  /** Why the document is not taken at its word. */
  reason: string;
  apply: (document: Json) => void;
}

/** What is kept here of Render's OpenAPI document, in the document's form; see `npm run contract`. */
export async function loadContract(): Promise<Json> {
  return objectAt(JSON.parse(await readFile(contractFile, "utf8")));
}

/** Checks replies against the document. */
export class Contract {
  readonly #document: Json;
  readonly #ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false });
  readonly #validators = new Map<string, ValidateFunction>();

  /**
   * @param closed whether a field that the document does not name is an error; the document itself allows any
   */
  constructor(document: Json, differences: readonly KnownDifference[], closed: boolean) {
    this.#document = structuredClone(document);
    for (const difference of differences) difference.apply(this.#document);
    if (closed) closeObjects(this.#document);
    formats(this.#ajv);
    this.#ajv.addSchema(this.#document, "render");
  }

  /** What is wrong with a reply, in words; empty when nothing is. `body` is undefined when there was none. */
  faultsOf(method: string, template: string, status: number, body: unknown): string[] {
    const where = `${method} ${template} ${status}`;
    const responses = pointer(this.#document, ["paths", template, method.toLowerCase(), "responses"]);
    if (responses === undefined) return [`${where}: no such call`];
    const declared = objectAt(responses)[status];
    if (declared === undefined) return [`${where}: status not declared`];
    const reference = objectAt(declared)["$ref"];
    const at =
      typeof reference === "string"
        ? reference.slice(2).split("/")
        : ["paths", template, method.toLowerCase(), "responses", String(status)];
    const schemaAt = [...at, "content", "application/json", "schema"];
    if (pointer(this.#document, schemaAt) === undefined) {
      return body === undefined ? [] : [`${where}: a body where none is declared`];
    }
    if (body === undefined) return [`${where}: no body`];
    return this.faultsAt(schemaAt, body).map(fault => `${where}: ${fault}`);
  }

  /** The value at a path inside the document, differences applied; references are not followed. */
  at(path: readonly string[]): unknown {
    return pointer(this.#document, path);
  }

  /** What is wrong with a value by the schema at that path inside the document. */
  faultsAt(schemaAt: readonly string[], value: unknown): string[] {
    const validate = this.#validator(schemaAt);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(error => `${error.instancePath} ${error.message ?? ""}`);
  }

  #validator(at: readonly string[]): ValidateFunction {
    const path = at
      .map(part => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1")))
      .join("/");
    const known = this.#validators.get(path);
    if (known !== undefined) return known;
    const validate = this.#ajv.compile({ $ref: `render#/${path}` });
    this.#validators.set(path, validate);
    return validate;
  }
}

/** Forbids what is not named, in every schema that names something. */
function closeObjects(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  if (
    "properties" in value &&
    "type" in value &&
    value.type === "object" &&
    !("additionalProperties" in value)
  ) {
    Object.assign(value, { additionalProperties: false });
  }
  for (const inner of Object.values(value)) closeObjects(inner);
}
