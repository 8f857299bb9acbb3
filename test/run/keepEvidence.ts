import { keepEvidence, testBegins } from "../vscode/evidence.js";
import { runningServers } from "../vscode/startServer.js";

/** For mocha's `--require`: keeps what there is to see of a failed test, and leaves no VS Code behind. */
export const mochaHooks = {
  beforeEach(this: Mocha.Context): void {
    testBegins(this.currentTest);
  },
  async afterEach(this: Mocha.Context): Promise<void> {
    if (this.currentTest?.state === "failed") await keepEvidence();
  },
  async afterAll(): Promise<void> {
    await Promise.all([...runningServers].map(server => server.stop()));
  },
};
