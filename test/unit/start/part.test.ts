import assert from "node:assert/strict";
import { partMaker } from "../../../src/start/part.js";
import type { EditorWindow } from "../../../src/window/editorWindow.js";

/** What a part is made with: of the window, only whether it closes matters here. */
function aWindow(): EditorWindow {
  return { leaving: new AbortController() } as EditorWindow;
}

describe("a part", () => {
  it("is read and made when it is first asked for, and once", async () => {
    let [read, made] = [0, 0];
    const part = partMaker(aWindow())(() => {
      read += 1;
      return Promise.resolve({ create: () => ({ number: ++made }) });
    });
    assert.deepEqual([part.made, read], [undefined, 0]);
    const all = await Promise.all([part(), part()]);
    assert.deepEqual([...all, await part.made, read], [{ number: 1 }, { number: 1 }, { number: 1 }, 1]);
    assert.equal(all[0], all[1]);
  });

  it("is made of others, which are made before it", async () => {
    const order: string[] = [];
    const part = partMaker(aWindow());
    const below = part(() =>
      Promise.resolve({
        create: () => {
          order.push("below");
          return "ground";
        },
      }),
    );
    const above = part(
      () =>
        Promise.resolve({
          create: (_: EditorWindow, ground: string) => {
            order.push("above");
            return `roof on ${ground}`;
          },
        }),
      below,
    );
    assert.equal(await above(), "roof on ground");
    assert.deepEqual(order, ["below", "above"]);
  });

  it("that could not be read is tried again the next time, and so is what is made of it", async () => {
    let isThere = false;
    const part = partMaker(aWindow());
    const below = part(() =>
      isThere ? Promise.resolve({ create: () => 1 }) : Promise.reject(new Error("no such file")),
    );
    const above = part(() => Promise.resolve({ create: (_: EditorWindow, one: number) => one + 1 }), below);
    await assert.rejects(above(), /no such file/u);
    assert.deepEqual([above.made, below.made], [undefined, undefined]);
    isThere = true;
    assert.equal(await above(), 2);
  });

  it("is not made any more once the window has closed", async () => {
    const window = aWindow();
    let made = 0;
    const part = partMaker(window)(() => Promise.resolve({ create: () => ++made }));
    const asked = part();
    window.leaving.abort();
    await assert.rejects(asked, { name: "AbortError" });
    assert.equal(made, 0);
  });
});
