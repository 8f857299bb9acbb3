import type { Quirks } from "./quirks";
import type { Limits } from "./rateLimits";

/** What can be changed while a simulator runs. */
export interface Settings {
  /** How many times as fast as believable steps pass; steps under way keep their pace. */
  speed: number;
  quirks: Quirks;
  limits: Limits;
}
