import * as vscode from "vscode";
import type { Clock } from "../../../ports.js";

/** How long a window may take to answer before it counts as gone, in milliseconds. */
const longestAnswer = 3_000;

/**
 * Whether a person can still see this window. On a remote machine the extension host outlives its window by hours
 * (VS Code: `--reconnection-grace-time`), so the window itself is asked for an answer.
 */
export async function isWindowSeen(clock: Clock): Promise<boolean> {
  const stop = new AbortController();
  const answer = vscode.commands.executeCommand("setContext", "render.isSeen", true).then(() => true);
  const tooLate = clock.sleep(longestAnswer, stop.signal).then(
    () => false,
    () => false,
  );
  try {
    return await Promise.race([answer, tooLate]);
  } catch {
    return false;
  } finally {
    stop.abort();
  }
}
