import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { isTestCounts, type TestCounts } from "./testCounts.js";

/**
 * What tests inside the editor tell the runner outside. VS Code's own exit code cannot be trusted for it: it is 0 even
 * when the extension host is killed. One line of JSON each.
 */
export type SideChannelMessage = { readonly line: string } | { readonly counts: TestCounts };

/** Name of the environment variable that tells the tests the port. */
export const sideChannelVariable = "RENDER_TEST_CHANNEL";

/** The runner's end. */
export interface SideChannel {
  readonly port: number;
  /** What the run ended with, once it has; `undefined` when none came within `graceMs`. */
  counts(graceMs: number): Promise<TestCounts | undefined>;
  close(): void;
}

/** Listens on this machine and gives each line of output to `print` as it comes. */
export async function openSideChannel(print: (line: string) => void): Promise<SideChannel> {
  const sockets = new Set<Socket>();
  let received: (counts: TestCounts) => void = () => undefined;
  const counted = new Promise<TestCounts>(resolve => {
    received = resolve;
  });
  const server = createServer(socket => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    createInterface(socket).on("line", text => {
      const message = JSON.parse(text) as SideChannelMessage;
      if ("line" in message) print(message.line);
      else if (isTestCounts(message.counts)) received(message.counts);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    counts: graceMs =>
      Promise.race([
        counted,
        new Promise<undefined>(resolve => {
          setTimeout(resolve, graceMs, undefined);
        }),
      ]),
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
