import type { FastifyInstance } from "fastify";
import { ApiError, notFound } from "../apiError";
import { type Context, filtersOf } from "../context";
import { page } from "../paging";
import { finish } from "../replies";

/** Blueprints: which services a render.yaml controls, and whether one is valid. */
export function addBlueprintRoutes(app: FastifyInstance, context: Context): void {
  app.get("/v1/blueprints", request => {
    const filters = filtersOf(request, context);
    const owners = filters.commaJoined("ownerId");
    const { state, settings } = context;
    return page(filters.query, settings.quirks, state.blueprints, {
      name: "blueprint",
      id: blueprint => blueprint.id,
      at: blueprint => Date.parse(blueprint.lastSync ?? "") || 0,
      matches: ({ resources }) =>
        owners === undefined ||
        resources.some(({ id }) => owners.includes(state.find(id)?.service.ownerId ?? "")),
      show: blueprint => {
        const listed = finish("blueprint", settings.quirks, blueprint);
        delete listed["resources"];
        return listed;
      },
    });
  });

  app.get<{ Params: { id: string } }>("/v1/blueprints/:id", request => {
    const found = context.state.blueprints.find(({ id }) => id === request.params.id);
    if (found === undefined) throw notFound(request.params.id);
    return finish("blueprint", context.settings.quirks, found);
  });

  app.post("/v1/blueprints/validate", request => {
    const isForm = request.headers["content-type"]?.startsWith("multipart/form-data") ?? false;
    const { body } = request;
    const ownerId = isForm && typeof body === "string" ? formPart(body, "ownerId") : undefined;
    const file = isForm && typeof body === "string" ? formPart(body, "file") : undefined;
    if (ownerId === undefined || file === undefined) throw new ApiError(400, "ownerId and file are required");
    return finish("validation", context.settings.quirks, validate(file));
  });
}

function formPart(body: string, name: string): string | undefined {
  const start = body.search(new RegExp(`Content-Disposition: form-data;[^\\r\\n]*name="${name}"`, "i"));
  if (start < 0) return undefined;
  const content = body.indexOf("\r\n\r\n", start);
  const end = body.indexOf("\r\n--", content);
  return content < 0 || end < 0 ? undefined : body.slice(content + 4, end);
}

/** A rough check, enough to tell a Blueprint from something else: tabs, the top level's keys, each service's type. */
function validate(file: string): Record<string, unknown> {
  const lines = file.split(/\r?\n/);
  const errors: Record<string, unknown>[] = [];
  const tab = lines.findIndex(line => /^ *\t/.test(line));
  if (tab >= 0) errors.push({ error: "found a tab character in the indentation", line: tab + 1, column: 1 });
  const keys = lines.flatMap(line => /^([a-zA-Z]+):/.exec(line)?.[1] ?? []);
  if (!keys.some(key => ["services", "databases", "projects", "envVarGroups", "ungrouped"].includes(key))) {
    errors.push({ error: "no services, databases, projects or envVarGroups found" });
  }
  const types = ["web", "pserv", "worker", "cron", "keyvalue", "redis"];
  lines.forEach((line, index) => {
    const type = /^\s*(?:- )?type: *"?([\w-]+)"?\s*$/.exec(line)?.[1];
    if (type !== undefined && !types.includes(type)) {
      errors.push({ path: "services.type", error: `invalid service type "${type}"`, line: index + 1 });
    }
  });
  if (errors.length > 0) return { valid: false, errors };
  const services = lines.flatMap(line => /^\s*(?:- )?name: *"?([^"#]+?)"?\s*$/.exec(line)?.[1] ?? []);
  return {
    valid: true,
    plan: { services, databases: [], keyValue: [], envGroups: [], totalActions: services.length },
  };
}
