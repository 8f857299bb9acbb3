import { join } from "node:path";
import { runningServers } from "./startServer.js";
import { onScreen } from "./testCounts.js";

let running: Mocha.Test | undefined;

/** Called by mocha's hook: evidence that is kept from now on is this test's. */
export function testBegins(test: Mocha.Test | undefined): void {
  running = test;
}

/** Keeps, once for a test, a picture of each window and the logs of each VS Code that runs in `out/failures`. */
export async function keepEvidence(): Promise<void> {
  if (running === undefined || onScreen.has(running)) return;
  const title = running.fullTitle().replaceAll(/[^\w -]+/gu, "");
  const folder = join(
    "out/failures",
    `${process.env["RENDER_TEST_VSCODE"] ?? "newest"} ${title.slice(-150)}`,
  );
  const test = running;
  const texts = await Promise.all(
    [...runningServers].map((server, index) => server.keepEvidence(join(folder, String(index + 1)))),
  );
  onScreen.set(test, texts.flat().map(visibleLines));
}

function visibleLines(text: string): string {
  return text
    .split("\n")
    .map(line => line.trim())
    .filter(line => /[a-z]/iu.test(line))
    .slice(0, 60)
    .join(" · ");
}
