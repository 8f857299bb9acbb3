import * as vscode from "vscode";
import { readingGit } from "../../core/messages.js";
import type { Git } from "../git.js";
import { inTime } from "../inTime.js";

/** How long a person waits without being told what for, in milliseconds. */
const longestSilence = 2_500;

/**
 * Waits until Git is read, which takes long in a large repository that was just opened. False when the person left: what
 * HEAD is was not known then, and nothing else may be deployed in its place.
 *
 * @param reading that was begun, fresh
 */
export async function awaitGit(git: Git, reading: Promise<unknown>): Promise<boolean> {
  const isRead = reading.then(async (): Promise<true> => {
    await git.settled();
    return true;
  });
  if (await inTime(isRead, longestSilence)) return true;
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title: readingGit, cancellable: true }, (_, cancel) => {
    const left = new Promise<false>(resolve => {
      cancel.onCancellationRequested(() => {
        resolve(false);
      });
    });
    return Promise.race([isRead, left]);
  });
}
