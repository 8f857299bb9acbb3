import * as v from "valibot";
import { RenderError, type RenderErrorKind } from "../errors.js";

export interface ReplyFacts {
  method: string;
  path: string;
  status: number;
  requestId: string | undefined;
}

/** A reply with a hoped-for status, read to its end. */
export class Reply {
  readonly status: number;
  readonly #facts: ReplyFacts;
  readonly #text: string;

  constructor(facts: ReplyFacts, text: string) {
    this.status = facts.status;
    this.#facts = facts;
    this.#text = text;
  }

  /**
   * What the body holds. `name` is what the object is called in the field path of an error, such as `deploy`.
   *
   * @throws {RenderError} `emptyBody`, `notJson` or `badShape`, each with `maybeReceived`: the server did answer.
   */
  read<T>(name: string, schema: v.GenericSchema<unknown, T>): T {
    if (this.#text.trim() === "") throw this.#error("emptyBody");
    const result = v.safeParse(schema, this.#json(), { abortEarly: true });
    if (result.success) return result.output;
    const keys = result.issues[0].path?.map(step => String(step.key)) ?? [];
    throw this.#error("badShape", [name, ...keys].join("."));
  }

  #json(): unknown {
    try {
      return JSON.parse(this.#text);
    } catch {
      // The parser's error quotes the body, which is not ours to put into a log.
      throw this.#error("notJson");
    }
  }

  #error(kind: RenderErrorKind, field?: string): RenderError {
    return new RenderError(kind, { ...this.#facts, field, maybeReceived: true });
  }
}
