import type { FastifyInstance } from "fastify";
import { ApiError, notFound } from "../apiError";
import { type Context, filtersOf } from "../context";
import { among } from "../filters";
import { page } from "../paging";
import { environmentReply, finish } from "../replies";
import type { Environment, Owner, Project } from "../wire";

/** The user, the workspaces ("owners"), the projects and the environments. */
export function addWorkspaceRoutes(app: FastifyInstance, context: Context): void {
  const showOwner = (owner: Owner): unknown => finish("owner", context.settings.quirks, owner);
  const showProject = (project: Project): unknown => finish("project", context.settings.quirks, project);
  const showEnvironment = (environment: Environment): unknown =>
    environmentReply(
      environment,
      context.state.services.map(({ service }) => service),
      context.settings.quirks,
    );

  app.get("/v1/users", () => finish("user", context.settings.quirks, context.state.user));

  app.get("/v1/owners", request => {
    const filters = filtersOf(request, context);
    const names = filters.repeated("name");
    const emails = filters.repeated("email");
    return page(filters.query, context.settings.quirks, context.state.owners, {
      name: "owner",
      id: owner => owner.id,
      at: () => 0,
      matches: owner => among(names, owner.name) && among(emails, owner.email),
      show: showOwner,
    });
  });

  app.get<{ Params: { id: string } }>("/v1/owners/:id", request =>
    showOwner(byId(context.state.owners, request.params.id)),
  );

  app.get("/v1/projects", request => {
    const filters = filtersOf(request, context);
    const names = filters.commaJoined("name");
    const owners = filters.commaJoined("ownerId");
    const isCreatedThen = filters.range("created");
    const isUpdatedThen = filters.range("updated");
    return page(filters.query, context.settings.quirks, context.state.projects, {
      name: "project",
      id: project => project.id,
      at: project => Date.parse(project.createdAt),
      matches: project =>
        filters.hasName(project.name, names) &&
        among(owners, project.owner.id) &&
        isCreatedThen(Date.parse(project.createdAt)) &&
        isUpdatedThen(Date.parse(project.updatedAt)),
      show: showProject,
    });
  });

  app.get<{ Params: { id: string } }>("/v1/projects/:id", request =>
    showProject(byId(context.state.projects, request.params.id)),
  );

  app.get("/v1/environments", request => {
    const filters = filtersOf(request, context);
    const projectIds = filters.commaJoined("projectId");
    if (projectIds === undefined) throw new ApiError(400, "projectId is required");
    const names = filters.commaJoined("name");
    const owners = filters.commaJoined("ownerId");
    const ids = filters.commaJoined("environmentId");
    const projectOf = (environment: Environment): Project | undefined =>
      context.state.projects.find(({ id }) => id === environment.projectId);
    return page(filters.query, context.settings.quirks, context.state.environments, {
      name: "environment",
      id: environment => environment.id,
      at: environment => Date.parse(projectOf(environment)?.createdAt ?? "") || 0,
      matches: environment =>
        among(projectIds, environment.projectId) &&
        among(ids, environment.id) &&
        filters.hasName(environment.name, names) &&
        among(owners, projectOf(environment)?.owner.id),
      show: showEnvironment,
    });
  });

  app.get<{ Params: { id: string } }>("/v1/environments/:id", request =>
    showEnvironment(byId(context.state.environments, request.params.id)),
  );
}

function byId<T extends { id: string }>(items: readonly T[], id: string): T {
  const found = items.find(item => item.id === id);
  if (found === undefined) throw notFound(id);
  return found;
}
