import * as vscode from "vscode";
import { inTime } from "../window/clock.js";

/** How long a person waits without being told what for, in milliseconds. */
const longestSilence = 2_500;

/** Shows in the status bar that something is being read. @param title with an ellipsis at its end */
export async function withProgress<T>(title: string, work: () => Promise<T>): Promise<T> {
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, work);
}

/** What comes of the work, with progress and a way to leave where it takes long; undefined when the person left. */
export async function waitFor<T extends object | true>(
  work: Promise<T>,
  title: string,
): Promise<T | undefined> {
  const early = await inTime(work, longestSilence);
  if (early !== undefined) return early;
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title, cancellable: true }, (_, cancel) => {
    const left = new Promise<undefined>(resolve => {
      cancel.onCancellationRequested(() => {
        resolve(undefined);
      });
    });
    return Promise.race([work, left]);
  });
}
