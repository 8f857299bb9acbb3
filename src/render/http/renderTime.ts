import type { Clock } from "../../ports.js";
import type { HeaderReader } from "./rateLimit.js";

/** `Date` headers come in whole seconds, rounded down: on average half a second is missing. */
const HALF_A_SECOND_MS = 500;

/** The time by Render's clock, as the `Date` headers of its replies tell it. */
export class RenderTime {
  readonly #clock: Pick<Clock, "now">;
  #ahead: number | undefined;

  constructor(clock: Pick<Clock, "now">) {
    this.#clock = clock;
  }

  /** Milliseconds since the Unix epoch, right to about a second; `undefined` while no reply has told it. */
  get now(): number | undefined {
    return this.#ahead === undefined ? undefined : this.#clock.now() + this.#ahead;
  }

  /** Takes up what a reply that has just arrived tells. */
  note(headers: HeaderReader): void {
    const date = Date.parse(headers.get("date") ?? "");
    if (!Number.isNaN(date)) this.#ahead = date + HALF_A_SECOND_MS - this.#clock.now();
  }
}
