import type { FastifyInstance } from "fastify";
import { ApiError, notFound } from "../apiError";
import { type Context, filtersOf } from "../context";
import { page } from "../paging";
import { finish } from "../replies";
import { validateBlueprint } from "../validateBlueprint";

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
    return finish("validation", context.settings.quirks, validateBlueprint(file));
  });
}

function formPart(body: string, name: string): string | undefined {
  const start = body.search(new RegExp(`Content-Disposition: form-data;[^\\r\\n]*name="${name}"`, "i"));
  if (start < 0) return undefined;
  const content = body.indexOf("\r\n\r\n", start);
  const end = body.indexOf("\r\n--", content);
  return content < 0 || end < 0 ? undefined : body.slice(content + 4, end);
}
