import * as v from "valibot";
import { informing, listOf, needed, pageOf, text, type PageEntry } from "./entries.js";
import { present } from "./shapes.js";

/** A Blueprint: a file in a repository from which Render makes services (Render API, "List Blueprints"). */
export interface Blueprint {
  id: string;
  name: string;
  repo: string;
  branch: string;
  /** The file's path in the repository, such as `render.yaml`. */
  path: string;
}

/** What a Blueprint controls. */
export interface BlueprintResource {
  /** `srv-…` or `crn-…` for services; databases and the like have other ids. */
  id: string;
  name: string;
  type: string;
}

/** One error of a Blueprint file (Render API, "Validate Blueprint"). */
export interface ValidationError {
  error: string;
  /** The field, such as `services[0].plan`. */
  path?: string;
  /** Counted from 1. */
  line?: number;
  /** Counted from 1. */
  column?: number;
}

/** What Render says of a Blueprint file. */
export type Validation =
  | {
      valid: true;
      /** How many resources of each kind would be created, and how many steps that takes. */
      plan: { services: number; databases: number; keyValue: number; envGroups: number; actions: number };
    }
  | { valid: false; errors: ValidationError[] };

const blueprintFields = { id: needed, name: needed, repo: needed, branch: needed, path: needed };

export const blueprintPage = pageOf("blueprint", v.object(blueprintFields));

export const blueprintSchema = v.object({
  ...blueprintFields,
  // What is no list is left out like an odd entry of one.
  resources: v.nullish(
    v.fallback(listOf("resource", v.object({ id: needed, name: needed, type: needed })), [
      { item: undefined, odd: { field: "resources" }, cursor: undefined },
    ]),
    [],
  ),
});

const place = informing(v.pipe(v.number(), v.integer()));
const count = v.fallback(
  v.pipe(
    v.array(v.unknown()),
    v.transform(list => list.length),
  ),
  0,
);
const noPlan = { services: 0, databases: 0, keyValue: 0, envGroups: 0, totalActions: 0 };

const errorSchema = v.pipe(
  v.object({ error: needed, path: text, line: place, column: place }),
  v.transform((error): ValidationError => present(error)),
);

/** What Render says, with its errors as they came. */
export type ValidationReply =
  Extract<Validation, { valid: true }> | { valid: false; errors: PageEntry<ValidationError>[] };

export const validationSchema = v.pipe(
  v.object({
    valid: v.boolean(),
    errors: v.fallback(listOf("error", errorSchema), []),
    plan: v.fallback(
      v.object({
        services: count,
        databases: count,
        keyValue: count,
        envGroups: count,
        totalActions: v.fallback(v.pipe(v.number(), v.integer()), 0),
      }),
      noPlan,
    ),
  }),
  v.transform(({ valid, errors, plan: { totalActions: actions, ...plan } }): ValidationReply =>
    valid ? { valid, plan: { ...plan, actions } } : { valid, errors },
  ),
);
