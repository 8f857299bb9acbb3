import { isMap, isNode, isScalar, LineCounter, parseDocument } from "yaml";

interface BlueprintError {
  path?: string;
  error: string;
  line?: number;
  column?: number;
}

type Validation =
  { valid: false; errors: BlueprintError[] } | { valid: true; plan: Record<string, string[] | number> };

/** Something of the file by its path, with merge keys and aliases followed. */
interface Item {
  readonly path: readonly (string | number)[];
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Render docs, "Blueprint YAML reference". The older names of `previews` are still taken. */
const topLevel = [
  "services",
  "databases",
  "projects",
  "ungrouped",
  "envVarGroups",
  "previews",
  "previewsEnabled",
  "previewsExpireAfterDays",
  "version",
];
const types = ["web", "pserv", "worker", "cron", "workflow", "keyvalue", "redis"];

/**
 * A rough check, enough to tell a good Blueprint from a bad one. As the OpenAPI description allows, an error may have a
 * place, a path, both, or neither; which has what, and the texts, are the simulator's own.
 */
export function validateBlueprint(file: string): Validation {
  const lines = new LineCounter();
  const document = parseDocument(file, {
    lineCounter: lines,
    prettyErrors: false,
    logLevel: "silent",
    schema: "failsafe",
    merge: true,
  });
  const placeOf = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const [broken] = document.errors;
  if (broken) return { valid: false, errors: [{ error: broken.message, ...placeOf(broken.pos[0]) }] };
  const { contents } = document;
  if (!isMap(contents) || contents.items.length === 0)
    return { valid: false, errors: [{ error: "the file describes nothing" }] };
  const errors: BlueprintError[] = [];
  for (const { key } of contents.items)
    if (isScalar(key) && !topLevel.includes(String(key.value)))
      errors.push({ path: String(key.value), error: "unknown field", ...placeOf(key.range[0]) });
  const root: Item = { path: [], fields: fieldsOf(document.toJS()) };
  const everywhere = [root, ...environmentsIn(root), ...partOf(root, "ungrouped")];
  const found = everywhere.flatMap(each => itemsIn(each, "services"));
  for (const { path, fields } of found) {
    const at = pathText(path);
    const { name, type } = fields;
    if (typeof name !== "string" || name === "")
      errors.push({ path: `${at}.name`, error: "a name is required" });
    if (typeof type !== "string") errors.push({ path: `${at}.type`, error: "a type is required" });
    else if (!types.includes(type)) {
      const node = document.getIn([...path, "type"], true);
      const line = isNode(node) && node.range ? { line: placeOf(node.range[0]).line } : {};
      errors.push({ path: `${at}.type`, error: `invalid service type "${type}"`, ...line });
    }
  }
  if (errors.length > 0) return { valid: false, errors };
  const isKeyValue = ({ fields }: Item): boolean =>
    fields["type"] === "keyvalue" || fields["type"] === "redis";
  const services = namesOf(found.filter(item => !isKeyValue(item)));
  const keyValue = namesOf(found.filter(isKeyValue));
  const databases = namesOf(everywhere.flatMap(each => itemsIn(each, "databases")));
  const envGroups = namesOf(everywhere.flatMap(each => itemsIn(each, "envVarGroups")));
  const totalActions = services.length + keyValue.length + databases.length + envGroups.length;
  return { valid: true, plan: { services, keyValue, databases, envGroups, totalActions } };
}

function environmentsIn(root: Item): Item[] {
  return itemsIn(root, "projects").flatMap(project => itemsIn(project, "environments"));
}

function itemsIn({ path, fields }: Item, name: string): Item[] {
  const list = fields[name];
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown, index) =>
    typeof item === "object" && item !== null
      ? [{ path: [...path, name, index], fields: fieldsOf(item) }]
      : [],
  );
}

function partOf({ path, fields }: Item, name: string): Item[] {
  return [{ path: [...path, name], fields: fieldsOf(fields[name]) }];
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function namesOf(items: readonly Item[]): string[] {
  return items.map(({ fields }) => String(fields["name"]));
}

/** `services[0]`, as Render writes it. */
function pathText(path: Item["path"]): string {
  return path
    .map(step => (typeof step === "number" ? `[${step}]` : `.${step}`))
    .join("")
    .slice(1);
}
