import { once } from "node:events";
import { readdirSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { format } from "node:util";
import { sideChannelVariable, type SideChannelMessage } from "./sideChannel.js";

/**
 * Runs every `*.test.cjs` of a folder with mocha inside the extension host, and tells the runner outside what happens.
 *
 * @throws Error when a test failed, which VS Code turns into its exit code 1.
 */
export async function mochaInHost(folder: string): Promise<void> {
  const socket = connect(Number(process.env[sideChannelVariable]), "127.0.0.1");
  await once(socket, "connect");
  const send = (message: SideChannelMessage) => socket.write(`${JSON.stringify(message)}\n`);

  const { default: Mocha } = await import("mocha");
  Mocha.reporters.Base.consoleLog = (...values: unknown[]) => send({ line: format(...values) });
  const grep = process.env["RENDER_TEST_GREP"];
  const mocha = new Mocha({ color: true, timeout: 20_000, forbidOnly: true, ...(grep ? { grep } : {}) });
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
    if (file.endsWith(".test.cjs")) mocha.addFile(join(folder, file));
  }
  const failures = await new Promise<number>(resolve => {
    const runner = mocha.run(resolve);
    runner.once("end", () => {
      const { tests = 0, passes = 0, failures = 0, pending = 0 } = runner.stats ?? {};
      send({ counts: { tests, passes, failures, pending } });
    });
  });
  socket.end();
  await once(socket, "close");
  if (failures > 0) throw new Error(`${failures} tests failed.`);
}
