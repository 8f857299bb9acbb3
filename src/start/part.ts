import type { EditorWindow } from "../window/editorWindow.js";

/** Something that is loaded and made when it is first asked for. */
export interface Part<T> {
  /** Rejects with why it could not be loaded; the next call tries again. */
  (): Promise<T>;
  /** What was asked for; undefined while nobody has. */
  readonly made: Promise<T> | undefined;
}

/** The file of a part. */
interface PartFile<Others extends readonly unknown[], T> {
  readonly create: (window: EditorWindow, ...others: Others) => T;
}

/** For a part that another one may come to need, and need not be made before: that is given how to ask for it. */
export function later<T>(part: () => Promise<T>): () => Promise<() => Promise<T>> {
  return () => Promise.resolve(part);
}

/** Makes parts that are made of others. Each is made once. */
export function partMaker(window: EditorWindow) {
  return <Others extends readonly unknown[], T>(
    file: () => Promise<PartFile<Others, T>>,
    ...others: { readonly [Place in keyof Others]: () => Promise<Others[Place]> }
  ): Part<T> => {
    let made: Promise<T> | undefined;
    const make = async (): Promise<T> => {
      // Files are read side by side, parts are made in their order.
      const loading = file();
      loading.catch(() => undefined);
      const parts = (await Promise.all(others.map(other => other()))) as unknown as Others;
      const { create } = await loading;
      // The window closed meanwhile: what is made now would never be disposed of.
      window.leaving.signal.throwIfAborted();
      return create(window, ...parts);
    };
    const get = (): Promise<T> => {
      made ??= make().catch((error: unknown) => {
        made = undefined;
        throw error;
      });
      return made;
    };
    return Object.defineProperty(get, "made", { get: () => made }) as Part<T>;
  };
}
