import assert from "node:assert/strict";
import { Bundle } from "../support/bundle.js";

/** What is read when VS Code starts, in bytes. An empty extension has some hundred. */
const largestStart = 25_000;

/** The same in a window with a Git folder in which nothing was clicked, in bytes. */
const largestIdle = 35_000;

describe("what is read from disk", () => {
  let bundle: Bundle;
  before(async () => {
    bundle = await Bundle.read();
  });

  it("when VS Code starts is what starts, and nothing of any feature", () => {
    const { bytes, modules } = bundle.loadedWith();
    assert.deepEqual(modules, []);
    assert.ok(bytes <= largestStart, `${bytes} bytes`);
  });

  it("in an idle window with a Git folder is what listens to Git besides", () => {
    const started = new Set(bundle.loadedWith().modules);
    const { bytes, modules } = bundle.loadedWith("src/git/vscode/create.ts");
    assert.deepEqual(
      modules.filter(module => !started.has(module)),
      [],
    );
    assert.ok(bytes <= largestIdle, `${bytes} bytes`);
  });
});
