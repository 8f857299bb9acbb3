import { mochaInHost } from "../vscode/mochaInHost.js";

/** What VS Code calls to run the tests of this folder, in an editor where the extension is known but not started. */
export function run(): Promise<void> {
  return mochaInHost(__dirname);
}
