import * as vscode from "vscode";
import type { PushTarget } from "../../core/deploy/preflightFacts.js";
import {
  fetchFailedText,
  notFetchedText,
  pullFailedText,
  pushFailedText,
  pushUnseenText,
} from "../../core/deploy/preflightTexts.js";
import { gitFaultOf, type GitFault } from "../../core/git/gitFault.js";
import { plainText } from "../../core/plainText.js";
import type { Clock } from "../../core/ports.js";
import type { GitRepository } from "../gitApi.js";
import { fetchFor, isPushed, push } from "../gitFacts.js";
import { show } from "../notices.js";

/** How long a pushed commit may take to be seen on the remote's branch, in milliseconds. */
const longestPush = 10_000;

/**
 * Pushes a commit to a remote's branch and waits until that holds it. False, with the reason shown, when it
 * does not come to that.
 *
 * @param retry starts the way anew, from the notification
 * @param besides to be said with the reason; empty for nothing
 */
export async function pushAndSee(
  repository: GitRepository,
  target: PushTarget,
  commitId: string,
  clock: Clock,
  retry: () => void,
  besides = "",
): Promise<boolean> {
  const failed = (reason: string): false => {
    const text = `${reason} ${besides}`.trimEnd();
    void show("error", { text, remedies: ["openSourceControl", "retry"] }, { retry });
    return false;
  };
  try {
    await working(`Pushing ${plainText(target.branch, 60)}…`, () => push(repository, commitId, target));
  } catch (error) {
    return failed(pushFailedText(target, faultOf(error)));
  }
  const end = clock.now() + longestPush;
  const never = new AbortController().signal;
  for (;;) {
    if (await isPushed(repository, commitId, target)) return true;
    if (clock.now() > end) return failed(pushUnseenText(commitId, target));
    await clock.sleep(500, never);
  }
}

/** Fetches until a commit and what is live are both here. False, with the reason shown, when that did not help. */
export async function fetchBoth(
  repository: GitRepository,
  repo: string,
  commits: readonly [commit: string, live: string],
): Promise<boolean> {
  try {
    const missing = await working("Fetching…", () => fetchFor(repository, repo, commits));
    if (missing === undefined) return true;
    void show("warning", { text: notFetchedText(missing), remedies: ["openSourceControl"] });
  } catch (error) {
    void show("error", { text: fetchFailedText(faultOf(error)), remedies: ["openSourceControl"] });
  }
  return false;
}

/** Pulls HEAD's branch. False, with the reason shown, when that failed. */
export async function pull(repository: GitRepository): Promise<boolean> {
  try {
    await working("Pulling…", () => repository.pull());
    return true;
  } catch (error) {
    void show("error", { text: pullFailedText(faultOf(error)), remedies: ["openSourceControl"] });
    return false;
  }
}

async function working<T>(title: string, work: () => Promise<T>): Promise<T> {
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title }, work);
}

function faultOf(error: unknown): GitFault {
  if (!(error instanceof Error)) return gitFaultOf({ message: String(error) });
  const text = (field: string): string | undefined => {
    const value: unknown = Reflect.get(error, field);
    return typeof value === "string" ? value : undefined;
  };
  const [gitErrorCode, stderr] = [text("gitErrorCode"), text("stderr")];
  return gitFaultOf({
    message: error.message,
    ...(gitErrorCode !== undefined && { gitErrorCode }),
    ...(stderr !== undefined && { stderr }),
  });
}
