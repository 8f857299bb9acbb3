/** Installs what the tests in VS Code need, so that those that run side by side find it. */
import { ensureBrowser } from "../vscode/ensureBrowser.js";
import { ensureServer } from "../vscode/ensureServer.js";
import { pinnedEditors } from "../vscode/pinned.js";

await ensureBrowser();
for (const editor of Object.values(pinnedEditors)) await ensureServer(editor);
