import type { Clock, Logger } from "../../ports.js";
import { type GitReading, isLinkedIn } from "../repository.js";
import * as vscode from "vscode";
import type { PushTarget } from "../commitFacts.js";
import {
  fetchFailedText,
  fetchingText,
  gitFailedLine,
  notFetchedText,
  pullFailedText,
  pullingText,
  pushFailedText,
  pushingText,
  pushUnseenText,
} from "../gitTexts.js";
import { gitFaultOf, writtenBy, type GitFailure, type GitFault } from "../gitFault.js";
import type { Service } from "../../render/shapes.js";
import type { GitRepository } from "./gitApi.js";
import { fetchFor, isPushed, push } from "./readCommitFacts.js";
import { show } from "../../dialogs/notices.js";

/** How long a pushed commit may take to be seen on the remote's branch, in milliseconds. */
interface Work {
  /** Told all that Git writes when it fails. */
  readonly log: Logger;
}

const longestPush = 10_000;

/**
 * Pushes a commit to a remote's branch and waits until that holds it. False, with the reason shown, when it
 * does not come to that.
 *
 * @param retry starts the way anew, from the notification
 * @param besides to be said with the reason; empty for nothing
 */
export async function pushAndSee(
  { clock, log }: Work & { readonly clock: Clock },
  repository: GitRepository,
  target: PushTarget,
  commitId: string,
  retry: () => void,
  besides = "",
): Promise<boolean> {
  const failed = (reason: string): false => {
    const text = `${reason} ${besides}`.trimEnd();
    void show("error", { text, remedies: ["openSourceControl", "retry"] }, { retry });
    return false;
  };
  try {
    await working(pushingText(target.branch), () => push(repository, commitId, target));
  } catch (error) {
    return failed(pushFailedText(target, faultOf(error, log)));
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
  { matches, log }: Work & { readonly matches: { readonly readingFor: (service: Service) => GitReading } },
  repository: GitRepository,
  service: Service,
  commits: readonly [commit: string, live: string],
): Promise<boolean> {
  const origin = {
    repo: service.repo ?? "",
    isLinked: isLinkedIn(matches.readingFor(service), repository.rootUri.toString()),
  };
  try {
    const missing = await working(fetchingText, () => fetchFor(repository, origin, commits));
    if (missing === undefined) return true;
    void show("warning", { text: notFetchedText(missing), remedies: ["openSourceControl"] });
  } catch (error) {
    void show("error", { text: fetchFailedText(faultOf(error, log)), remedies: ["openSourceControl"] });
  }
  return false;
}

/** Pulls HEAD's branch. False, with the reason shown, when that failed. */
export async function pull({ log }: Work, repository: GitRepository): Promise<boolean> {
  try {
    await working(pullingText, () => repository.pull());
    return true;
  } catch (error) {
    void show("error", { text: pullFailedText(faultOf(error, log)), remedies: ["openSourceControl"] });
    return false;
  }
}

async function working<T>(title: string, work: () => Promise<T>): Promise<T> {
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title }, work);
}

/** What went wrong; all that was written goes to the output. */
function faultOf(error: unknown, log: Logger): GitFault {
  const failure = failureOf(error);
  log.warn(gitFailedLine);
  for (const line of writtenBy(failure)) log.warn(`  ${line}`);
  return gitFaultOf(failure);
}

function failureOf(error: unknown): GitFailure {
  if (!(error instanceof Error)) return { message: String(error) };
  const text = (field: "gitErrorCode" | "stderr" | "stdout"): Partial<GitFailure> => {
    const value: unknown = Reflect.get(error, field);
    return typeof value === "string" ? { [field]: value } : {};
  };
  return { message: error.message, ...text("gitErrorCode"), ...text("stderr"), ...text("stdout") };
}
