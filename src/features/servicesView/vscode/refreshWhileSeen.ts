import * as vscode from "vscode";
import type { Clock } from "../../../ports.js";
import { Owned } from "../../../window/owned.js";
import type { Services } from "../../../services/vscode/services.js";
import type { ServicesTree } from "./servicesTree.js";

/** How often what a person sees is brought up to date, in milliseconds. */
const interval = 15_000;

export interface RefreshWhileSeenParts {
  readonly tree: Pick<ServicesTree, "isVisible" | "onDidChangeVisibility" | "watched">;
  readonly services: Pick<Services, "refresh">;
  readonly clock: Clock;
}

/**
 * Keeps the services view up to date while somebody looks at it. Behind another view, in a window without focus and in
 * one that nobody has touched for a while, nothing is asked of Render.
 */
export class RefreshWhileSeen implements vscode.Disposable {
  readonly #parts: RefreshWhileSeenParts;
  readonly #own = new Owned();
  /** Aborted when nobody looks any more; undefined while nobody does. */
  #looking: AbortController | undefined;

  constructor(parts: RefreshWhileSeenParts) {
    this.#parts = parts;
    const changed = (): void => {
      this.#changed();
    };
    this.#own.add(parts.tree.onDidChangeVisibility(changed));
    this.#own.add(vscode.window.onDidChangeWindowState(changed));
    changed();
  }

  dispose(): void {
    this.#looking?.abort();
    this.#own.dispose();
  }

  #changed(): void {
    const { focused, active } = vscode.window.state;
    const isSeen = this.#parts.tree.isVisible && focused && active;
    if (isSeen === (this.#looking !== undefined)) return;
    this.#looking?.abort();
    this.#looking = isSeen ? new AbortController() : undefined;
    if (this.#looking) void this.#refreshUntil(this.#looking.signal);
  }

  async #refreshUntil(signal: AbortSignal): Promise<void> {
    const { tree, services, clock } = this.#parts;
    while (!signal.aborted) {
      try {
        await clock.sleep(interval, signal);
      } catch {
        return;
      }
      await services.refresh(tree.watched);
    }
  }
}
