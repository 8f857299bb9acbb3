import * as v from "valibot";
import { entry, present } from "./shapes.js";

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

const blueprintFields = {
  id: v.string(),
  name: v.string(),
  repo: v.string(),
  branch: v.string(),
  path: v.string(),
};

const cursor = v.nullish(v.string());

export const blueprintPage = v.array(
  v.pipe(
    v.object({ cursor, blueprint: v.nullish(v.object(blueprintFields)) }),
    v.transform(wrapper => entry<Blueprint>(wrapper.cursor, wrapper.blueprint)),
  ),
);

export const blueprintSchema = v.object({
  ...blueprintFields,
  resources: v.array(v.object({ id: v.string(), name: v.string(), type: v.string() })),
});

const place = v.nullish(v.pipe(v.number(), v.integer()));
const names = v.nullish(v.array(v.string()));

export const validationSchema = v.pipe(
  v.object({
    valid: v.boolean(),
    errors: v.nullish(
      v.array(v.object({ error: v.string(), path: v.nullish(v.string()), line: place, column: place })),
    ),
    plan: v.nullish(
      v.object({
        services: names,
        databases: names,
        keyValue: names,
        envGroups: names,
        totalActions: place,
      }),
    ),
  }),
  v.transform(({ valid, errors, plan }): Validation => {
    if (valid)
      return {
        valid,
        plan: {
          services: plan?.services?.length ?? 0,
          databases: plan?.databases?.length ?? 0,
          keyValue: plan?.keyValue?.length ?? 0,
          envGroups: plan?.envGroups?.length ?? 0,
          actions: plan?.totalActions ?? 0,
        },
      };
    return {
      valid,
      errors: (errors ?? []).map(({ error, path, line, column }) =>
        present({
          error,
          path: path ?? undefined,
          line: line ?? undefined,
          column: column ?? undefined,
        }),
      ),
    };
  }),
);
