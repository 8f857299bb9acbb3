import { mkdir, open, readdir, readFile, stat, unlink, utimes } from "node:fs/promises";
import { join } from "node:path";

/** A short text that several windows can see, and when a window last said that it cares for it. */
export interface Note {
  readonly text: string;
  /** Milliseconds since the epoch, by the clock of the one who touched it. */
  readonly touchedAt: number;
}

/** Notes with names, shared by all windows of a person. Names may be any text. */
export interface Notes {
  names(): Promise<string[]>;
  /** Undefined when there is no such note. */
  read(name: string): Promise<Note | undefined>;
  /** @throws Error when it cannot be written, or exists */
  create(name: string, text: string, now: number): Promise<void>;
  /** Changes a note that is there; a removed one stays removed. False when there is none. @throws Error otherwise */
  replace(name: string, text: string, now: number): Promise<boolean>;
  touch(name: string, now: number): Promise<void>;
  /** True for exactly one of all who remove it; false when it is gone. @throws Error otherwise */
  remove(name: string): Promise<boolean>;
}

/** Notes as files of one folder, which is made when it is first needed. */
export class NoteFolder implements Notes {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async names(): Promise<string[]> {
    const files = await readdir(this.#folder).catch(() => []);
    return files.flatMap(file => (file.endsWith(".json") ? [decodeURIComponent(file.slice(0, -5))] : []));
  }

  async read(name: string): Promise<Note | undefined> {
    try {
      const [text, { mtimeMs }] = await Promise.all([
        readFile(this.#file(name), "utf8"),
        stat(this.#file(name)),
      ]);
      return { text, touchedAt: mtimeMs };
    } catch {
      return undefined;
    }
  }

  async create(name: string, text: string, now: number): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const file = await open(this.#file(name), "wx");
    await file.writeFile(text).finally(() => file.close());
    await this.touch(name, now);
  }

  async replace(name: string, text: string, now: number): Promise<boolean> {
    try {
      // In place: writing a new file and renaming it would bring back one that was removed meanwhile.
      const file = await open(this.#file(name), "r+");
      try {
        const bytes = Buffer.from(text);
        await file.write(bytes, 0, bytes.length, 0);
        await file.truncate(bytes.length);
        await file.utimes(now / 1000, now / 1000);
      } finally {
        await file.close();
      }
      // Opened before it was removed, it can still be written to, for nobody.
      return (await this.read(name)) !== undefined;
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  }

  async touch(name: string, now: number): Promise<void> {
    await utimes(this.#file(name), now / 1000, now / 1000);
  }

  async remove(name: string): Promise<boolean> {
    try {
      await unlink(this.#file(name));
      return true;
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  }

  #file(name: string): string {
    return join(this.#folder, `${encodeURIComponent(name)}.json`);
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && Reflect.get(error, "code") === "ENOENT";
}
