import type { Note, Notes } from "../../src/features/following/ledger/noteFolder.js";

/** Notes in memory, as atomic as those of a folder. */
export class MemoryNotes implements Notes {
  readonly #notes = new Map<string, Note>();

  names(): Promise<string[]> {
    return Promise.resolve([...this.#notes.keys()]);
  }

  read(name: string): Promise<Note | undefined> {
    return Promise.resolve(this.#notes.get(name));
  }

  create(name: string, text: string, now: number): Promise<void> {
    if (this.#notes.has(name)) return Promise.reject(new Error("exists"));
    this.#notes.set(name, { text, touchedAt: now });
    return Promise.resolve();
  }

  replace(name: string, text: string, now: number): Promise<boolean> {
    if (!this.#notes.has(name)) return Promise.resolve(false);
    this.#notes.set(name, { text, touchedAt: now });
    return Promise.resolve(true);
  }

  touch(name: string, now: number): Promise<void> {
    const note = this.#notes.get(name);
    if (note) this.#notes.set(name, { ...note, touchedAt: now });
    return Promise.resolve();
  }

  remove(name: string): Promise<boolean> {
    return Promise.resolve(this.#notes.delete(name));
  }
}
