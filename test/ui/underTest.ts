import { resolve } from "node:path";
import { pinnedEditors, type EditorName, type PinnedEditor } from "../vscode/pinned.js";

/** The VS Code that the clicking tests run in: `RENDER_TEST_VSCODE` is `oldest` or `newest`, which it is unless told. */
export function editorUnderTest(): PinnedEditor {
  const name = process.env["RENDER_TEST_VSCODE"] ?? "newest";
  if (!Object.hasOwn(pinnedEditors, name))
    throw new Error(`RENDER_TEST_VSCODE is "${name}", not "oldest" or "newest".`);
  return pinnedEditors[name as EditorName];
}

/** The packaged extension: `RENDER_TEST_VSIX`, or what `npm run package` makes. */
export function vsixUnderTest(): string {
  return resolve(process.env["RENDER_TEST_VSIX"] ?? "render-deploy.vsix");
}
