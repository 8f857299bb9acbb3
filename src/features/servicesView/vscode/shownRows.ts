import type { Row } from "../rowTexts.js";
import type { ServicesNode } from "../servicesNode.js";

/** A row that VS Code asked for, and what it showed then. */
export interface Shown {
  readonly node: ServicesNode;
  readonly drawn: string;
  /** Whether nothing is known of it besides the account, so that neither time nor Git changes anything in it. */
  readonly isPlain: boolean;
  /** What its tooltip told when a person looked; absent before. */
  tooltip?: string;
}

/** The rows that VS Code asked for. */
export class ShownRows {
  readonly #rows = new Map<string, Shown>();
  /** By id of a service, the ids of the rows below it. */
  readonly #below = new Map<string, Set<string>>();

  get(id: string): Shown | undefined {
    return this.#rows.get(id);
  }

  all(): Iterable<Shown> {
    return this.#rows.values();
  }

  set(shown: Shown): void {
    const { node } = shown;
    this.#rows.set(node.id, shown);
    if (node.kind !== "deploy" && node.kind !== "problem") return;
    const below = this.#below.get(node.service.id) ?? new Set();
    this.#below.set(node.service.id, below.add(node.id));
  }

  /** VS Code forgets the rows below one that is drawn anew. */
  forgetBelow(id: string): void {
    for (const below of this.#below.get(id) ?? []) this.#rows.delete(below);
    this.#below.delete(id);
  }

  clear(): void {
    this.#rows.clear();
    this.#below.clear();
  }
}

/** All that a row shows by itself, its tooltip aside, and what its menu looks at. */
export function drawingOf({ label, description, icon, color, spoken }: Row, words: string): string {
  return JSON.stringify([label, description, icon, color, spoken, words]);
}
