import type { Clock } from "../ports.js";
import { cannotMend, RenderError, type RenderErrorKind } from "./errors.js";

/** Tells when looking again and again is given up: `cannotMend`, with how long the same refusal has lasted. */
export class Refusals {
  readonly #clock: Pick<Clock, "now">;
  #lasting: { readonly kind: RenderErrorKind; readonly since: number } | undefined;

  constructor(clock: Pick<Clock, "now">) {
    this.#clock = clock;
  }

  /** Takes note of a failed look; true where looking again cannot mend it. */
  areFinal(error: unknown): boolean {
    const now = this.#clock.now();
    const kind = error instanceof RenderError ? error.kind : undefined;
    if (kind === undefined) this.end();
    else if (this.#lasting?.kind !== kind) this.#lasting = { kind, since: now };
    return cannotMend(error, now - (this.#lasting?.since ?? now));
  }

  /** A look went well. */
  end(): void {
    this.#lasting = undefined;
  }
}
