import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node, type YAMLMap } from "yaml";

interface BlueprintError {
  path?: string;
  error: string;
  line?: number;
  column?: number;
}

type Validation =
  { valid: false; errors: BlueprintError[] } | { valid: true; plan: Record<string, string[] | number> };

const topLevel = ["services", "databases", "projects", "ungrouped", "envVarGroups", "previews", "version"];
const types = ["web", "pserv", "worker", "cron", "keyvalue", "redis"];

/**
 * A rough check, enough to tell a good Blueprint from a bad one. As the OpenAPI description allows, an error may have a
 * place, a path, both, or neither; which has what, and the texts, are the simulator's own.
 */
export function validateBlueprint(file: string): Validation {
  const lines = new LineCounter();
  const document = parseDocument(file, { lineCounter: lines, prettyErrors: false, logLevel: "silent" });
  const placeOf = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const [broken] = document.errors;
  if (broken) return { valid: false, errors: [{ error: broken.message, ...placeOf(broken.pos[0]) }] };
  const errors: BlueprintError[] = [];
  const root = document.contents;
  if (!isMap(root) || root.items.length === 0)
    return { valid: false, errors: [{ error: "the file describes nothing" }] };
  for (const { key } of root.items)
    if (isScalar(key) && !topLevel.includes(String(key.value)))
      errors.push({ path: String(key.value), error: "unknown field", ...placeOf(key.range[0]) });
  const found = servicesIn(root);
  for (const { path, service } of found) {
    const type = service.get("type", true);
    if (!service.has("name")) errors.push({ path: `${path}.name`, error: "a name is required" });
    if (!isScalar(type)) errors.push({ path: `${path}.type`, error: "a type is required" });
    else if (!types.includes(String(type.value))) {
      const { line } = placeOf(type.range?.[0] ?? 0);
      errors.push({ path: `${path}.type`, error: `invalid service type "${String(type.value)}"`, line });
    }
  }
  if (errors.length > 0) return { valid: false, errors };
  const names = (wanted: (type: string) => boolean): string[] =>
    found.flatMap(({ service }) =>
      wanted(String(service.get("type"))) ? [String(service.get("name"))] : [],
    );
  const isKeyValue = (type: string): boolean => type === "keyvalue" || type === "redis";
  const services = names(type => !isKeyValue(type));
  const keyValue = names(isKeyValue);
  const databases = namesIn(root.get("databases"));
  const envGroups = namesIn(root.get("envVarGroups"));
  const totalActions = services.length + keyValue.length + databases.length + envGroups.length;
  return { valid: true, plan: { services, keyValue, databases, envGroups, totalActions } };
}

function servicesIn(root: YAMLMap): { path: string; service: YAMLMap }[] {
  const list = (path: string, node: unknown): { path: string; service: YAMLMap }[] =>
    mapsIn(node).map((service, index) => ({ path: `${path}[${index}]`, service }));
  const ungrouped = root.get("ungrouped");
  return [
    ...list("services", root.get("services")),
    ...mapsIn(root.get("projects")).flatMap((project, p) =>
      mapsIn(project.get("environments")).flatMap((environment, e) =>
        list(`projects[${p}].environments[${e}].services`, environment.get("services")),
      ),
    ),
    ...(isMap(ungrouped) ? list("ungrouped.services", ungrouped.get("services")) : []),
  ];
}

function mapsIn(node: unknown): YAMLMap<unknown, Node>[] {
  return isSeq(node) ? node.items.filter(item => isMap<unknown, Node>(item)) : [];
}

function namesIn(node: unknown): string[] {
  return mapsIn(node).map(item => String(item.get("name")));
}
