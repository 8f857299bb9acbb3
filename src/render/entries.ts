import * as v from "valibot";

/** An entry of a list that cannot be used. */
export interface OddEntry {
  /** Its id, where it has one. */
  readonly id?: string;
  /** The dotted path of the first field that is not as it should be, such as `service.name`. */
  readonly field: string;
}

/** One place of a list. Without an `item` where the reply held none, or an odd one. */
export interface PageEntry<T> {
  readonly item: T | undefined;
  readonly odd?: OddEntry;
  /** Where the list goes on after this place. */
  readonly cursor: string | undefined;
  /** Whether there is something in place of a cursor that is none. */
  readonly isCursorOdd?: true;
}

/** A field that only informs: absent where it is odd, whatever stands there. */
export function informing<T>(schema: v.GenericSchema<unknown, T>) {
  return v.fallback(v.optional(schema), undefined);
}

/** What identifies something, or is shown in its place, and so must not be empty. */
export const needed = v.pipe(v.string(), v.nonEmpty());

/** A text that only informs; an empty one says nothing. */
export const text = informing(needed);

/** A list of texts that only informs, without what in it is no text; empty where there is none. */
export const texts = v.fallback(
  v.pipe(
    v.array(v.unknown()),
    v.transform(list => list.filter(each => typeof each === "string")),
  ),
  [],
);

/** A list whose entries stand for themselves, each read alone, so that an odd one hides no other. */
export function listOf<T>(
  name: string,
  schema: v.GenericSchema<unknown, T>,
): v.GenericSchema<unknown, PageEntry<T>[]> {
  return v.pipe(
    v.array(v.unknown()),
    v.transform(list => list.map(value => ({ ...read(name, schema, value), cursor: undefined }))),
  );
}

/** Render API: cursor pagination. A list whose entries are wrapped, as `{"cursor": …, "<name>": {…}}`. */
export function pageOf<T>(
  name: string,
  schema: v.GenericSchema<unknown, T>,
): v.GenericSchema<unknown, PageEntry<T>[]> {
  return v.pipe(
    v.array(v.unknown()),
    v.transform(list => list.map(wrapper => unwrapped(name, schema, wrapper))),
  );
}

/** A list before its entries are read, which takes far longer than finding where it goes on. */
export const rawList = v.array(v.unknown());

/** Where a list goes on after the place that this wrapper takes in it. */
export function cursorIn(wrapper: unknown): Pick<PageEntry<unknown>, "cursor" | "isCursorOdd"> {
  if (!isObject(wrapper)) return { cursor: undefined, isCursorOdd: true };
  const { cursor = null } = wrapper;
  if (typeof cursor === "string" && cursor !== "") return { cursor };
  return { cursor: undefined, ...(cursor !== null && { isCursorOdd: true }) };
}

function unwrapped<T>(name: string, schema: v.GenericSchema<unknown, T>, wrapper: unknown): PageEntry<T> {
  const place = cursorIn(wrapper);
  if (!isObject(wrapper)) return { item: undefined, odd: { field: name }, ...place };
  const { [name]: value = null } = wrapper;
  // The schema allows a wrapper without an object.
  return { ...(value === null ? { item: undefined } : read(name, schema, value)), ...place };
}

function read<T>(
  name: string,
  schema: v.GenericSchema<unknown, T>,
  value: unknown,
): Pick<PageEntry<T>, "item" | "odd"> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return { item: result.output };
  const keys = result.issues[0].path?.map(step => String(step.key)) ?? [];
  const id = isObject(value) ? value["id"] : undefined;
  const odd = { field: [name, ...keys].join("."), ...(typeof id === "string" && id !== "" && { id }) };
  return { item: undefined, odd };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
