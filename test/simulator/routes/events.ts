import type { FastifyInstance } from "fastify";
import { ApiError, notFound } from "../apiError";
import { type Context, filtersOf } from "../context";
import { eventsOf } from "../events";
import { eventTypes } from "../eventTypes";
import { among } from "../filters";
import { page } from "../paging";
import { finish } from "../replies";
import type { ServiceEvent } from "../wire";

const hour = 3_600_000;

/** What happened to services. */
export function addEventRoutes(app: FastifyInstance, context: Context): void {
  const show = (event: ServiceEvent): unknown => finish("event", context.settings.quirks, event);

  app.get<{ Params: { id: string } }>("/v1/services/:id/events", request => {
    const filters = filtersOf(request, context);
    const { query } = filters;
    const { quirks } = context.settings;
    const record = context.state.service(request.params.id, quirks);
    const now = context.clock.now();
    // A cursor alone goes on beyond the window that a first page without `startTime` has.
    const window = quirks.eventsOfLastHour && !query.has("cursor") ? now - hour : 0;
    const from = dateOf(query, "startTime") ?? window;
    const to = dateOf(query, "endTime") ?? now;
    const types = filters.oneOf("type", eventTypes);
    const rows = page(query, quirks, eventsOf(record, context.state.person).toReversed(), {
      name: "event",
      id: event => event.id,
      at: event => Date.parse(event.timestamp),
      matches: event => {
        const at = Date.parse(event.timestamp);
        return at >= from && at <= to && among(types, event.type);
      },
      show,
    });
    return quirks.eventCursorMissing ? rows.map(({ event }) => ({ event })) : rows;
  });

  app.get<{ Params: { id: string } }>("/v1/events/:id", request => {
    for (const record of context.state.services) {
      if (!context.state.isVisible(record.service)) continue;
      const found = eventsOf(record, context.state.person).find(({ id }) => id === request.params.id);
      if (found !== undefined) return show(found);
    }
    throw notFound(request.params.id);
  });
}

function dateOf(query: URLSearchParams, key: string): number | undefined {
  const text = query.get(key);
  if (text === null) return undefined;
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new ApiError(400, `invalid ${key}: ${text}`);
  return at;
}
