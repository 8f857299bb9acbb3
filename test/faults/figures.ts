import type { EventEmitter } from "node:events";

const order = [
  "sessions",
  "log walks",
  "fault cells",
  "contract checks",
  "fuzz cases",
  "confirmed triggers",
  "accepted POSTs",
  "duplicates",
  "successors followed",
  "lost",
  "leaked keys",
  "unhandled",
] as const;

/**
 * What the suites of test/faults count. `confirmed triggers`: a person's "Deploy" that was confirmed once;
 * `accepted POSTs`: deploys the server began for them; `duplicates`: more than one for one confirmation; `lost`: one
 * that the client neither followed nor told the person to look for.
 */
export type Figure = (typeof order)[number];

/** Anything else makes the run fail. */
const mustBeZero: readonly Figure[] = ["duplicates", "lost", "leaked keys", "unhandled"];

/** Figures of a whole run: each suite adds its own, and the table is printed at the end. */
export class Figures {
  readonly #counts = new Map<Figure, number>();
  readonly #unhandled = new Set<unknown>();
  #slowest = { name: "none", ms: 0 };

  add(figure: Figure, by = 1): void {
    this.#counts.set(figure, this.of(figure) + by);
  }

  of(figure: Figure): number {
    return this.#counts.get(figure) ?? 0;
  }

  /** Runs one case and keeps its name if none took longer. */
  async time<T>(name: string, work: () => Promise<T>): Promise<T> {
    const began = performance.now();
    try {
      return await work();
    } finally {
      this.took(name, performance.now() - began);
    }
  }

  /** Keeps a case's name if none took longer; in milliseconds. */
  took(name: string, ms: number): void {
    if (ms > this.#slowest.ms) this.#slowest = { name, ms };
  }

  /** Counts the rejections nobody handled, each once, until the function returned is called. */
  watchUnhandled(source: Pick<EventEmitter, "prependListener" | "removeListener">): () => void {
    const listener = (_reason: unknown, promise: unknown): void => {
      if (!this.#unhandled.has(promise)) this.add("unhandled");
      this.#unhandled.add(promise);
    };
    source.prependListener("unhandledRejection", listener);
    return () => {
      source.removeListener("unhandledRejection", listener);
    };
  }

  /** The figures that have to be 0 and are not. */
  get wrong(): string[] {
    return mustBeZero
      .filter(figure => this.of(figure) !== 0)
      .map(figure => `${figure}: ${this.of(figure)} instead of 0`);
  }

  /** The table for the end of a run. */
  table(seed: number): string {
    const rows: [string, string][] = [
      ...order.map((figure): [string, string] => [figure, String(this.of(figure))]),
      ["slowest case", `${(this.#slowest.ms / 1000).toFixed(2)} s  ${this.#slowest.name}`],
      ["seed", String(seed)],
    ];
    return rows.map(([name, value]) => `  ${name.padEnd(20)}${value}`).join("\n");
  }
}

/** The figures of this run. */
export const figures = new Figures();
