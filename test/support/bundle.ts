import { readFile } from "node:fs/promises";
import type { Metafile } from "esbuild";

/** What the built extension reads from disk at one moment. */
export interface Loaded {
  /** The files of `dist`, in the order in which they are met. */
  readonly files: readonly string[];
  readonly bytes: number;
  /** Our own source files in them, sorted; packages by their name. */
  readonly modules: readonly string[];
}

/** The extension as it was built for people. */
export class Bundle {
  readonly #outputs: Metafile["outputs"];

  private constructor(outputs: Metafile["outputs"]) {
    this.#outputs = outputs;
  }

  /** As `node esbuild.mjs` built it last. */
  static async read(): Promise<Bundle> {
    const metafile = JSON.parse(await readFile("out/extension.meta.json", "utf8")) as Metafile;
    return new Bundle(metafile.outputs);
  }

  /** What is read when `src/extension.ts` and the parts made by these files are loaded, and nothing else. */
  loadedWith(...sources: readonly string[]): Loaded {
    const entries = Object.entries(this.#outputs);
    const start = ["src/extension.ts", ...sources].map(source => {
      const [found] =
        entries.find(([, { entryPoint = "" }]) => `/${entryPoint}`.endsWith(`/${source}`)) ?? [];
      if (found === undefined) throw new Error(`Nothing is built from ${source}.`);
      return found;
    });
    const files = new Set<string>();
    const read = (file: string): void => {
      if (files.has(file)) return;
      files.add(file);
      for (const { path, kind } of this.#outputs[file]?.imports ?? [])
        if (kind === "import-statement" && path in this.#outputs) read(path);
    };
    start.forEach(read);
    const outputs = [...files].flatMap(file => this.#outputs[file] ?? []);
    const modules = new Set(outputs.flatMap(({ inputs }) => Object.keys(inputs).map(nameOf)));
    return {
      files: [...files],
      bytes: outputs.reduce((sum, { bytes }) => sum + bytes, 0),
      modules: [...modules].sort(),
    };
  }
}

function nameOf(input: string): string {
  const [, name] = /node_modules\/((?:@[^/]+\/)?[^/]+)/u.exec(input) ?? [];
  return name ?? input;
}
