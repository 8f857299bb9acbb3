import { objectAt, pointer } from "../contract/json.js";
import { knownDifferences } from "../simulator/knownDifferences.js";
import { Contract, type KnownDifference, loadContract } from "../simulator/openApi.js";

/** A request as it leaves the client. */
export interface SentRequest {
  readonly method: string;
  /** The whole address. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Where Render's document asks for less, or says it in words only. Requests are held to these too. */
export const requestDifferences: readonly KnownDifference[] = [
  {
    name: "deployMode excludes the other fields",
    reason: "the document says it in the text of the field only (Render API: deploys)",
    apply: document => {
      const path = ["paths", "/services/{serviceId}/deploys", "post", "requestBody", "content"];
      const schema = objectAt(pointer(document, [...path, "application/json", "schema"]));
      Object.assign(schema, { if: { required: ["deployMode"] }, then: { maxProperties: 1 } });
    },
  },
];

/** What Render takes although its document is behind. */
const takenToo: readonly KnownDifference[] = [
  {
    name: "events are asked for by several types at once",
    reason: "Render's own client sends them joined by commas, and its test says that the document is behind",
    apply: document => {
      const parameter = objectAt(pointer(document, ["components", "parameters", "eventTypeParam"]));
      const one = pointer(parameter, ["schema", "anyOf", "0"]);
      // Other places of the document refer to the first of them.
      const schema = { type: "array", items: one, anyOf: [one, {}] };
      Object.assign(parameter, { explode: false, schema });
    },
  },
];

/** Render's document with all that is known to differ, closed: a field that it does not name is a fault. */
export function closedContract(): Promise<Contract> {
  return (closed ??= loadContract().then(
    document => new Contract(document, [...knownDifferences, ...requestDifferences, ...takenToo], true),
  ));
}

/** One for all, as the document takes a while to compile. */
let closed: Promise<Contract> | undefined;

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly explode?: boolean;
  /** Where its schema is in the document. */
  readonly schemaAt: readonly string[];
}

/** Holds what the client sends against Render's document: path, query with its encoding, headers, body. */
export class RequestContract {
  readonly #contract: Contract;
  readonly #base: string;
  readonly #patterns: ReadonlyMap<string, RegExp>;

  /**
   * @param contract see {@link closedContract}
   * @param base the address of the API, without a slash at the end
   */
  constructor(contract: Contract, base: string) {
    this.#contract = contract;
    this.#base = base;
    const templates = Object.keys(objectAt(contract.at(["paths"])));
    this.#patterns = new Map(templates.map(template => [template, patternOf(template)]));
  }

  /** The path in the document that the request is for, such as `/services/{serviceId}`. */
  templateOf({ method, url }: Pick<SentRequest, "method" | "url">): string | undefined {
    const path = this.#pathOf(url);
    const fits = [...this.#patterns]
      .filter(([, pattern]) => pattern.test(path))
      .map(([template]) => template)
      .filter(template => this.#contract.at(["paths", template, method.toLowerCase()]) !== undefined);
    // "/services/x/deploys" before "/services/x/{anything}".
    return fits.sort((a, b) => a.split("{").length - b.split("{").length)[0];
  }

  /** What is wrong with a request, in words; empty when nothing is. */
  faultsOf(request: SentRequest): string[] {
    const template = this.templateOf(request);
    const where = `${request.method} ${template ?? this.#pathOf(request.url)}`;
    if (!request.url.startsWith(`${this.#base}/`)) return [`${where}: another address`];
    if (template === undefined) return [`${where}: no such call`];
    const operation = ["paths", template, request.method.toLowerCase()];
    return [
      ...this.#pathFaults(request, template),
      ...this.#queryFaults(request, template, operation),
      ...headerFaults(request),
      ...this.#bodyFaults(request, operation),
    ].map(fault => `${where}: ${fault}`);
  }

  #pathOf(url: string): string {
    return url.slice(this.#base.length).replace(/\?.*/s, "");
  }

  #pathFaults(request: SentRequest, template: string): string[] {
    const values = patternOf(template).exec(this.#pathOf(request.url))?.slice(1) ?? [];
    return values.filter(value => !isEncoded(value)).map(value => `${value} is not percent-encoded`);
  }

  #queryFaults({ url }: SentRequest, template: string, operation: readonly string[]): string[] {
    const [, query = ""] = /\?(.*)$/s.exec(url) ?? [];
    const pairs =
      query === "" ? [] : query.split("&").map(pair => /^([^=]*)=?(.*)$/s.exec(pair)?.slice(1) ?? []);
    const declared = [
      ...this.#parameters([...operation, "parameters"]),
      ...this.#parameters(["paths", template, "parameters"]),
    ].filter(parameter => parameter.in === "query");
    const unknown = pairs.filter(([name]) => !declared.some(parameter => parameter.name === name));
    return [
      ...unknown.map(([name]) => `there is no parameter ${name ?? ""}`),
      ...declared.flatMap(parameter => {
        const values = pairs.filter(([name]) => name === parameter.name).map(([, value = ""]) => value);
        return this.#valueFaults(parameter, values).map(fault => `${parameter.name} ${fault}`);
      }),
    ];
  }

  #valueFaults(parameter: Parameter, raw: readonly string[]): string[] {
    if (raw.length === 0) return parameter.required === true ? ["is required"] : [];
    const { type } = this.#resolve(parameter.schemaAt).value;
    const isJoined = type === "array" && parameter.explode === false;
    if ((isJoined || type !== "array") && raw.length > 1) return ["is repeated"];
    const pieces = isJoined ? raw.flatMap(value => value.split(",")) : raw;
    const unfit = pieces.filter(piece => !isEncoded(piece)).map(piece => `= ${piece} is not percent-encoded`);
    if (unfit.length > 0) return unfit;
    const values = pieces.map(piece => decodeURIComponent(piece));
    return this.#contract.faultsAt(
      parameter.schemaAt,
      type === "array" ? values : scalar(values[0] ?? "", type),
    );
  }

  #bodyFaults({ body, headers }: SentRequest, operation: readonly string[]): string[] {
    const declared = this.#contract.at([...operation, "requestBody"]);
    if (declared === undefined) return body === undefined ? [] : ["a body where none is declared"];
    const { at, value } = this.#resolve([...operation, "requestBody"]);
    if (body === undefined) return value["required"] === true ? ["the body is missing"] : [];
    const contentType = headerOf(headers, "content-type");
    const media = contentType.replace(/;.*/u, "");
    const schemaAt = [...at, "content", media, "schema"];
    if (this.#contract.at(schemaAt) === undefined)
      return [`a body as ${media}, which Render does not declare`];
    const sent: unknown = media === "application/json" ? JSON.parse(body) : fieldsOf(body, contentType);
    return this.#contract.faultsAt(schemaAt, sent).map(fault => `body ${fault}`);
  }

  #parameters(at: readonly string[]): Parameter[] {
    const list = this.#contract.at(at);
    if (!Array.isArray(list)) return [];
    return list.map((_, index) => {
      const parameter = this.#resolve([...at, String(index)]);
      return { ...(parameter.value as unknown as Parameter), schemaAt: [...parameter.at, "schema"] };
    });
  }

  /** The object at a path or where its reference leads. */
  #resolve(at: readonly string[]): { at: readonly string[]; value: Record<string, unknown> } {
    const value = objectAt(this.#contract.at(at));
    const reference = value["$ref"];
    return typeof reference === "string" ? this.#resolve(reference.slice(2).split("/")) : { at, value };
  }
}

function patternOf(template: string): RegExp {
  return new RegExp(`^${template.replaceAll(/\{\w+\}/g, "([^/]+)")}$`, "u");
}

/** Is every character that could mean something else percent-encoded? */
function isEncoded(text: string): boolean {
  try {
    return encodeURIComponent(decodeURIComponent(text)) === text;
  } catch {
    return false;
  }
}

function scalar(text: string, type: unknown): unknown {
  if (type === "integer" && /^-?\d+$/.test(text)) return Number(text);
  if (type === "boolean" && (text === "true" || text === "false")) return text === "true";
  return text;
}

function headerOf(headers: Readonly<Record<string, string>>, name: string): string {
  return Object.entries(headers).find(([other]) => other.toLowerCase() === name)?.[1] ?? "";
}

/** The fields of a form by name (RFC 7578); what is no form has none. */
function fieldsOf(body: string, contentType: string): Record<string, string> {
  const boundary = /boundary=(\S+)$/u.exec(contentType)?.[1] ?? "";
  const parts = body.split(`--${boundary}`).slice(1, -1);
  return Object.fromEntries(
    parts.map(part => {
      const [head = "", ...rest] = part.replace(/\r\n$/u, "").split("\r\n\r\n");
      return [/ name="([^"]*)"/u.exec(head)?.[1] ?? "", rest.join("\r\n\r\n")];
    }),
  );
}

/** Render API: BearerAuth, JSON out, and JSON or a form in. */
function headerFaults({ headers, body }: SentRequest): string[] {
  const expected: Record<string, RegExp | undefined> = {
    authorization: /^Bearer [\x21-\x7e]+$/,
    accept: /^application\/json$/,
    "user-agent": /^render-deploy\/\d/,
    ...(body !== undefined && {
      "content-type": /^(?:application\/json(?:; ?charset=utf-8)?|multipart\/form-data; boundary=[\w-]+)$/i,
    }),
  };
  const sent = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  const names = new Set([...Object.keys(expected), ...sent.map(([name]) => name)]);
  return [...names].flatMap(name => {
    const value = sent.find(([other]) => other === name)?.[1];
    const pattern = expected[name];
    if (pattern === undefined) return [`header ${name}, which Render does not ask for`];
    return value !== undefined && pattern.test(value) ? [] : [`header ${name} is missing or wrong`];
  });
}
