import { mochaInHost } from "../vscode/mochaInHost.js";

/** What VS Code calls to run the tests: every `*.test.ts` of this folder. */
export function run(): Promise<void> {
  return mochaInHost(__dirname);
}
