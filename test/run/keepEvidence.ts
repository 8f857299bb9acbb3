import { join } from "node:path";
import { runningServers } from "../vscode/startServer.js";
import { onScreen } from "./resultsReporter.js";

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
    const texts = await Promise.all(
      servers.map((server, index) =>
        server.keepEvidence(join("out/failures", `${version} ${name}`, String(index + 1))),
      ),
    );
    onScreen.set(test, texts.flat().map(visibleLines));
  },
  async afterAll(): Promise<void> {
    await Promise.all([...runningServers].map(server => server.stop()));
  },
};

function visibleLines(text: string): string {
  return text
    .split("\n")
    .map(line => line.trim())
    .filter(line => /[a-z]/i.test(line))
    .slice(0, 60)
    .join(" · ");
}
