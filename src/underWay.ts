/** Work that is under way, by name: whoever asks for the same meanwhile joins it. */
export class UnderWay<T = void> {
  readonly #promises = new Map<string, Promise<T>>();

  /** What is under way with this name; begun with `work` where nothing is. */
  join(name: string, work: () => Promise<T>): Promise<T> {
    const known = this.#promises.get(name);
    if (known) return known;
    const begun = work().finally(() => {
      if (this.#promises.get(name) === begun) this.#promises.delete(name);
    });
    this.#promises.set(name, begun);
    return begun;
  }

  /** Undefined where nothing with this name is under way. */
  of(name: string): Promise<T> | undefined {
    return this.#promises.get(name);
  }

  /** Whoever asks from now on begins anew; what is under way goes on. */
  forget(): void {
    this.#promises.clear();
  }
}
