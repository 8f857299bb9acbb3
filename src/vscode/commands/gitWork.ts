import * as vscode from "vscode";
import type { PushTarget } from "../../core/deploy/preflight.js";
import {
  fetchFailedText,
  pullFailedText,
  pushFailedText,
  pushUnseenText,
} from "../../core/deploy/preflightTexts.js";
import { plainText } from "../../core/plainText.js";
import type { Clock } from "../../core/ports.js";
import type { GitRepository } from "../gitApi.js";
import { fetchFor, isPushed, push } from "../gitFacts.js";
import { show } from "../notices.js";

/** How long a pushed commit may take to be seen on the remote's branch, in milliseconds. */
const longestPush = 10_000;

/**
 * Pushes HEAD's branch and waits until the remote's branch holds the commit. False, with the reason shown, when it
 * does not come to that.
 *
 * @param retry starts the way anew, from the notification
 */
export async function pushAndSee(
  repository: GitRepository,
  target: PushTarget,
  commitId: string,
  clock: Clock,
  retry: () => void,
): Promise<boolean> {
  const failed = (text: string): false => {
    void show("error", { text, remedies: ["openSourceControl", "retry"] }, { retry });
    return false;
  };
  try {
    await working(`Pushing ${plainText(target.branch, 60)}…`, () => push(repository, target));
  } catch (error) {
    return failed(pushFailedText(target, codeOf(error), reasonOf(error)));
  }
  const end = clock.now() + longestPush;
  const never = new AbortController().signal;
  for (;;) {
    if (await isPushed(repository, commitId, target)) return true;
    if (clock.now() > end) return failed(pushUnseenText(commitId, target));
    await clock.sleep(500, never);
  }
}

/** Fetches until what is live is here. False, with the reason shown, when that did not help. */
export async function fetchLive(repository: GitRepository, repo: string, live: string): Promise<boolean> {
  try {
    if (await working("Fetching…", () => fetchFor(repository, repo, live))) return true;
    void show("warning", { text: fetchFailedText(live, undefined), remedies: ["openSourceControl"] });
  } catch (error) {
    void show("error", { text: fetchFailedText(live, reasonOf(error)), remedies: ["openSourceControl"] });
  }
  return false;
}

/** Pulls HEAD's branch. False, with the reason shown, when that failed. */
export async function pull(repository: GitRepository): Promise<boolean> {
  try {
    await working("Pulling…", () => repository.pull());
    return true;
  } catch (error) {
    void show("error", { text: pullFailedText(reasonOf(error)), remedies: ["openSourceControl"] });
    return false;
  }
}

async function working<T>(title: string, work: () => Promise<T>): Promise<T> {
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title }, work);
}

/** The Git extension's name for what went wrong: `PushRejected`. */
function codeOf(error: unknown): string | undefined {
  const code: unknown = error instanceof Error ? Reflect.get(error, "gitErrorCode") : undefined;
  return typeof code === "string" ? code : undefined;
}

/** The last line that Git wrote; it says what is wrong. */
function reasonOf(error: unknown): string {
  const stderr: unknown = error instanceof Error ? Reflect.get(error, "stderr") : undefined;
  const lines =
    typeof stderr === "string"
      ? stderr.split("\n").filter(line => /^(?:fatal|error|remote): /u.test(line))
      : [];
  return lines.at(-1) ?? (error instanceof Error ? error.message : String(error));
}
