import type { Disposable } from "vscode";

/** What an object owns and disposes of with itself. Something added after that is disposed of at once. */
export class Owned implements Disposable {
  #items: Disposable[] | undefined = [];

  /** Takes ownership and hands the item back. */
  add<T extends Disposable>(item: T): T {
    if (this.#items) this.#items.push(item);
    else item.dispose();
    return item;
  }

  /** Disposes of everything, last in first out. */
  dispose(): void {
    const items = this.#items ?? [];
    this.#items = undefined;
    for (const item of items.reverse()) item.dispose();
  }
}
