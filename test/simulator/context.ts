import type { FastifyRequest } from "fastify";
import type { SimulatorClock } from "./clock";
import type { Deploys } from "./deploys";
import { Filters } from "./filters";
import type { Settings } from "./settings";
import type { State } from "./state";

/** What the routes work with. `state` and `deploys` are others after a reset, so nobody keeps them. */
export interface Context {
  readonly state: State;
  readonly deploys: Deploys;
  readonly settings: Settings;
  readonly clock: SimulatorClock;
}

/** The query of a call, every value of a repeated key included. */
export function queryOf(request: FastifyRequest): URLSearchParams {
  return new URL(request.url, "http://simulator").searchParams;
}

/** The filters of a list call. */
export function filtersOf(request: FastifyRequest, context: Context): Filters {
  return new Filters(queryOf(request), context.settings.quirks);
}
