import * as fc from "fast-check";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** One change to a JSON value; `at` picks the place, counted round and round among all places in it. */
interface Mutation {
  readonly at: number;
  readonly change:
    | { readonly kind: "delete" | "duplicate" | "asText" | "wrap" | "nest" | "listToObject" | "objectToList" }
    | { readonly kind: "replace"; readonly value: unknown }
    | { readonly kind: "add"; readonly key: string; readonly value: unknown };
}

/** What becomes of the text in the end. */
type Ending =
  | { readonly kind: "whole" | "byteOrderMark" | "empty" | "blank" | "notANumber" | "deep" }
  | { readonly kind: "cut"; readonly at: number }
  | { readonly kind: "append"; readonly text: string };

export interface Spoiling {
  readonly mutations: readonly Mutation[];
  readonly ending: Ending;
}

const oddTexts = [
  "",
  " ",
  "\u0000",
  "\ud800",
  "\u202Egnp.exe",
  "zero\u200Bwidth\uFEFF",
  "😀".repeat(1000),
  "x".repeat(100_000),
  "$(zap) [x](command:y)",
  "2026-02-30T25:61:61Z",
  "2026-06-12",
  "+275760-09-13T00:00:00.001Z",
  "NaN",
  "null",
];
const oddValues = [null, true, false, 0, -0, -1, 1.5, 1e308, 2 ** 53, [], {}, [[]], [null], { id: null }];
const prototypeKeys = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "valueOf",
  "hasOwnProperty",
  "then",
];

const value = fc.oneof(
  fc.constantFrom(...oddValues),
  fc.constantFrom(...oddTexts),
  fc.jsonValue({ maxDepth: 2 }),
);

const change: fc.Arbitrary<Mutation["change"]> = fc.oneof(
  fc
    .constantFrom("delete", "duplicate", "asText", "wrap", "nest", "listToObject", "objectToList")
    .map(kind => ({ kind }) as const),
  fc.record({ kind: fc.constant("replace" as const), value }),
  fc.record({
    kind: fc.constant("add" as const),
    key: fc.oneof(fc.constantFrom(...prototypeKeys), fc.string({ unit: "binary", maxLength: 8 })),
    value,
  }),
);

const ending: fc.Arbitrary<Ending> = fc.oneof(
  { weight: 12, arbitrary: fc.constant({ kind: "whole" } as const) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("cut" as const), at: fc.nat() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("append" as const),
      text: fc.string({ minLength: 1, maxLength: 5 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom("byteOrderMark", "empty", "blank", "notANumber", "deep")
      .map(kind => ({ kind }) as const),
  },
);

/** Ways to spoil a reply, from one change up to five at once. */
export const spoilings: fc.Arbitrary<Spoiling> = fc.record({
  mutations: fc.array(fc.record({ at: fc.nat(), change }), { maxLength: 5 }),
  ending,
});

/** The text of a reply after it was spoilt. The value itself stays as it is. */
export function spoil(reply: unknown, { mutations, ending: end }: Spoiling): string {
  // In a box, so that the reply as a whole has a place too.
  const box: Json = [structuredClone(reply) as Json];
  for (const mutation of mutations) apply(box, mutation);
  const text = JSON.stringify(box[0] ?? null);
  switch (end.kind) {
    case "whole":
      return text;
    case "cut":
      return text.slice(0, end.at % Math.max(1, text.length));
    case "append":
      return text + end.text;
    case "byteOrderMark":
      return `\uFEFF${text}`;
    case "empty":
      return "";
    case "blank":
      return " \r\n\t";
    case "notANumber":
      return text.replace(/:("[^"]*"|\d+)/, ":NaN");
    case "deep":
      return text.replace(/:("[^"]*"|\d+)/, `:${"[".repeat(100_000)}${"]".repeat(100_000)}`);
  }
}

interface Place {
  readonly parent: Json[] | Record<string, Json>;
  readonly key: string;
  readonly value: Json;
}

function placesIn(parent: Json): Place[] {
  if (typeof parent !== "object" || parent === null) return [];
  return Object.entries(parent).flatMap(([key, inner]) => [
    { parent, key, value: inner },
    ...placesIn(inner),
  ]);
}

function apply(box: Json[], { at, change: what }: Mutation): void {
  const places = placesIn(box);
  const place = places[at % Math.max(1, places.length)];
  if (place === undefined) return;
  const { parent, key, value: old } = place;
  const put = (next: unknown): void => {
    // Not by assignment, which "__proto__" would make something else of.
    const property = { value: next, enumerable: true, writable: true, configurable: true };
    Object.defineProperty(parent, key, property);
  };
  switch (what.kind) {
    case "delete":
      if (Array.isArray(parent)) parent.splice(Number(key), 1);
      else Reflect.deleteProperty(parent, key);
      return;
    case "duplicate":
      if (Array.isArray(parent) && parent !== box) parent.push(structuredClone(old));
      return;
    case "asText":
      put(typeof old === "string" ? Number(old) : JSON.stringify(old));
      return;
    case "wrap":
      put([old]);
      return;
    case "nest":
      put(Array.from({ length: 20 }).reduce<unknown>(inner => ({ nested: [inner] }), old));
      return;
    case "listToObject":
      put(Object.fromEntries(Object.entries(Array.isArray(old) ? old : [])));
      return;
    case "objectToList":
      put(typeof old === "object" && old !== null ? Object.values(old) : []);
      return;
    case "replace":
      put(structuredClone(what.value));
      return;
    case "add":
      if (typeof old === "object" && old !== null && !Array.isArray(old)) {
        const property = {
          value: structuredClone(what.value),
          enumerable: true,
          writable: true,
          configurable: true,
        };
        Object.defineProperty(old, what.key, property);
      } else put({ [what.key]: structuredClone(what.value) });
  }
}
