import { defaultQuirks, type Quirks } from "./quirks";
import { defaultLimits, type Limits } from "./rateLimits";

/** What can be changed while a simulator runs. */
export interface Settings {
  /** How many times as fast as believable steps pass; steps under way keep their pace. */
  speed: number;
  quirks: Quirks;
  limits: Limits;
}

/** What a simulator begins with; where nothing is wished for, it is as Render is. */
export function freshSettings({
  speed,
  quirks,
  limits,
}: {
  readonly speed?: number;
  readonly quirks?: Partial<Quirks>;
  readonly limits?: Partial<Limits>;
}): Settings {
  return {
    speed: speed ?? 1,
    quirks: { ...defaultQuirks, ...quirks },
    limits: { ...defaultLimits, ...limits },
  };
}
