import { join } from "node:path";
import { runningServers } from "../vscode/startServer.js";

/** For mocha's `--require`: keeps a picture and the logs of a failed test in `out/failures`, and leaves no VS Code behind. */
export const mochaHooks = {
  async afterEach(this: Mocha.Context): Promise<void> {
    const test = this.currentTest;
    if (test?.state !== "failed") return;
    const name = test
      .fullTitle()
      .replaceAll(/[^\w -]+/g, "")
      .slice(0, 100);
    const version = process.env["RENDER_TEST_VSCODE"] ?? "newest";
    const servers = [...runningServers];
    await Promise.all(
      servers.map((server, index) =>
        server.keepEvidence(join("out/failures", `${version} ${name}`, String(index + 1))),
      ),
    );
  },
  async afterAll(): Promise<void> {
    await Promise.all([...runningServers].map(server => server.stop()));
  },
};
