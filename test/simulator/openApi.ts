import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import formats from "ajv-formats";

const published = "https://api-docs.render.com/openapi/render-public-api-1.json";

type Json = Record<string, unknown>;

/** A named difference between Render's document and what its service sends. */
export interface KnownDifference {
  name: string;
  /** Why the document is not taken at its word. */
  reason: string;
  apply: (document: Json) => void;
}

/** Where the document is looked for. */
export interface OpenApiPlaces {
  /** The file; in the environment, `RENDER_OPENAPI` names it. */
  readonly path: string;
  /** Where a downloaded document is kept, and taken from the next time. */
  readonly kept: string;
  readonly download: () => Promise<string>;
}

/**
 * Render's own OpenAPI document: the file that RENDER_OPENAPI names, else the file beside this project, else as
 * Render publishes it, which is downloaded once.
 *
 * @throws Error when it is found nowhere: without it nothing is proved, so tests fail and are not skipped
 */
export async function loadOpenApi({
  path = resolve(process.env["RENDER_OPENAPI"] ?? "../shared/render-openapi.json"),
  kept = resolve(".vscode-test/render-openapi.json"),
  download = downloaded,
}: Partial<OpenApiPlaces> = {}): Promise<Json> {
  const there = await readFile(path, "utf8")
    .catch(() => readFile(kept, "utf8"))
    .catch(() => undefined);
  if (there !== undefined) return objectAt(JSON.parse(there));
  const text = await download().catch((cause: unknown) => {
    throw new Error(
      `Render's OpenAPI document, which requests and replies are checked against, is not at ${path} and could not be downloaded from ${published}. Set RENDER_OPENAPI to a copy of it.`,
      { cause },
    );
  });
  const document = objectAt(JSON.parse(text));
  await mkdir(dirname(kept), { recursive: true });
  await writeFile(kept, text);
  return document;
}

async function downloaded(): Promise<string> {
  const answer = await fetch(published);
  if (!answer.ok) throw new Error(`it answered ${answer.status}`);
  return answer.text();
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

/** The value at a path inside the document; undefined when there is none. */
export function pointer(document: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => {
    if (Array.isArray(value)) return (value as unknown[])[Number(key)];
    return typeof value === "object" && value !== null ? (value as Json)[key] : undefined;
  }, document);
}

/** @throws Error unless the value is an object */
export function objectAt(value: unknown): Json {
  if (typeof value !== "object" || value === null)
    throw new Error("Render's OpenAPI document has another shape");
  return value as Json;
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
